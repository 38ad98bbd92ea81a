"""What a unit may answer to a case: not ours, more time, not now; and how often and how late.

Sources: processes 1a and 1b (return within a quarter of the limit and two working days, one return per unit,
extension before due and at most twice); workflow 6 (suspension once, at most a year). City rules differ: the
figures are starter values.
"""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from xiuhua.domain.clock import Limit, Unit
from xiuhua.domain.deadline import due, worked
from xiuhua.domain.moves import Situation
from xiuhua.domain.words import Refusal, Words

MOST_EXTENSIONS: Final = 2  # workflow 6
RETURN_SHARE: Final = 4  # a quarter of the handling limit, processes 1a
RETURN_LIMIT: Final = Limit(2, Unit.WORKING_DAY)  # processes 1a
LONGEST_SUSPENSION: Final = timedelta(days=365)  # workflow 6
REOPEN_DAYS: Final = {"citizen": 7, "evaluator": 90}  # processes, Appendix A


def extensions_left(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    if s.subject.number_fact("extensions") >= MOST_EXTENSIONS:
        return Refusal(
            "extensions-used",
            Words(f"已延期{MOST_EXTENSIONS}次，不能再延", f"extended {MOST_EXTENSIONS} times already"),
        )
    return None


def first_return(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """One return per unit per case; after a refusal the way is an objection."""
    if s.by.organisation in s.subject.list_fact("returns"):
        return Refusal(
            "returned-before",
            Words(
                "本单位已申请过回退，可提出异议", "your unit has asked to return it before; object instead"
            ),
        )
    return None


def return_was_refused(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    if s.by.organisation not in s.subject.list_fact("returns"):
        return Refusal(
            "no-refused-return",
            Words("先申请回退，被驳回后才能提出异议", "ask to return it first; object after a refusal"),
        )
    return None


def in_return_window(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    clock = s.subject.clocks.get("handling")
    if clock is None or clock.limit is None:
        return None
    calendar = s.book.calendar_of(s.subject.fact("unit"))
    quarter = due(clock.started, Limit(Fraction(clock.limit.count, RETURN_SHARE), clock.limit.unit), calendar)
    last = min(quarter, due(clock.started, RETURN_LIMIT, calendar))
    if s.at > last:
        return Refusal(
            "return-late",
            Words(
                "回退应在处置时限的四分之一内、且不超过2个工作日提出",
                "a return is asked for within a quarter of the handling limit and two working days",
            ),
        )
    return None


def another_unit(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """A return names the unit whose job it is instead."""
    if s.asked("unit") == s.by.organisation:
        return Refusal(
            "same-unit",
            Words("请写明应由哪个单位办理，不能是本单位", "name the unit whose job it is, not your own"),
            "unit",
        )
    return known_unit(s, ())


def known_unit(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    wanted = s.asked("unit")
    if not s.book.handles(wanted):
        return Refusal(
            "unit-unknown", Words(f"没有处置单位“{wanted}”", f"there is no unit “{wanted}”"), "unit"
        )
    return None


def reason_where_other(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """The duty list proposes; whoever sends the case elsewhere says why."""
    proposed = s.book.proposal(s.subject.facts, s.at)
    if proposed and proposed.organisation != s.asked("unit") and not s.asked("reason"):
        return Refusal(
            "reason-missing",
            Words("与建议单位不同，请写明理由", "this is not the proposed unit: say why"),
            "reason",
        )
    return None


def return_or_objection(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    if not {"return", "objection"} & set(s.subject.requests):
        return Refusal("no-request", Words("没有待决定的回退或异议", "no return or objection is undecided"))
    return None


def plan_date(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    until = datetime.fromisoformat(s.asked("until"))
    if not s.at < until <= s.at + LONGEST_SUSPENSION:
        return Refusal(
            "plan-date",
            Words("计划日期应在今后一年之内", "the planned date lies within a year from now"),
            "until",
        )
    return None


def not_suspended_before(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    if s.subject.number_fact("suspensions"):
        return Refusal("suspended-before", Words("每个案件只能挂账一次", "a case can be suspended once"))
    return None


def late_once(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """A timeout appeal needs a late handling, and is made once."""
    if s.subject.facts.get("handled_in_time") is not False:
        return Refusal("not-late", Words("处置没有超时，无需申诉", "the handling was not late"))
    if "appealed" in s.subject.facts:
        return Refusal("appealed-before", Words("每个案件只能申诉一次", "an appeal is made once"))
    return None


def reopen_window(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    days = REOPEN_DAYS.get(s.by.post.value, 0)
    closed = s.subject.fact("closed_at")
    if not closed or s.at > datetime.fromisoformat(closed) + timedelta(days=days):
        return Refusal("too-late", Words(f"结案超过{days}天，不能复开", f"closed more than {days} days ago"))
    return None


def full_limit(s: Situation) -> Limit | Refusal:
    """The limit of class and filing condition, fixed by the edition in which the class stands."""
    found: Limit | Refusal = s.book.limit(
        s.subject.fact("class"), s.subject.fact("condition"), s.subject.fact("area_class")
    )
    return found


def half_limit(s: Situation) -> Limit | Refusal:
    full = full_limit(s)
    return full if isinstance(full, Refusal) else full.half()


def first_limit(s: Situation) -> Limit | Refusal:
    """An extension adds the limit that the clock began with."""
    clock = s.subject.clocks.get("handling")
    return clock.limit if clock and clock.limit else full_limit(s)


def ruled_limit(s: Situation) -> Limit | None | Refusal:
    """A new unit gets a limit of its own; the unit that had it before goes on where it stood."""
    return None if s.subject.facts.get("ruled_same") else full_limit(s)


def until(s: Situation) -> datetime:
    return datetime.fromisoformat(str(s.subject.requests["suspension"]["given"]["until"]))


def given_due(s: Situation) -> datetime | None:
    """A case brought in keeps the due moment it was given elsewhere; without one no clock runs."""
    return datetime.fromisoformat(s.asked("due")) if s.asked("due") else None


def archiving_own(s: Situation) -> Limit | None:
    """What was closed elsewhere and brought in is kept elsewhere: we add no move to its past."""
    found: Limit | None = None if s.subject.stage == "adopted" else s.book.stage_limit("archiving")
    return found


def time_used(s: Situation) -> Limit | None:
    """How much of the handling limit was used when the case went back."""
    clock = s.subject.clocks.get("handling")
    if clock is None or clock.limit is None:
        return None
    return worked(clock.started, s.at, s.book.calendar_of(s.subject.fact("unit")), clock.limit.unit)
