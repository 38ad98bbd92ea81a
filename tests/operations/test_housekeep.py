"""Old keys and expired sessions go; nothing else does."""

import os
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from xiuhua.operations.clock import utc_now
from xiuhua.operations.housekeep import KEYS_KEPT, housekeep
from xiuhua.store.models import KeyRow
from xiuhua.store.photos import folder

pytestmark = pytest.mark.django_db


def test_keys_are_kept_for_a_week() -> None:
    now = utc_now()
    for name, age in (("old", KEYS_KEPT + timedelta(hours=1)), ("new", KEYS_KEPT - timedelta(hours=1))):
        KeyRow.objects.create(
            person="cai1", key=name, asked="0" * 64, kind="case", number="n", sequence=1, at=now - age
        )
    assert housekeep(now).keys == 1
    assert KeyRow.objects.get().key == "new"


def test_only_expired_sessions_go() -> None:
    now = utc_now()
    for name, left in (("over", timedelta(hours=-1)), ("still", timedelta(hours=1))):
        Session.objects.create(session_key=name, session_data="", expire_date=now + left)
    housekeep(now)
    assert Session.objects.get().session_key == "still"


def test_an_upload_that_died_with_its_process_goes_after_a_day() -> None:
    arriving = folder() / "arriving"
    arriving.mkdir(parents=True, exist_ok=True)
    for name, age in (("dead", timedelta(days=2)), ("under-way", timedelta(minutes=1))):
        file = arriving / name
        file.write_bytes(b"half")
        moment = (utc_now() - age).timestamp()
        os.utime(file, (moment, moment))
    assert housekeep(utc_now()).drafts == 1
    assert [file.name for file in arriving.iterdir()] == ["under-way"]
    (arriving / "under-way").unlink()
