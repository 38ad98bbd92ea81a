"""Deliver in-app notices: a delivered row is in its recipient's inbox. Several processes may do it at once."""

from datetime import datetime

from django.db import connection

from xiuhua.store import sql
from xiuhua.store.lock import writing

MOST = 500  # ours: rows in one transaction
_WAITING = "SELECT id FROM outbox WHERE delivered_at IS NULL AND way = 'in-app' ORDER BY id LIMIT %s"
_DELIVERED = "UPDATE outbox SET delivered_at = %s WHERE id IN ({waiting})"


def deliver(at: datetime, limit: int = MOST) -> int:
    """How many were delivered; at `limit` there may be more."""
    if sql.one(_WAITING, [1]) is None:
        return 0
    waiting = _WAITING if connection.vendor == "sqlite" else f"{_WAITING} FOR UPDATE SKIP LOCKED"
    with writing():
        return sql.many(_DELIVERED.format(waiting=waiting), [(sql.moment(at), limit)])
