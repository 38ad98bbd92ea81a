"""The centre's pages after a unit has handled a case, and those of quick reports and of cases brought in."""

from datetime import timedelta

from xiuhua.domain.people import Post
from xiuhua.simulate.scene import Given, Scene, Step


def handled(s: Scene) -> Step | None:
    if s.case.facts.get("self_handled") and s.rng.random() < 0.95:
        return s.step(s.after(12), "close-self", s.one(Post.SHIFT_LEADER), {"met": True})
    busy = {s.case.fact("handler"), *(person for did in s.case.did.values() for person in did)}
    collector = s.cast.collector(s.areas, s.rng, busy)
    return s.step(s.after(7), "send-check", s.one(Post.ACCEPTOR), {"collector": collector.person})


def checking(s: Scene) -> Step | None:
    by = s.cast.known(s.case.fact("checker"))
    if s.fate.rework and s.fate.once("rework"):
        given: Given = {"reason": s.rng.choice(("not-done", "partly-done", "evidence")), "note": s.notes("check-fail")}
        return s.step(s.after(55), "check-fail", by, given, did="rework", photos="before")
    return s.step(s.after(55), "check-pass", by, {"note": s.notes("check")}, photos="after")


def checked(s: Scene) -> Step | None:
    leader = s.one(Post.SHIFT_LEADER)
    if s.rng.random() < 0.005 and s.fate.once("check-again"):
        return s.step(s.after(4), "check-again", leader, {"reason": s.says("check-again")}, did="check-again")
    return s.step(s.after(5), "close", leader, {"met": True})


def closed(s: Scene) -> Step | None:
    if "appeal" in s.case.requests:
        return _decide_appeal(s)
    if s.fate.after == "sample" and s.fate.once("sample"):
        return s.step(s.after(s.rng.choice((90, 400, 1500))), "sample", s.one(Post.EVALUATOR), did="sample")
    if s.fate.after == "reopen" and s.fate.once("reopen") and s.unit:
        again: Given = {"reason": s.says("reopen")}
        return s.step(s.after(s.rng.uniform(600, 3000)), "reopen", s.one(Post.EVALUATOR), again,
                      did="reopen", photos="before")  # fmt: skip
    if s.case.facts.get("handled_in_time") is False and s.fate.once("appeal") and s.rng.random() < 0.2:
        return s.step(s.after(200, s.unit), "appeal", s.desk(), {"reason": s.says("appeal")}, did="appeal")
    return None


def _decide_appeal(s: Scene) -> Step | None:
    if "endorsed" not in s.case.requests["appeal"]:
        return s.step(s.after(60), "endorse-appeal", s.one(Post.DISPATCHER))
    if s.rng.random() < 0.5:
        return s.step(s.after(90), "grant-appeal", s.one(Post.ACCEPTOR))
    return s.step(s.after(90), "refuse-appeal", s.one(Post.DISPATCHER), {"reason": s.says("refuse-appeal")})


def archived(s: Scene) -> Step | None:
    return _decide_appeal(s) if "appeal" in s.case.requests else None


def merged(s: Scene) -> Step | None:
    if s.rng.random() < 0.02 and s.fate.once("unmerge"):
        return s.step(s.after(40), "unmerge", s.one(Post.SHIFT_LEADER), {"reason": s.says("unmerge")}, did="unmerge")
    return None


def quick_reported(s: Scene) -> Step | None:
    by = s.cast.known(s.case.fact("reporter"))
    at = s.now + timedelta(minutes=s.rng.uniform(2, 8))
    if s.fate.after == "convert":
        return s.step(at, "convert", by, {"reason": s.says("convert")}, did="convert")
    if s.fate.after == "invalid":
        return s.step(at, "invalidate", s.one(Post.ACCEPTOR), {"reason": s.says("invalid")}, did="invalid")
    return None


def sampled(s: Scene) -> Step | None:
    evaluator, at = s.one(Post.EVALUATOR), s.after(s.rng.choice((60, 240, 1100)))
    if s.rng.random() < 0.06:
        return s.step(at, "invalidate", evaluator, {"reason": s.says("invalid")})
    return s.step(at, "confirm-sample", evaluator, {"note": s.notes("sample")})


def adopted(s: Scene) -> Step | None:
    if s.rng.random() < 0.35:
        return s.step(s.after(200), "take-over", s.one(Post.DISPATCHER))
    return s.step(s.after(s.rng.uniform(900, 5000)), "close", s.one(Post.MACHINE_SOURCE), {"met": True})
