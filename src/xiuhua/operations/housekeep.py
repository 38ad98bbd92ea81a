"""Throw away what has done its work: old idempotency keys, expired sessions, uploads that died with their process,
shifts that nobody ended.

Nothing here is part of the past.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings

from xiuhua.operations.be_at import end_forgotten_shifts
from xiuhua.store.lock import writing
from xiuhua.store.models import KeyRow
from xiuhua.store.photos import folder

KEYS_KEPT = timedelta(days=7)  # ours: an app that was off-line for longer has to look before it sends again
DRAFTS_KEPT = timedelta(days=1)  # ours: no upload takes as long
_MOST = 5_000  # rows in one transaction, so that nobody waits for it


@dataclass(frozen=True, slots=True)
class Cleared:
    keys: int
    drafts: int
    positions: int = 0


def housekeep(at: datetime) -> Cleared:
    sessions = import_module(settings.SESSION_ENGINE).SessionStore
    with writing():
        sessions.clear_expired()
    return Cleared(_old_keys(at - KEYS_KEPT), _dead_drafts(), end_forgotten_shifts(at))


def _old_keys(before: datetime) -> int:
    with writing():
        old = KeyRow.objects.filter(at__lt=before).order_by("id").values_list("id", flat=True)[:_MOST]
        removed, _ = KeyRow.objects.filter(id__in=list(old)).delete()
    return removed


def _dead_drafts() -> int:
    """By the clock of the disk: a demo's own clock says nothing of files."""
    before, removed = time.time() - DRAFTS_KEPT.total_seconds(), 0
    for file in (folder() / "arriving").glob("*"):
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
            removed += 1
    return removed
