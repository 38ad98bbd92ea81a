"""The batch way writes the same rows as the single way."""

import pytest

from tests.cast import CAI, EAST, SHOU, Time, tiny_world
from tests.stories.play import HAPPY
from xiuhua.domain.case import KIND
from xiuhua.domain.notice import Channel
from xiuhua.domain.subject import By, Json
from xiuhua.domain.words import Refusal
from xiuhua.operations.batch import Batch
from xiuhua.operations.move import Asked, Done, make_move
from xiuhua.operations.report import Sent, report, report_in
from xiuhua.operations.world import World
from xiuhua.store.models import OutboxRow, PhotoRow, SubjectRow, TermRow, TextRow, TransitionRow

pytestmark = pytest.mark.django_db(transaction=True)


def _sent(time: Time) -> Sent:
    PhotoRow.objects.get_or_create(
        id="p" * 32, defaults={"received": "", "stored": "", "size": 1, "width": 1, "height": 1,
                               "person": "cai1", "at": time.now},
    )  # fmt: skip
    return Sent(
        Channel.COLLECTOR, EAST, time.now, "tiny/component/cover", "broken", "胜利桥东", "井盖破损", photos=("p" * 32,)
    )


def _moves(number: str) -> list[tuple[By, Asked]]:
    def without_photos(given: dict[str, Json]) -> dict[str, Json]:
        return {**given, "photos": ["p" * 32]} if "photos" in given else given

    return [(by, Asked(KIND, number, move, by, without_photos(given))) for by, move, given in HAPPY]


def _singly(world: World, time: Time) -> None:
    done = report(_sent(time), CAI, world)
    assert isinstance(done, Done)
    for _, asked in _moves(done.number):
        time.later(minutes=5)
        assert isinstance(make_move(asked, world), Done)


def _in_a_batch(world: World, time: Time) -> None:
    sent = _sent(time)
    with Batch(world) as batch:
        done = report_in(batch, sent, CAI)
        assert isinstance(done, Done)
        for _, asked in _moves(done.number):
            time.later(minutes=5)
            assert isinstance(batch.move(asked), Done)


def _rows() -> list[list[tuple[object, ...]]]:
    every = (TransitionRow, TextRow, OutboxRow, SubjectRow)
    rows = [list(m.objects.order_by("pk").values_list(*[f.attname for f in m._meta.fields if f.name != "id"])) for m in every]
    return [*rows, sorted(TermRow.objects.values_list("term"))]


def _emptied() -> None:
    from django.core.management import call_command

    call_command("flush", verbosity=0, interactive=False)


def test_the_batch_way_writes_the_same_rows_as_the_single_way() -> None:
    time = Time()
    _singly(tiny_world(time), time)
    single = _rows()
    _emptied()
    again = Time()
    _in_a_batch(tiny_world(again), again)
    assert _rows() == single


def test_a_batch_that_cannot_be_written_leaves_nothing() -> None:
    time = Time()
    world = tiny_world(time)
    sent = _sent(time)

    def broken_off() -> None:
        with Batch(world) as batch:
            report_in(batch, sent, CAI)
            batch.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert SubjectRow.objects.count() == 0


def test_a_batch_refuses_as_the_single_way_does() -> None:
    time = Time()
    with Batch(tiny_world(time)) as batch:
        answer = batch.move(Asked(KIND, "990101-20230306-00009", "accept", SHOU, {}))
    assert isinstance(answer, Refusal)
    assert answer.code == "not-found"
