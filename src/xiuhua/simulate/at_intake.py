"""The centre's pages before a case is with a unit: from notice to dispatch."""

from xiuhua.domain.dispatch import Unclear
from xiuhua.domain.people import Post
from xiuhua.simulate.scene import Given, Scene, Step


def reported(s: Scene) -> Step | None:
    if "more" in s.case.requests:
        return _complete(s) if s.fate.once("silence") else None
    acceptor, at = s.one(Post.ACCEPTOR), s.after(6)
    into = s.case.fact("duplicate_of")
    if s.to("more"):
        return s.step(at, "ask-more", acceptor, {"reason": s.says("ask-more")}, did="more")
    if into and s.fate.once("unmerge") and (s.fate.truth == "duplicate" or s.rng.random() < 0.5):
        return s.step(at, "merge", acceptor, {"into": into})
    if s.fate.truth == "false" and not s.case.facts.get("to_verify"):
        reason = s.rng.choice(("not-found", "condition-not-met", "evidence"))
        return s.step(at, "reject", acceptor, {"reason": reason, "note": s.says("reject")})
    if s.case.facts.get("self_handled"):
        return s.step(at, "accept-handled", acceptor)
    return s.step(at, "accept", acceptor, _classified(s))


def _complete(s: Scene) -> Step | None:
    """Some never answer; then the request lapses."""
    if s.rng.random() < 0.2:
        s.fate = s.fate.done("silence")
        return None
    by = s.cast.known(s.case.fact("reporter"))
    if by is None or by.post not in (Post.COLLECTOR, Post.CITIZEN, Post.HANDLER):
        by = s.one(Post.ACCEPTOR)
    return s.step(s.after(70), "complete", by, {"note": s.case.fact("place_text") or s.notes("verify")})


def _classified(s: Scene) -> Given:
    """The class and condition, where the notice came without."""
    if s.case.fact("class") and s.case.fact("condition"):
        return {}
    class_key, condition = s.fate.name.split(" ")
    return {"class": class_key, "condition": condition}


def accepted(s: Scene) -> Step | None:
    if "void" in s.case.requests:
        return s.step(s.after(8), "grant-void", s.one(Post.SHIFT_LEADER))
    if s.case.facts.get("to_verify") and not s.case.facts.get("verified"):
        collector = s.cast.collector(s.areas, s.rng)
        return s.step(s.after(5), "request-verify", s.one(Post.ACCEPTOR), {"collector": collector.person})
    if s.to("void"):
        return s.step(s.after(4), "ask-void", s.one(Post.ACCEPTOR), {"reason": s.says("void")}, did="void")
    leader = s.one(Post.SHIFT_LEADER)
    if s.to("refuse-filing"):
        given: Given = {"reason": "condition-not-met", "note": s.says("reject")}
        return s.step(s.after(4), "refuse-filing", leader, given, did="refuse-filing")
    return s.step(s.after(4), "file", leader, {"met": True})


def verifying(s: Scene) -> Step | None:
    by = s.cast.known(s.case.fact("verifier"))
    if s.fate.truth == "false":
        return s.step(s.after(35), "verify-false", by, {"note": s.notes("verify-false")}, photos="after")
    return s.step(s.after(35), "verify-true", by, {"note": s.notes("verify")}, photos="before")


def filed(s: Scene) -> Step | None:
    dispatcher = s.one(Post.DISPATCHER)
    if s.to("hand-back"):
        return s.step(s.after(6), "hand-back", dispatcher, {"reason": s.says("hand-back")}, did="hand-back")
    found = s.district.dispatch_of(s.case.facts, s.now)
    wrong = s.case.fact("returned_from")
    if isinstance(found, Unclear):
        units = [u for u in found.organisations if u != wrong and s.district.handles(u)] or s.anybody()
        return s.step(s.after(14), "dispatch", dispatcher, {"unit": s.rng.choice(units)})
    if wrong == found.organisation or (s.fate.side in ("return", "dispute") and not wrong and s.rng.random() < 0.5):
        units = [u for u in s.anybody() if u not in (found.organisation, wrong)]
        if units:
            given: Given = {"unit": s.rng.choice(units), "reason": s.says("dispatch")}
            return s.step(s.after(9), "dispatch", dispatcher, given)
    return s.step(s.after(7), "dispatch", dispatcher, {"unit": found.organisation})
