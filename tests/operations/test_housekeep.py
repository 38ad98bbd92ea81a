"""Old keys and expired sessions go; nothing else does."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from xiuhua.operations.clock import utc_now
from xiuhua.operations.housekeep import KEYS_KEPT, housekeep
from xiuhua.store.models import KeyRow

pytestmark = pytest.mark.django_db


def test_keys_are_kept_for_a_week() -> None:
    now = utc_now()
    for name, age in (("old", KEYS_KEPT + timedelta(hours=1)), ("new", KEYS_KEPT - timedelta(hours=1))):
        KeyRow.objects.create(
            person="cai1", key=name, asked="0" * 64, kind="case", number="n", sequence=1, at=now - age
        )
    assert housekeep(now).keys_removed == 1
    assert KeyRow.objects.get().key == "new"


def test_only_expired_sessions_go() -> None:
    now = utc_now()
    for name, left in (("over", timedelta(hours=-1)), ("still", timedelta(hours=1))):
        Session.objects.create(session_key=name, session_data="", expire_date=now + left)
    housekeep(now)
    assert Session.objects.get().session_key == "still"
