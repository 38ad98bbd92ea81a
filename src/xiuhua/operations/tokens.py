"""Personal tokens for programs: made, shown once, revoked. Only a digest is kept, and each change is journaled.

A token has the rights of its account at the moment of use, never more, and no password.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from xiuhua.domain.journal import Journal
from xiuhua.domain.subject import By
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.acting import NO_ACCOUNT, token_digest
from xiuhua.operations.journal import record
from xiuhua.operations.world import World
from xiuhua.store.lock import writing
from xiuhua.store.models import Account, TokenRow

PREFIX = "xh_"  # so that scanners for leaked secrets know one
_BYTES = 32
LONGEST_NAME = 80

NO_NAME = Refusal(
    "token-name", Words("请为令牌命名（不超过80字）", "give the token a name of at most 80 characters"), "name"
)
PAST_EXPIRY = Refusal(
    "token-expiry", Words("到期时间已过", "the moment it expires has passed"), "expires_at"
)
NO_TOKEN = Refusal("token-unknown", Words("没有这个令牌", "there is no such token"), "token")


@dataclass(frozen=True, slots=True)
class Created:
    """`text` is shown this once and kept nowhere."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class Token:
    id: int
    name: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def create_token(
    username: str, name: str, by: By, world: World, expires_at: datetime | None = None
) -> Created | Refusal:
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        return NO_NAME
    if expires_at is not None and expires_at <= world.now():
        return PAST_EXPIRY
    text = PREFIX + secrets.token_urlsafe(_BYTES)
    with writing():
        account = Account.objects.filter(username=username).first()
        if account is None:
            return NO_ACCOUNT
        row = TokenRow.objects.create(
            account=account, digest=token_digest(text), name=name.strip(), created_at=world.now(), expires_at=expires_at
        )
        until = expires_at.isoformat() if expires_at else None
        record(Journal.TOKEN, username, "create", by, {"token": row.pk, "name": row.name, "expires_at": until}, world)
    return Created(row.pk, text)


def revoke_token(token: int, by: By, world: World) -> Token | Refusal:
    """Revoking twice is no fault; the first moment stays."""
    with writing():
        row = TokenRow.objects.select_related("account").filter(pk=token).first()
        if row is None:
            return NO_TOKEN
        if row.revoked_at is None:
            row.revoked_at = world.now()
            row.save(update_fields=["revoked_at"])
            record(Journal.TOKEN, row.account.username, "revoke", by, {"token": row.pk, "name": row.name}, world)
    return _token(row)


def tokens_of(username: str) -> tuple[Token, ...]:
    return tuple(_token(row) for row in TokenRow.objects.filter(account__username=username).order_by("id"))


def _token(row: TokenRow) -> Token:
    return Token(row.pk, row.name, row.created_at, row.expires_at, row.revoked_at)
