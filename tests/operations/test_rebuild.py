"""`rebuild` makes every row again from its transitions; there is no difference, or it is named and can be put right."""

import pytest
from django.db import connection

from tests.cast import SHOU
from tests.stories.play import Play
from xiuhua.operations.finding import What
from xiuhua.operations.rebuild import Difference, Rebuilt, rebuild
from xiuhua.operations.verify import silent, verify
from xiuhua.operations.world import World
from xiuhua.store.models import SubjectRow, TermRow
from xiuhua.store.saving import FLAT

pytestmark = pytest.mark.django_db


@pytest.fixture
def play() -> Play:
    """One case in most stages it can be in, and one that was merged back and asked about."""
    play = Play()
    play.until("close")
    play.number = ""
    play.sends(description="路灯不亮", place_text="胜利桥东")
    play.does(SHOU, "ask-more", reason="位置不清")
    return play


def rebuilt(world: World, *, write: bool = False) -> Rebuilt:
    return rebuild(world, silent, write=write)


def test_every_row_is_the_fold_of_its_transitions(play: Play) -> None:
    assert rebuilt(play.world) == Rebuilt(2, 0, 0, ())


def other(column: str) -> str:
    if column.endswith("_at"):
        return "'2020-01-01 00:00:00'" if connection.vendor == "sqlite" else "'2020-01-01 00:00:00+00'"
    return {
        "version": "9", "is_open": "NOT is_open", "longitude": "1.5", "latitude": "1.5", "cell": "7", "body": "'{}'",
    }.get(column, "'other'")  # fmt: skip


@pytest.mark.parametrize("column", [name.strip() for name in FLAT.split(",")][:-1])
def test_a_column_that_is_not_what_the_past_says_is_named_and_put_right(play: Play, column: str) -> None:
    connection.cursor().execute(f"UPDATE subject SET {column} = {other(column)} WHERE number = %s", [play.number])
    named = (Difference("case", play.number, (column,)),)
    assert rebuilt(play.world).differences == named
    assert rebuilt(play.world, write=True) == Rebuilt(2, 1, 1, named)
    assert rebuilt(play.world).ok
    assert verify().ok


def test_when_to_look_again_is_the_sweeps_and_not_compared(play: Play) -> None:
    SubjectRow.objects.update(next_at=None)
    assert rebuilt(play.world).ok


def test_a_row_that_has_gone_is_made_again_and_found_by_its_words(play: Play) -> None:
    before = SubjectRow.objects.get(number=play.number)
    terms = set(TermRow.objects.filter(subject_id=before.pk).values_list("term", flat=True))
    SubjectRow.objects.filter(pk=before.pk).delete()
    TermRow.objects.filter(subject_id=before.pk).delete()
    assert rebuilt(play.world).differences == (Difference("case", play.number, ("row",)),)
    rebuilt(play.world, write=True)
    after = SubjectRow.objects.get(number=play.number)
    assert (after.body, after.head, after.opened_at) == (before.body, before.head, before.opened_at)
    assert set(TermRow.objects.filter(subject_id=after.pk).values_list("term", flat=True)) == terms
    assert {"路", "胜利"} <= terms


def test_a_row_without_a_past_cannot_be_made_again(play: Play) -> None:
    SubjectRow.objects.filter(number=play.number).update(number="990101-20230306-77777")
    found = {difference.number: difference.columns for difference in rebuilt(play.world, write=True).differences}
    assert found == {"990101-20230306-77777": ("transitions",), play.number: ("row",)}
    assert verify().first and verify().first.what is What.REMOVED  # type: ignore[union-attr]
