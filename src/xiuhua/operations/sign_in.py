"""Signing in with a password: locked out for a while after some failures, and as slow for a name that is not there.

Locking is by account and not by address: a centre's screens share one address.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password

from xiuhua.domain.journal import SYSTEM, Journal
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.journal import record_at
from xiuhua.store.lock import writing
from xiuhua.store.models import Account

MOST_FAILURES = 5  # ours
LOCKED_FOR = timedelta(minutes=15)  # ours

WRONG = Refusal("sign-in-wrong", Words("账号或密码不正确", "the username or the password is not right"))
LOCKED = Words("多次输入错误，请在{it}分钟后再试", "too many failures; try again in {it} minutes")


@dataclass(frozen=True, slots=True)
class Signed:
    account: int
    username: str
    language: str
    epoch: int


def sign_in(username: str, password: str, now: datetime) -> Signed | Refusal:
    """Reckoning the hash takes a moment and is done outside of any transaction."""
    account = Account.objects.filter(username=username[:150].replace("\0", "\ufffd")).first()
    if account is None or not account.is_active:
        make_password(password)  # as long as checking one
        return WRONG
    if account.locked_until is not None and now < account.locked_until:
        return _locked(account.locked_until - now)
    right = check_password(password, account.password)
    return _let_in(account.pk, now) if right else _failed(account.pk, now)


def _let_in(account: int, now: datetime) -> Signed | Refusal:
    """Looked at once more: of many tries at once, the right one may come after those that locked."""
    with writing():
        row = Account.objects.select_for_update().get(pk=account)
        if row.locked_until is not None and now < row.locked_until:
            return _locked(row.locked_until - now)
        row.failures, row.locked_until, row.last_login = 0, None, now
        row.save(update_fields=["failures", "locked_until", "last_login"])
    return Signed(row.pk, row.username, row.language, row.epoch)


def _failed(account: int, now: datetime) -> Refusal:
    """Counted on the row as it is now: two at once are two failures."""
    with writing():
        row = Account.objects.select_for_update().get(pk=account)
        row.failures += 1
        locks = row.failures >= MOST_FAILURES
        if locks:
            row.failures, row.locked_until = 0, now + LOCKED_FOR
            record_at(Journal.ACCOUNT, row.username, "lock", SYSTEM, {"until": row.locked_until.isoformat()}, now)
        row.save(update_fields=["failures", "locked_until"])
    return _locked(LOCKED_FOR) if locks else WRONG


def _locked(left: timedelta) -> Refusal:
    minutes = -(-int(left.total_seconds()) // 60)
    return Refusal("locked", LOCKED.filled(it=max(1, minutes)))
