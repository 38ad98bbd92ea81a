"""The unit's pages, and what is decided about a case while a unit has it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from xiuhua.domain.dispatch import Unclear
from xiuhua.domain.people import Post
from xiuhua.simulate.scene import Given, Page, Scene, Step


def dispatched(s: Scene) -> Step | None:
    beside = _beside(s)
    if beside or (s.fate.silent and s.case.clocks.get("signing")):
        return beside
    if s.rng.random() < 0.25:
        return _assign(s, 25)
    return s.step(s.unit_after(25), "sign", s.desk())


def received(s: Scene) -> Step | None:
    return _beside(s) or _assign(s, 15)


def _assign(s: Scene, minutes: float) -> Step | None:
    handler = s.cast.of_unit(Post.HANDLER, s.unit, s.rng)
    if handler is None:
        return s.step(s.unit_after(minutes), "start", s.desk()) if s.case.stage == "received" else None
    return s.step(s.unit_after(minutes), "assign", s.desk(), {"handler": handler.person})


def handling(s: Scene) -> Step | None:
    beside = _beside(s)
    if beside:
        return beside
    by = s.cast.known(s.case.fact("handler"), Post.HANDLER) or s.desk()
    done = s.rng.choice(s.words.matter(_class_name(s)).done)
    return s.step(s.used(s.fate.share), "feed-back", by, {"note": done}, photos="after")


def _class_name(s: Scene) -> str:
    return s.district.name("class", s.case.fact("class"), "zh")


def _beside(s: Scene) -> Step | None:
    """A request to be decided comes first, then what this case has beside its way."""
    for request in s.case.requests:
        if request in _DECISIONS:
            return _DECISIONS[request](s)
    if "supervised" in s.case.flags and s.fate.once("answer"):
        return s.step(s.unit_after(40), "answer-supervision", s.desk(), {"note": s.says("answer")}, did="answer")
    side = _SIDES.get(s.fate.side)
    return (side(s) if side and s.fate.once(s.fate.side) else None) or _after_refusal(s)


def _urge(s: Scene) -> Step | None:
    if s.case.stage != "handling":
        return None
    by = s.rng.choice((s.one(Post.DISPATCHER), s.one(Post.SHIFT_LEADER)))
    return s.step(s.used(min(0.8, s.fate.share * 0.8)), "urge", by, {"note": s.says("urge")}, did="urge")


def _supervise(s: Scene) -> Step | None:
    officer = s.one(Post.SUPERVISING_OFFICER)
    given: Given = {"level": s.rng.choice(("leader", "key", "overdue")), "reason": s.says("supervise")}
    return s.step(s.after(50), "supervise", officer, given, did="supervise")


def _ask_extension(s: Scene) -> Step | None:
    if s.case.stage != "handling":
        return None
    given: Given = {"reason": s.says("extension")}
    return s.step(s.used(s.rng.uniform(0.4, 0.75)), "ask-extension", s.desk(), given, did="extension")


def _ask_suspension(s: Scene) -> Step | None:
    if s.case.stage != "handling":
        return None
    at = s.used(0.3)
    until = (at + timedelta(days=s.rng.choice((2, 3, 5, 14, 30, 60)))).isoformat()
    cause = s.rng.choice(("engineering", "engineering", "season"))
    given: Given = {"reason": cause, "until": until, "note": s.says("suspension")}
    return s.step(at, "ask-suspension", s.desk(), given, did="suspension")


def _ask_return(s: Scene) -> Step | None:
    """Also the beginning of a dispute: it is asked for in time, names another unit and a ground."""
    if s.case.stage not in ("dispatched", "received"):
        return None
    found = s.district.dispatch_of(s.case.facts, s.now)
    named = found.organisations if isinstance(found, Unclear) else (found.organisation,)
    others = [u for u in named if u != s.unit] or [u for u in s.anybody() if u != s.unit]
    if not others:
        return None
    ground = s.rng.choice(("owner", "area", "duty"))
    given: Given = {"unit": s.rng.choice(others), "reason": ground, "note": s.says("return")}
    return s.step(s.used(s.rng.uniform(0.03, 0.2)), "ask-return", s.desk(), given, did=s.fate.side)


_SIDES: Final[Mapping[str, Page]] = {
    "urge": _urge,
    "supervise": _supervise,
    "extension": _ask_extension,
    "suspension": _ask_suspension,
    "return": _ask_return,
    "dispute": _ask_return,
}


def _decide_extension(s: Scene) -> Step | None:
    request = s.case.requests["extension"]
    if "endorsed" not in request:
        return s.step(s.after(25), "endorse-extension", s.one(Post.DISPATCHER))
    leader, at = s.one(Post.SHIFT_LEADER), s.after(30)
    if s.rng.random() < 0.15:
        return s.step(at, "refuse-extension", leader, {"reason": s.says("refuse-extension")})
    s.fate = replace(s.fate, share=s.rng.uniform(0.9, 1.7))
    return s.step(at, "grant-extension", leader)


def _decide_suspension(s: Scene) -> Step | None:
    request = s.case.requests["suspension"]
    if "endorsed" not in request:
        return s.step(s.after(25), "endorse-suspension", s.one(Post.DISPATCHER))
    return s.step(s.after(60), "grant-suspension", s.one(Post.LEADER))


def _decide_return(s: Scene) -> Step | None:
    if s.fate.side == "dispute" or s.rng.random() < 0.3:
        refuser = s.one(Post.SHIFT_LEADER)
        return s.step(s.after(20), "refuse-return", refuser, {"reason": s.says("refuse-return")}, did="refused")
    return s.step(s.after(20), "agree-return", s.one(Post.DISPATCHER))


def _decide_objection(s: Scene) -> Step | None:
    return s.step(s.after(20), "to-dispute", s.one(Post.DISPATCHER), {"reason": s.says("dispute")})


_DECISIONS: Final[Mapping[str, Page]] = {
    "extension": _decide_extension,
    "suspension": _decide_suspension,
    "return": _decide_return,
    "objection": _decide_objection,
}


def _after_refusal(s: Scene) -> Step | None:
    """A unit whose return was refused may object once."""
    if s.fate.once("refused") or not s.fate.once("objected") or s.fate.side != "dispute":
        return None
    found = s.district.dispatch_of(s.case.facts, s.now)
    named = found.organisations if isinstance(found, Unclear) else (found.organisation,)
    others = [u for u in (*named, *s.anybody()) if u != s.unit]
    if not others:
        return None
    given: Given = {"unit": others[0], "reason": "duty", "note": s.says("objection")}
    return s.step(s.unit_after(35), "object", s.desk(), given, did="objected")


def disputed(s: Scene) -> Step | None:
    named = [str(r.get("given", {}).get("unit", "")) for r in s.case.requests.values()]
    units = [u for u in (s.unit, *named) if u]
    at = s.after(s.rng.choice((240, 900, 1800)))
    return s.step(at, "rule", s.one(Post.SHIFT_LEADER), {"unit": s.rng.choice(units), "ruling": s.says("ruling")})


def fed_back(s: Scene) -> Step | None:
    if s.rng.random() < 0.02 and s.fate.once("send-again"):
        return s.step(s.unit_after(9), "send-again", s.desk(), {"reason": s.says("send-again")}, did="send-again")
    return s.step(s.unit_after(7), "confirm", s.desk())
