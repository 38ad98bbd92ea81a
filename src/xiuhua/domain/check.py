"""Verification before filing (核实) and the check after handling (核查): who may do it, and what it needs.

The checker is never the handler and never of the handling unit; a task given to one collector is that one's.
"""

from datetime import datetime

from xiuhua.domain.moves import Situation
from xiuhua.domain.words import Refusal, Words

CHECKER_IS_HANDLER = Words("处置人不能核查自己的案件", "who handled it cannot check it")
HANDLING_MOVES = ("start", "assign", "feed-back", "confirm", "report-self")


def not_the_handler(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    if s.by.person in _handlers(s) or s.by.organisation == s.subject.fact("unit"):
        return Refusal("checker-is-handler", CHECKER_IS_HANDLER)
    return None


def named_checker(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """The collector named in a check task may not be the one who handled the case."""
    if s.asked("collector") in _handlers(s):
        return Refusal("checker-is-handler", CHECKER_IS_HANDLER, "collector")
    return None


def _handlers(s: Situation) -> set[str]:
    """Whoever handled it or was named to handle it, in any round and in any unit."""
    did = (person for move in HANDLING_MOVES for person in s.subject.did.get(move, ()))
    return {*did, *map(str, s.subject.list_fact("handlers"))}


def task_of(s: Situation, facts: tuple[str, ...]) -> Refusal | None:
    named = s.subject.fact(facts[0])
    if named and named != s.by.person:
        return Refusal(
            "other-task", Words("这是派给其他监督员的任务", "this task was given to another collector")
        )
    return None


def verified(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    if s.subject.facts.get("to_verify") and not s.subject.facts.get("verified"):
        return Refusal(
            "not-verified",
            Words(
                "来自公众或机器的线索先核实后立案",
                "what the public or a machine noticed is verified before filing",
            ),
        )
    return None


def condition_met(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    return _ticked(s, "met", Words("请确认符合立案条件", "confirm that the filing condition is met"))


def closing_met(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    return _ticked(s, "met", Words("请确认符合结案条件", "confirm that the closing condition is met"))


def classified(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """Class and filing condition belong together, stand in a valid edition and have a limit in this area.

    A case keeps the class that it was opened with; a class chosen anew is one of the edition in force now.
    """
    kept = s.subject.fact("class")
    key, condition = s.asked("class") or kept, s.asked("condition") or s.subject.fact("condition")
    since = datetime.fromisoformat(s.subject.fact("opened_at")) if key == kept else s.at
    refused: Refusal | None = s.book.classified(key, condition, since)
    limit = refused or s.book.limit(key, condition, s.subject.fact("area_class"))
    return limit if isinstance(limit, Refusal) else None


def centre_closes(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """A case handled here is closed by the shift leader; one brought in also by whoever brings it."""
    if s.by.post.value != "shift-leader" and s.subject.stage != "adopted":
        return Refusal("post-may-not", Words("由值班长结案", "the shift leader closes it"))
    return None


def has_unit(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """Only what a unit handled can go back to it; a quick report is sampled instead."""
    if not s.subject.fact("unit") or not s.subject.fact("condition"):
        return Refusal(
            "no-unit", Words("没有处置单位，不能复开", "no unit has handled it, so it cannot be reopened")
        )
    return None


def other_subject(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    if s.asked("into") == s.subject.number:
        return Refusal("same-case", Words("不能并入自身", "it cannot be merged into itself"), "into")
    return None


def _ticked(s: Situation, name: str, words: Words) -> Refusal | None:
    return None if s.given.get(name) is True else Refusal("not-confirmed", words, name)
