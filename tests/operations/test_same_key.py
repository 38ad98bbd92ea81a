"""The same request sent twice at the same moment, as an off-line app does when its signal comes back."""

import threading

import pytest
from django.db import connection

from tests.cast import EAST, SHOU, Time, tiny_world
from xiuhua.domain.notice import Channel
from xiuhua.domain.words import Refusal
from xiuhua.operations.move import Done
from xiuhua.operations.report import Sent, report
from xiuhua.store.models import KeyRow, SubjectRow

AT_ONCE = 6


@pytest.mark.django_db(transaction=True)
def test_six_at_once_begin_one_case_and_get_one_answer() -> None:
    time = Time()
    world = tiny_world(time)
    sent = Sent(Channel.HOTLINE, EAST, time.now, description="井盖破损")
    start, answers = threading.Barrier(AT_ONCE), list[Done | Refusal]()

    def send() -> None:
        start.wait()
        answers.append(report(sent, SHOU, world, "once"))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == AT_ONCE and all(isinstance(a, Done) for a in answers), answers
    assert len({a.number for a in answers if isinstance(a, Done)}) == 1
    assert (SubjectRow.objects.count(), KeyRow.objects.count()) == (1, 1)
