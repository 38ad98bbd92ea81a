"""What the case's moves write down about it, and whom they tell. Facts are fixed when they happen."""

from collections.abc import Iterable, Mapping
from typing import Final

from xiuhua.domain import mailbox
from xiuhua.domain.handling import time_used
from xiuhua.domain.intake import Channel, needs_verification
from xiuhua.domain.moves import Addressee, FactRule, LimitRule, Situation
from xiuhua.domain.people import Post
from xiuhua.domain.subject import Json
from xiuhua.domain.written import limit_text

Facts = Mapping[str, Json]


def _notice(s: Situation) -> Facts:
    channel = Channel(s.asked("channel"))
    photos = s.given.get("photos") or s.given.get("frames")
    return {
        "reporter": s.by.person,
        "to_verify": needs_verification(channel),
        "photo": photos[0] if isinstance(photos, list) else None,
    }


def _self_found(s: Situation) -> Facts:
    return {"self_handled": bool(s.given.get("photos")), "unit": s.by.organisation, "handler": s.by.person}


def _assigned(s: Situation) -> Facts:
    """Everybody who was ever named as handler is remembered: none of them checks it in a later round."""
    named, one = s.subject.list_fact("handlers"), s.given.get("handler")
    return {"handler": one, "assignee": one, "handlers": named if one in named else [*named, one]}


def _dispatched(s: Situation) -> Facts:
    """The unit, what the duty list proposed and by which row, and how often it was dispatched."""
    assigned = s.book.proposal(s.subject.facts, s.at)
    return {
        "unit": s.asked("unit"),
        "proposed": assigned.organisation if assigned else None,
        "rule": assigned.row.id if assigned else None,
        "dispatched_at": s.subject.fact("dispatched_at") or s.at.isoformat(),  # the first: accuracy is judged by it
        "dispatches": s.subject.number_fact("dispatches") + 1,
        "handled_in_time": None,
        "handler": None,
        "self_handled": None,
    }


def _confirmed(s: Situation) -> Facts:
    """What was late in an earlier round stays late, however quick its rework was."""
    clock = s.subject.clocks.get("handling")
    in_time = clock.in_time(s.at) if clock else None
    was_late = s.subject.facts.get("handled_in_time") is False
    return {"handled_at": s.at.isoformat(), "handled_in_time": False if was_late else in_time}


def _closed(s: Situation) -> Facts:
    """Every closing stays counted, also when the case is opened again."""
    facts: dict[str, Json] = {
        "closed_at": s.at.isoformat(),
        "closings": [*s.subject.list_fact("closings"), s.at.isoformat()],
    }
    clock = s.subject.clocks.get("handling")
    if clock and "handling" in s.move.ends:
        facts |= {"handled_in_time": clock.in_time(s.at), "handled_at": s.at.isoformat()}
    return facts


def _sampled(s: Situation) -> Facts:
    """A sample that finds a closed report right lets its closing stand; another one closes it."""
    closings = s.subject.list_fact("closings")
    return {"closed_at": closings[-1]} if closings else _closed(s)


def _returned(s: Situation) -> Facts:
    """The time is given back, and the wrong dispatch counted."""
    used = time_used(s)
    return {
        "unit": None,
        "dispatch_errors": s.subject.number_fact("dispatch_errors") + 1,
        "returned_from": s.subject.fact("unit"),
        "time_given_back": limit_text(used) if used else None,
    }


def _returning(s: Situation) -> Facts:
    return {"returns": [*s.subject.list_fact("returns"), s.by.organisation]}


def _ruled(s: Situation) -> Facts:
    """A ruling for another unit says that the dispatch was wrong."""
    facts: dict[str, Json] = {
        "unit": s.asked("unit"),
        "ruled_same": s.asked("unit") == s.subject.fact("unit"),
        "ruled_class": s.subject.fact("class"),
        "ruled_road": s.subject.fact("road") or None,
    }
    if not facts["ruled_same"]:
        facts |= {name: s.subject.number_fact(name) + 1 for name in ("dispatches", "dispatch_errors")}
        facts["handler"] = None
    return facts


def _reworked(s: Situation) -> Facts:
    return {"reworks": s.subject.number_fact("reworks") + 1, "handled_at": None, "self_handled": None}


