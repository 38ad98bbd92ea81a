"""The figures counted by the database are the ones that the plain reference counts."""

from collections.abc import Callable, Iterable

import pytest

from tests.cast import CAI, COVER, LAMP, MIDDLE, PAI, REFUSE, SHOU, ZHI
from tests.stories.play import Play
from xiuhua.domain.counting import CountedCase, Span, due_state
from xiuhua.domain.flow import CASE
from xiuhua.domain.metric import METRICS, reckon, reckon_parts
from xiuhua.domain.moves import Group
from xiuhua.domain.notice import Channel
from xiuhua.store.models import SubjectRow
from xiuhua.store.queries import Filter, Scope, figures_of

pytestmark = pytest.mark.django_db
COUNTED = [
    "registered", "cases", "open-cases", "registered-by-stage", "cases-by-stage", "cases-by-channel", "cases-by-class",
    "cases-by-street", "open-by-stage", "open-by-unit", "open-by-due-state", "cases-by-grid",
    "open-by-grid",
]  # fmt: skip


@pytest.fixture
def play() -> Play:
    """One closed, one overdue at its unit, one voided, one merged, one refused, one just reported."""
    play = Play()
    play.until("close")
    for ending, class_key, condition in (
        ("overdue", REFUSE, "exposed"), ("void", LAMP, "dark"), ("merge", COVER, "broken"), ("refuse", LAMP, "dark"),
        ("report", REFUSE, "exposed"),
    ):  # fmt: skip
        play.time.later(hours=1)
        play.sends(CAI, class_key=class_key, condition=condition, place=MIDDLE)
        _END[ending](play)
    play.time.later(days=2)
    return play


def _dispatched(play: Play) -> None:
    play.does(SHOU, "accept")
    play.does(ZHI, "file", met=True)
    play.does(PAI, "dispatch", unit="cleaner")


def _voided(play: Play) -> None:
    play.does(SHOU, "ask-void", reason="误报")
    play.does(ZHI, "grant-void")


_END: dict[str, Callable[[Play], object]] = {
    "overdue": _dispatched,
    "void": _voided,
    "merge": lambda play: play.does(SHOU, "merge", into="990101-20230306-00002"),
    "refuse": lambda play: play.does(SHOU, "reject", reason="not-found"),
    "report": lambda play: play.case,
}


def _cases(play: Play) -> Iterable[CountedCase]:
    for row in SubjectRow.objects.all():
        group = CASE.group(row.stage)
        yield CountedCase(
            number=row.number, channel=Channel(row.channel), stage=row.stage, unit=row.unit, class_key=row.class_key,
            street=row.street, due_state=due_state(row.due_at, row.warn_at, play.time.now), opened_at=row.opened_at,
            closed_at=row.closed_at, void=group is Group.VOID, refused=group is Group.REFUSED,
            grid=row.responsibility_grid,
        )  # fmt: skip


@pytest.mark.parametrize("key", COUNTED)
def test_the_database_counts_as_the_reference_does(play: Play, key: str) -> None:
    metric, now = METRICS[key], play.time.now
    found = figures_of(metric, Filter(), Scope(everything=True), now, CASE.void)
    span = Span(found[0].period.start, now)
    if metric.by is None:
        assert found[0].numerator == reckon(key, _cases(play), span.start, span.end).numerator
    else:
        parts = reckon_parts(key, _cases(play), span.start, span.end)
        assert {f.bucket: f.numerator for f in found} == {f.bucket: f.numerator for f in parts}
    assert sum(f.numerator for f in found) > 0
