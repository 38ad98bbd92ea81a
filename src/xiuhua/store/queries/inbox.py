"""What was delivered to somebody's mailboxes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from xiuhua.store import sql
from xiuhua.store.models import OutboxRow, SubjectRow

MOST = 100


@dataclass(frozen=True, slots=True)
class Notification:
    id: int
    kind: str
    number: str
    topic: str
    at: datetime
    read_at: datetime | None


# The newest of each mailbox by an index; asked for all at once, a post's whole past would be sorted for every page.
_BOX = (
    "SELECT * FROM (SELECT id, kind, number, topic, at, read_at FROM outbox WHERE recipient = %s AND way = 'in-app' "
    "AND delivered_at IS NOT NULL {unread} ORDER BY id DESC LIMIT %s) AS box"
)


def inbox(mailboxes: Iterable[str], *, unread: bool = False, size: int = MOST) -> tuple[Notification, ...]:
    boxes = tuple(dict.fromkeys(mailboxes))
    box = _BOX.format(unread="AND read_at IS NULL" if unread else "")
    values = [value for name in boxes for value in (name, size)]
    found = sql.rows(" UNION ALL ".join([box] * len(boxes)), values) if boxes else []
    newest = sorted(found, key=itemgetter(0), reverse=True)[:size]
    return tuple(_notification(*row) for row in newest)


def _notification(id_: int, kind: str, number: str, topic: str, at: Any, read_at: Any) -> Notification:
    return Notification(
        id_, kind, number, topic, sql.moment_read(at), None if read_at is None else sql.moment_read(read_at)
    )


def classes_of(notices: Iterable[Notification]) -> dict[tuple[str, str], str]:
    """The class keys of what the notices are about, by kind and number."""
    numbers = {one.number for one in notices}
    found = SubjectRow.objects.filter(number__in=numbers).values_list("kind", "number", "class_key")
    return {(kind, number): key for kind, number, key in found}


def mark_read(ids: Iterable[int], mailboxes: Iterable[str], at: datetime) -> int:
    return OutboxRow.objects.filter(
        id__in=list(ids), recipient__in=list(mailboxes), read_at__isnull=True
    ).update(read_at=at)
