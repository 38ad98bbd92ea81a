"""Throw away what has done its work: old idempotency keys and expired sessions. Nothing here is part of the past."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings

from xiuhua.store.lock import writing
from xiuhua.store.models import KeyRow

KEYS_KEPT = timedelta(days=7)  # ours: an app that was off-line for longer has to look before it sends again
_MOST = 5_000  # rows in one transaction, so that nobody waits for it


@dataclass(frozen=True, slots=True)
class Kept:
    keys_removed: int


def housekeep(at: datetime) -> Kept:
    sessions = import_module(settings.SESSION_ENGINE).SessionStore
    with writing():
        sessions.clear_expired()
    return Kept(_old_keys(at - KEYS_KEPT))


def _old_keys(before: datetime) -> int:
    with writing():
        old = KeyRow.objects.filter(at__lt=before).order_by("id").values_list("id", flat=True)[:_MOST]
        removed, _ = KeyRow.objects.filter(id__in=list(old)).delete()
    return removed