def _reopened(s: Situation) -> Facts:
    """Judged anew; what was found of the time before stands in its transitions."""
    past = ("closed_at", "handled_at", "handled_in_time", "self_handled", "appealed", "exempt")
    anew: dict[str, Json] = dict.fromkeys(past)
    anew |= {f"{name}_before": s.subject.number_fact(name) for name in ("reworks", "extensions")}
    return {"reopenings": s.subject.number_fact("reopenings") + 1, "reopened_at": s.at.isoformat(), **anew}


def _counted(fact: str) -> FactRule:
    return lambda s: {fact: s.subject.number_fact(fact) + 1}


def _fixed(**facts: Json) -> FactRule:
    return lambda s: facts


def _task(fact: str, field: str) -> FactRule:
    """Whose task it is now; the fact remembers it after the task is done."""
    return lambda s: {fact: s.given.get(field), "assignee": s.given.get(field)}


FACTS: Final[Mapping[str, FactRule]] = {
    "notice": _notice,
    "self-found": _self_found,
    "handled": lambda s: {"handled_in_time": True, "handled_at": s.at.isoformat()},
    "expired": _fixed(expired=True),
    "verifier": _task("verifier", "collector"),
    "verified": _fixed(verified=True),
    "filed": lambda s: {"filed_at": s.at.isoformat()},
    "unmerged": _fixed(merged_into=None),
    "dispatched": _dispatched,
    "assigned": _assigned,
    "confirmed": _confirmed,
    "checker": _task("checker", "collector"),
    "closed": _closed,
    "sampling": _fixed(closed_at=None),
    "sampled": _sampled,
    "taken-over": lambda s: {"filed_at": s.at.isoformat(), "unit": None},
    "reworked": _reworked,
    "reopened": _reopened,
    "extended": _counted("extensions"),
    "suspended": _counted("suspensions"),
    "returning": _returning,
    "returned": _returned,
    "ruled": _ruled,
    "appealed": _fixed(appealed=True),
    "exempted": _fixed(exempt=True),
    "converted": lambda s: {"channel": Channel.COLLECTOR.value, "converted": True},
}


def stage_limits(clocks: Iterable[str]) -> dict[str, LimitRule]:
    """A limit rule for each clock, named like it, that reads the district's stage limits."""
    return {name: _stage_limit(name) for name in clocks}


def _stage_limit(name: str) -> LimitRule:
    return lambda s: s.book.stage_limit(name)


def told_to(post: str) -> Addressee:
    return lambda s, facts: (mailbox.of_post(post),)


def unit_desk(s: Situation, facts: Facts) -> tuple[str, ...]:
    unit = s.subject.fact("unit")
    return (mailbox.of_post_at(Post.UNIT_DESK, unit),) if unit else ()


def _who_waits(s: Situation, facts: Facts) -> tuple[str, ...]:
    """Reporter and unit; nobody here waits for a case that was closed elsewhere."""
    return () if s.subject.stage == "adopted" else (*_person("reporter")(s, facts), *unit_desk(s, facts))


def _person(*facts: str) -> Addressee:
    def addressee(s: Situation, _: Facts) -> tuple[str, ...]:
        return tuple(mailbox.of_person(s.subject.fact(f)) for f in facts if s.subject.fact(f))

    return addressee


def _collectors(s: Situation, facts: Facts) -> tuple[str, ...]:
    """The collector named for the task, otherwise those of the responsibility grid."""
    if s.asked("collector"):
        return (mailbox.of_person(s.asked("collector")),)
    return (mailbox.of_post_in(Post.COLLECTOR, s.subject.fact("responsibility_grid")),)


def _asker(s: Situation, facts: Facts) -> tuple[str, ...]:
    request = s.subject.requests.get(s.move.grants or s.move.refuses, {})
    if not request:
        return ()
    if request.get("post") == Post.UNIT_DESK:
        return (mailbox.of_post_at(Post.UNIT_DESK, request["organisation"]),)
    return (mailbox.of_person(request["person"]),)


ADDRESSEES: Final[Mapping[str, Addressee]] = {
    "acceptors": told_to("acceptor"),
    "shift-leaders": told_to("shift-leader"),
    "dispatchers": told_to("dispatcher"),
    "leaders": told_to("leader"),
    "supervisors": told_to("supervising-officer"),
    "unit": unit_desk,
    "reporter": _person("reporter"),
    "who-waits": _who_waits,
    "handler": _person("handler"),
    "collectors": _collectors,
    "asker": _asker,
}
