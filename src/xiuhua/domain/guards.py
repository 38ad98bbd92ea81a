"""Guards that any register may name, also one written in a pack: they know subjects and clocks, no case."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from xiuhua.domain.moves import Guard, Situation
from xiuhua.domain.words import Refusal, Words

Arguments = tuple[str, ...]


def other_person_than(s: Situation, moves: Arguments) -> Refusal | None:
    """Whoever made one of these moves, in whatever round, may not make this one."""
    if any(s.by.person in s.subject.did.get(move, ()) for move in moves):
        return Refusal("same-person", Words("须由另一人办理", "another person has to do this"))
    return None


def two_persons(s: Situation, requests: Arguments) -> Refusal | None:
    """Neither who asked nor who endorsed a request may decide it."""
    for name in requests:
        request = s.subject.requests.get(name, {})
        if s.by.person in (request.get("person"), request.get("endorsed")):
            return Refusal(
                "same-person", Words("申请人与审批人须为不同的人", "who asked or endorsed cannot decide")
            )
    return None


def endorsed(s: Situation, requests: Arguments) -> Refusal | None:
    for name in requests:
        if "endorsed" not in s.subject.requests.get(name, {}):
            return Refusal("not-endorsed", Words("还缺第一级审批", "the first approval is missing"))
    return None


def of_the_unit(s: Situation, _: Arguments) -> Refusal | None:
    if s.by.organisation != s.subject.fact("unit"):
        return Refusal("other-unit", Words("不是本单位的案件", "this is another unit's"))
    return None


def before_due(s: Situation, clocks: Arguments) -> Refusal | None:
    for name in clocks:
        clock = s.subject.clocks.get(name)
        if clock is None or (clock.due is not None and s.at > clock.due):
            return Refusal(
                "after-due", Words("时限已过，不能再申请", "the due moment has passed; it is too late to ask")
            )
    return None


def flagged(s: Situation, flags: Arguments) -> Refusal | None:
    missing = [f for f in flags if f not in s.subject.flags]
    return (
        Refusal("not-flagged", Words("没有需要答复的督办", "there is nothing of this kind to answer"))
        if missing
        else None
    )


def no_request(s: Situation, requests: Arguments) -> Refusal | None:
    if any(name in s.subject.requests for name in requests):
        return Refusal("request-open", Words("还有申请没有决定", "a request is still undecided"))
    return None


def within_days(s: Situation, arguments: Arguments) -> Refusal | None:
    """`within-days 7 close`: at most so many natural days since that fact (a moment) was set."""
    days, fact = int(arguments[0]), s.subject.fact(arguments[1])
    if not fact or s.at > datetime.fromisoformat(fact) + timedelta(days=days):
        return Refusal("too-late", Words(f"超过{days}天，不能再办理", f"more than {days} days have passed"))
    return None


def fact_is(s: Situation, arguments: Arguments) -> Refusal | None:
    """`fact-is self-handled true`: the fact has this value."""
    name, wanted = arguments
    if s.subject.fact(name).lower() != wanted:
        return Refusal("not-of-this-kind", Words("此案件不适用这一动作", "this does not apply to this one"))
    return None


def of_the_reporter(s: Situation, _: Arguments) -> Refusal | None:
    """A citizen acts only on what that citizen reported; staff are not bound by this."""
    if s.by.post.value == "citizen" and s.subject.fact("reporter") != s.by.person:
        return Refusal(
            "other-reporter", Words("只能办理自己上报的事项", "only the person who reported this can do that")
        )
    return None


GENERIC: Final[Mapping[str, Guard]] = {
    "other-person-than": other_person_than,
    "two-persons": two_persons,
    "endorsed": endorsed,
    "of-the-unit": of_the_unit,
    "before-due": before_due,
    "flagged": flagged,
    "no-request": no_request,
    "within-days": within_days,
    "fact-is": fact_is,
    "of-the-reporter": of_the_reporter,
}
