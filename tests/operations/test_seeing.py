"""What each post sees of a case: whether at all, and which persons. One test for each role."""

from itertools import product

import pytest

from tests.cast import GUAN, MIDDLE, MIN, POSTER, REFUSE, SHOU, Time, at
from tests.stories.play import Play
from xiuhua.domain.notice import Channel
from xiuhua.domain.people import Holding, Post, sees
from xiuhua.domain.words import Refusal
from xiuhua.operations.acting import Acting, acting
from xiuhua.operations.people import add_people
from xiuhua.operations.seeing import PersonText, Seen, in_view, look_at_persons, offered, see
from xiuhua.store.loading import load, transitions
from xiuhua.store.models import Account, SubjectRow, TextRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def play() -> Play:
    play = Play(Time())
    add_people(play.world.district.people, GUAN, play.world)
    return play


def who(username: str, play: Play) -> Acting:
    found = acting(Account.objects.get(username=username).pk, play.world.district.day_of(play.time.now))
    assert isinstance(found, Acting)
    return found


def seen(username: str, play: Play) -> Seen:
    found = see("case", play.number, who(username, play))
    assert found is not None
    return found


ALL_SEE = ("shou1", "zhi1", "pai1", "du1", "kao1", "ling1", "guan1", "cai1", "cai2")


@pytest.mark.parametrize(
    ("username", "visible"),
    [
        *((name, True) for name in ALL_SEE),
        ("gong-desk", True), ("gong-hand", True), ("jie-desk", False), ("jie-hand", False), ("rong-desk", False),
        ("ji1", False), ("min1", False),
    ],
)  # fmt: skip
def test_a_case_with_the_works_office_is_in_view(play: Play, username: str, visible: bool) -> None:
    play.until("dispatch")
    assert in_view("case", play.number, who(username, play)) is visible
    assert (see("case", play.number, who(username, play)) is not None) is visible


def test_a_citizen_sees_what_he_reported_himself(play: Play) -> None:
    play.sends(MIN, channel=Channel.PUBLIC, description="路灯不亮", photos=0)
    assert in_view("case", play.number, who("min1", play))
    assert not in_view("case", play.number, who("min2", play))


def test_the_scope_is_the_rule_for_every_post_and_place(play: Play) -> None:
    """The filter of the database and `domain.people.sees` say the same of every case and every person."""
    for place, class_key, condition in ((MIDDLE, REFUSE, "exposed"), (MIDDLE, POSTER, "posted")):
        play.sends(place=place, class_key=class_key, condition=condition)
    play.number = ""
    play.until("dispatch")
    day = play.world.district.day_of(play.time.now)
    for row, person in product(SubjectRow.objects.all(), play.world.district.people):
        held: Holding = person.holdings_on(day)[0]
        own = person.username in (row.reporter, row.assignee)
        grids = (row.grid, row.responsibility_grid, row.street)
        expected = sees(held, row.unit, grids, own=own)
        assert in_view("case", row.number, who(person.username, play)) is expected, (person.username, row)


UNIT_SIDE = ("gong-desk", "gong-hand")


@pytest.mark.parametrize("username", UNIT_SIDE)
def test_the_unit_reads_the_post_and_never_the_person_who_reported_or_checked(play: Play, username: str) -> None:
    play.until("check-pass")
    found = seen(username, play)
    shown = {s.transition.move: (s.transition.by.post, s.transition.by.person, s.person) for s in found.steps}
    assert shown["report"] == (Post.COLLECTOR, "", "")
    assert shown["check-pass"] == (Post.COLLECTOR, "", "")
    assert shown["accept"] == (Post.ACCEPTOR, "shou1", "受一")
    text = repr(found)
    assert "cai1" not in text and "cai2" not in text and "采一" not in text and "采二" not in text


@pytest.mark.parametrize("username", ["shou1", "zhi1", "pai1", "du1", "kao1", "ling1", "guan1", "cai1"])
def test_the_centre_reads_who_reported_and_checked(play: Play, username: str) -> None:
    play.until("check-pass")
    shown = {s.transition.move: s.person for s in seen(username, play).steps}
    assert (shown["report"], shown["check-pass"], shown["feed-back"]) == ("采一", "采二", "gong手")


@pytest.mark.parametrize("username", ["pai1", "ling1", "guan1", "kao1"])
def test_a_citizen_is_named_only_to_those_who_may_see_persons(play: Play, username: str) -> None:
    play.sends(MIN, channel=Channel.PUBLIC, description="路灯不亮", photos=0)
    assert "min1" not in repr(seen(username, play))
    assert seen("shou1", play).steps[0].transition.by.person == "min1"


@pytest.mark.parametrize("username", [*ALL_SEE, *UNIT_SIDE])
def test_names_and_phones_are_in_nobodys_view(play: Play, username: str) -> None:
    play.sends(SHOU, channel=Channel.HOTLINE, description="井盖", reporter_name="王五", reporter_phone="13900001111")
    SubjectRow.objects.update(unit="works")
    text = repr(seen(username, play))
    assert "王五" not in text and "13900001111" not in text
    assert seen(username, play).steps[0].texts["description"] == "井盖"


@pytest.mark.parametrize("username", ["shou1", "zhi1", "du1"])
def test_who_may_see_persons_is_written_down_at_each_look(play: Play, username: str) -> None:
    play.sends(SHOU, channel=Channel.HOTLINE, description="井盖", reporter_name="王五", reporter_phone="13900001111")
    found = look_at_persons("case", play.number, who(username, play), play.world)
    assert found == (PersonText(1, "reporter_name", "王五"), PersonText(1, "reporter_phone", "13900001111"))
    look = transitions("look", play.number)[-1]
    assert (look.by.person, look.at) == (username, at("2023-03-06 09:00"))


@pytest.mark.parametrize("username", ["cai1", "pai1", "gong-desk", "gong-hand", "kao1", "ling1", "guan1", "min1", "ji1"])
def test_others_may_not_look_and_nothing_is_written(play: Play, username: str) -> None:
    play.until("dispatch")
    found = look_at_persons("case", play.number, who(username, play), play.world)
    assert isinstance(found, Refusal) and found.code == "right-missing"
    assert transitions("look", play.number) == []


def test_an_erased_text_is_seen_as_erased(play: Play) -> None:
    play.sends(description="井盖")
    TextRow.objects.update(text=None, erased_at=play.time.now)
    assert seen("shou1", play).steps[0].texts == {"description": None}


def test_moves_are_offered_only_for_what_is_in_view(play: Play) -> None:
    play.until("dispatch")
    assert offered("case", play.number, who("jie-desk", play), play.world).code == "not-found"  # type: ignore[union-attr]
    found = offered("case", play.number, who("gong-desk", play), play.world)
    assert not isinstance(found, Refusal)
    assert {"sign", "assign"} <= {one.move.name for one in found.moves if one.refusal is None}


def test_masking_changes_nothing_that_is_stored(play: Play) -> None:
    play.until("check-pass")
    before = load("case", play.number)
    seen("gong-desk", play)
    assert load("case", play.number) == before
    assert before is not None and before.subject.facts["reporter"] == "cai1"
