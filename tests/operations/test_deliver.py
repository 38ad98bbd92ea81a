"""In-app notices are delivered once, whoever delivers them."""

import threading

import pytest
from django.db import connection

from tests.cast import at
from xiuhua.operations.deliver import deliver
from xiuhua.store.models import OutboxRow

MONDAY = at("2023-03-06 09:00")


def waiting(count: int, way: str = "in-app") -> None:
    OutboxRow.objects.bulk_create(
        OutboxRow(kind="case", number=f"n{i}", sequence=1, topic="report", recipient="post:acceptor", way=way, at=MONDAY)
        for i in range(count)
    )


@pytest.mark.django_db
def test_what_waits_is_delivered_in_its_order_and_once() -> None:
    waiting(5)
    assert [deliver(MONDAY, 3), deliver(MONDAY, 3), deliver(MONDAY, 3)] == [3, 2, 0]
    assert set(OutboxRow.objects.values_list("delivered_at", flat=True)) == {MONDAY}


@pytest.mark.django_db
def test_the_oldest_come_first() -> None:
    waiting(3)
    deliver(MONDAY, 1)
    assert OutboxRow.objects.get(delivered_at__isnull=False).number == "n0"


@pytest.mark.django_db
def test_other_ways_are_left_to_others() -> None:
    waiting(2, way="mail")
    assert deliver(MONDAY) == 0


@pytest.mark.django_db(transaction=True)
def test_several_deliver_at_once_and_each_notice_once() -> None:
    waiting(100)
    delivered: list[int] = []

    def delivering() -> None:
        while count := deliver(MONDAY, 7):
            delivered.append(count)
        connection.close()

    threads = [threading.Thread(target=delivering) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while count := deliver(MONDAY, 7):
        delivered.append(count)
    assert sum(delivered) == 100
