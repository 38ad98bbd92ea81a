"""The sweep: reminders once, silent moves by the system, and no row that stops the others."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import CAI, EAST, GONG_DESK, MIDDLE, PAI, POSTER, SHOU, ZHI, at
from tests.stories.play import Play
from xiuhua.domain.moves import Table
from xiuhua.domain.notice import Channel
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.move import Done
from xiuhua.operations.report import Sent, report
from xiuhua.operations.sweep import PUT_OFF, Swept, sweep
from xiuhua.operations.world import World
from xiuhua.store.loading import load, transitions
from xiuhua.store.models import OutboxRow, PhotoMetaRow, SubjectRow


@pytest.fixture
def play() -> Play:
    return Play()


def told(topic: str) -> list[tuple[str, str]]:
    return list(OutboxRow.objects.filter(topic__startswith=topic).order_by("id").values_list("topic", "recipient"))


def swept(play: Play, moment: str) -> Swept:
    play.time.to(moment)
    return sweep(play.world)


@pytest.mark.django_db
def test_at_80_percent_the_post_is_warned_and_when_due_it_is_told_again(play: Play) -> None:
    """Acceptance has 30 minutes; the notice came at 09:00."""
    play.sends()
    assert swept(play, "2023-03-06 09:23") == Swept()
    assert swept(play, "2023-03-06 09:24") == Swept(looked=1, warned=1)
    assert swept(play, "2023-03-06 09:30") == Swept(looked=1, overdue=1)
    assert told("warned") == [("warned:acceptance", "post:acceptor")]
    assert told("overdue") == [("overdue:acceptance", "post:acceptor")]


@pytest.mark.django_db
def test_a_reminder_bears_the_moment_that_was_passed(play: Play) -> None:
    play.sends()
    swept(play, "2023-03-06 11:00")
    assert OutboxRow.objects.get(topic="overdue:acceptance").at == at("2023-03-06 09:30")


@pytest.mark.django_db
def test_sweeping_again_says_nothing_again(play: Play) -> None:
    play.sends()
    swept(play, "2023-03-06 09:30")
    SubjectRow.objects.update(next_at=at("2023-03-06 09:00"))
    assert swept(play, "2023-03-06 09:31") == Swept(looked=1)
    assert len(told("overdue")) == 1


@pytest.mark.django_db
def test_the_unit_is_told_of_its_own_clock(play: Play) -> None:
    play.until("assign")
    due = play.case.clocks["handling"].due
    assert due
    play.time.now = due
    sweep(play.world)
    assert ("overdue:handling", "post:unit-desk@works") in told("overdue")


@pytest.mark.django_db
def test_a_case_that_is_moved_just_after_it_fell_due_is_told_all_the_same(play: Play) -> None:
    play.sends()
    play.time.to("2023-03-06 09:30")
    play.time.later(seconds=2)
    play.does(SHOU, "note", note="电话已联系")
    assert sweep(play.world) == Swept(looked=1, overdue=1)


@pytest.mark.django_db
def test_an_extended_clock_warns_of_its_new_moments(play: Play) -> None:
    play.until("assign")
    play.time.now = play.case.clocks["handling"].warn or play.time.now
    sweep(play.world)
    play.does(GONG_DESK, "ask-extension", reason="管线复杂")
    play.does(PAI, "endorse-extension")
    play.does(ZHI, "grant-extension")
    play.time.now = play.case.clocks["handling"].warn or play.time.now
    sweep(play.world)
    assert [topic for topic, _ in told("warned:handling")] == ["warned:handling"] * 2


@pytest.mark.django_db
def test_a_dispatched_case_is_signed_silently_after_two_working_hours(play: Play) -> None:
    play.until("dispatch")
    signing = play.case.clocks["signing"].due
    assert signing
    play.time.now = signing
    assert sweep(play.world).moved == 1
    assert play.case.stage == "received"
    last = transitions("case", play.number)[-1]
    assert (last.move, last.by.person, last.by.post.value) == ("sign-silently", "system", "system")


@pytest.mark.django_db
def test_a_closed_case_is_archived_after_seven_days(play: Play) -> None:
    play.until("close")
    play.time.later(days=8)
    assert sweep(play.world) == Swept(looked=1, moved=1)
    assert play.case.stage == "archived"
    assert SubjectRow.objects.get(number=play.number).next_at is None


@pytest.mark.django_db
def test_a_quick_report_that_nobody_reviews_passes(play: Play) -> None:
    before, after = play.photo(CAI), play.photo(CAI)
    for minutes, photo in enumerate((before, after)):
        taken = play.time.now - timedelta(minutes=10 - minutes)
        PhotoMetaRow.objects.create(photo_id=photo, taken_at=taken, longitude=EAST.lon, latitude=EAST.lat)
    answer = report(
        Sent(Channel.QUICK_REPORT, EAST, play.time.now, POSTER, "posted", before=(before,), photos=(after,)),
        CAI, play.world,
    )  # fmt: skip
    assert isinstance(answer, Done)
    play.number = answer.number
    play.time.later(minutes=30)
    assert sweep(play.world).moved == 1
    assert play.case.stage == "closed"


@pytest.mark.django_db
def test_a_request_that_is_not_answered_expires(play: Play) -> None:
    play.sends()
    play.does(SHOU, "ask-more", reason="位置不清")
    play.time.later(days=2)
    sweep(play.world)
    assert play.case.stage == "rejected"


def broken(table: Table, *, raising: bool) -> Table:
    """The same table with a rule that refuses or raises where a silent move wants to sign."""

    def guard(situation: object, arguments: tuple[str, ...]) -> Refusal:
        if raising:
            raise RuntimeError("a fault in a rule")
        return Refusal("never", Words("不行", "no"))

    move = replace(table.moves["archive"], guards=("never",))
    rules = replace(table.rules, guards={**table.rules.guards, "never": guard})
    return replace(table, moves={**table.moves, "archive": move}, rules=rules)


@pytest.mark.django_db
@pytest.mark.parametrize("raising", [False, True], ids=["refuses", "raises"])
def test_a_row_whose_rule_fails_is_put_off_and_the_others_are_swept(play: Play, *, raising: bool) -> None:
    play.until("close")
    stuck = play.number
    play.time.later(days=8)
    play.number = ""
    play.sends(place=MIDDLE)
    other = play.number
    play.time.later(minutes=30)
    world = replace(play.world, tables={"case": broken(play.world.tables["case"], raising=raising)})
    found = sweep(world)
    assert (found.put_off, found.overdue) == (1, 1)
    assert SubjectRow.objects.get(number=stuck).next_at == play.time.now + PUT_OFF
    assert told("overdue") == [("overdue:acceptance", "post:acceptor")]
    assert load("case", other)
    assert sweep(world) == Swept(), "until then it is left alone"
    play.time.now += PUT_OFF
    assert sweep(play.world).moved == 1, "when the rule is right again, it goes on"


@pytest.mark.django_db
def test_a_sweep_takes_the_longest_waiting_first_and_no_more_than_it_may(play: Play) -> None:
    for minutes in range(3):
        play.number = ""
        play.time.to(f"2023-03-06 09:0{minutes}")
        play.sends()
    play.time.to("2023-03-06 12:00")
    assert sweep(play.world, limit=2).looked == 2
    waiting = SubjectRow.objects.get(next_at__isnull=False)
    assert waiting.number == play.number


@pytest.mark.django_db(transaction=True)
def test_several_sweep_at_once_and_everything_is_done_once() -> None:
    play = Play()
    for _ in range(6):
        play.number = ""
        play.until("dispatch")
    play.time.to("2023-03-20 09:00")
    world = play.world
    counted: Counter[str] = Counter()

    def sweeping(world: World) -> None:
        while (found := sweep(world, limit=3)).looked:
            counted.update(moved=found.moved, overdue=found.overdue, put_off=found.put_off)
        connection.close()

    threads = [threading.Thread(target=sweeping, args=(world,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sweep(world)
    assert counted["put_off"] == 0
    assert counted["moved"] == 6
    signed = [t.move for n in SubjectRow.objects.values_list("number", flat=True) for t in transitions("case", n)]
    assert signed.count("sign-silently") == 6
    assert len(told("overdue:handling")) == 6
