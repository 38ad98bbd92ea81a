"""Who is at the door: an account with the posts it holds today, and the one it acts in now.

The one place that turns a session or a token into rights. They are read at every use, so that a post taken away, a
token revoked or an account closed counts from the next request on.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xiuhua.domain.people import Holding, Post, Right, may
from xiuhua.domain.subject import By
from xiuhua.domain.validity import valid_on
from xiuhua.domain.words import Refusal, Words
from xiuhua.store import sql

NOT_SIGNED_IN = Refusal("not-signed-in", Words("请先登录", "sign in first"))
TOKEN_UNKNOWN = Refusal("token-unknown", Words("令牌无效", "this token is not valid"))
TOKEN_OVER = Refusal("token-over", Words("令牌已过期或已吊销", "this token has expired or was revoked"))
ACCOUNT_CLOSED = Refusal("account-closed", Words("账号已停用", "this account is closed"))
NO_ACCOUNT = Refusal("account-unknown", Words("没有这个账号", "there is no such account"), "username")
NO_POST = Refusal("no-post", Words("账号今天没有任何岗位", "this account holds no post today"))
POST_NOT_HELD = Words("您今天不在岗位“{it}”", "you do not hold the post “{it}” today")
RIGHT_MISSING = Words("{post}没有此项权限", "the post {post} does not have this right")

_ACCOUNT = "a.id, a.username, a.name, a.language, a.is_active, a.epoch"
_HELD = "h.post, h.organisation, h.grids, h.valid_from, h.valid_to"
_BY_ACCOUNT = (
    f"SELECT {_ACCOUNT}, {_HELD} FROM account a LEFT JOIN holding h ON h.account_id = a.id "  # noqa: S608 - our own names
    "WHERE a.id = %s ORDER BY h.id"
)
_BY_TOKEN = (
    f"SELECT {_ACCOUNT}, {_HELD}, t.expires_at, t.revoked_at FROM token t JOIN account a ON a.id = t.account_id "  # noqa: S608
    "LEFT JOIN holding h ON h.account_id = a.id WHERE t.digest = %s ORDER BY h.id"
)


@dataclass(frozen=True, slots=True)
class Acting:
    """An account as it acts: all its posts of the day, and the current one, whose rights it has."""

    account: int
    username: str
    name: str
    language: str
    holdings: tuple[Holding, ...]
    current: Holding

    @property
    def by(self) -> By:
        return By(self.username, self.current.post, self.current.organisation)

    @property
    def post(self) -> Post:
        return self.current.post

    def may(self, right: Right) -> bool:
        return may(self.current, right)

    def lacks(self, right: Right) -> Refusal | None:
        if self.may(right):
            return None
        words = Words(
            RIGHT_MISSING.zh.format(post=self.post.words.zh), RIGHT_MISSING.en.format(post=self.post.words.en)
        )
        return Refusal("right-missing", words)


def post_name(holding: Holding) -> str:
    """How a holding is chosen: "dispatcher@centre", or "citizen"."""
    return f"{holding.post.value}@{holding.organisation}" if holding.organisation else holding.post.value


def acting(account: int, day: date, chosen: str = "", epoch: int | None = None) -> Acting | Refusal:
    """`chosen` is a post's name; empty takes the first one held. `day` is the district's.

    `epoch`: a session's, which is over where the password was changed since.
    """
    rows = sql.rows(_BY_ACCOUNT, [account])
    if not rows or (epoch is not None and rows[0][5] != epoch):
        return NOT_SIGNED_IN
    return _acting(rows, day, chosen)


def acting_by_token(token: str, now: datetime, day: date, chosen: str = "") -> Acting | Refusal:
    rows = sql.rows(_BY_TOKEN, [token_digest(token)])
    if not rows:
        return TOKEN_UNKNOWN
    expires, revoked = rows[0][11:]
    if revoked is not None or (expires is not None and sql.moment_read(expires) <= now):
        return TOKEN_OVER
    return _acting(rows, day, chosen)


def token_digest(token: str) -> str:
    """A token is 256 random bits: it needs no slow hash."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _acting(rows: list[sql.Row], day: date, chosen: str) -> Acting | Refusal:
    account, username, name, language, active = rows[0][:5]
    if not active:
        return ACCOUNT_CLOSED
    held = tuple(h for h in _holdings(row[6:11] for row in rows) if valid_on(h, day))
    if not held:
        return NO_POST
    current = next((h for h in held if not chosen or chosen in (post_name(h), h.post.value)), None)
    if current is None:
        return Refusal("post-not-held", POST_NOT_HELD.filled(it=chosen))
    return Acting(account, username, name, language, held, current)


def _holdings(rows: Iterable[sql.Row]) -> Iterable[Holding]:
    for post, organisation, grids, first, last in rows:
        if post is not None:
            yield Holding(Post(post), organisation, frozenset(grids.split()), _day(first), _day(last) if last else None)


def _day(value: Any) -> date:
    """SQLite gives a date as text, PostgreSQL as itself."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def acting_as(username: str, day: date, chosen: str = "") -> Acting | Refusal:
    """For commands: who types them has the machine, and says whose rights apply."""
    rows = sql.rows("SELECT id FROM account WHERE username = %s", [username])
    return acting(rows[0][0], day, chosen) if rows else NO_ACCOUNT
