"""What was delivered to somebody's mailboxes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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


def inbox(mailboxes: Iterable[str], *, unread: bool = False, size: int = MOST) -> tuple[Notification, ...]:
    rows = OutboxRow.objects.filter(recipient__in=list(mailboxes), way="in-app", delivered_at__isnull=False)
    if unread:
        rows = rows.filter(read_at__isnull=True)
    found = rows.order_by("-id").values_list("id", "kind", "number", "topic", "at", "read_at")[:size]
    return tuple(Notification(*row) for row in found)


def classes_of(notices: Iterable[Notification]) -> dict[tuple[str, str], str]:
    """The class keys of what the notices are about, by kind and number."""
    numbers = {one.number for one in notices}
    found = SubjectRow.objects.filter(number__in=numbers).values_list("kind", "number", "class_key")
    return {(kind, number): key for kind, number, key in found}


def mark_read(ids: Iterable[int], mailboxes: Iterable[str], at: datetime) -> int:
    return OutboxRow.objects.filter(
        id__in=list(ids), recipient__in=list(mailboxes), read_at__isnull=True
    ).update(read_at=at)
