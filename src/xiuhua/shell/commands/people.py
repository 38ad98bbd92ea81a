"""`user`: accounts, posts, passwords, tokens. Everything goes to the journal under the name of the system."""

import sys
from datetime import date

import click

from xiuhua.domain.people import Holding, Post
from xiuhua.domain.words import Refusal
from xiuhua.shell.commands import FORMAT
from xiuhua.shell.speaking import LANGUAGE, answer, text
from xiuhua.shell.start import begin

POSTS = click.Choice([post.value for post in Post if post is not Post.SYSTEM])
USERNAME = click.argument("username")


@click.group(help=text("账号、岗位、密码、令牌", "accounts, posts, passwords, tokens"))
def user() -> None:
    pass


def _said(done: object, row: dict[str, object], zh: str, en: str, form: str) -> None:
    if isinstance(done, Refusal):
        click.echo(done.words.text(LANGUAGE), err=True)
        sys.exit(1)
    answer(row, [text(zh, en)], form)


def _password() -> str:
    """Typed twice; from a program it is one line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    prompted: str = click.prompt(text("密码", "password"), hide_input=True, confirmation_prompt=True, err=True)
    return prompted


@user.command(help=text("新建账号", "make an account"))
@USERNAME
@click.option("--name", default="", help=text("姓名", "name"))
@click.option("--english", is_flag=True, help=text("界面用英文", "screens in English"))
@click.option("--no-password", is_flag=True, help=text("不设密码（只用令牌）", "no password: tokens only"))
@FORMAT
def add(username: str, name: str, english: bool, no_password: bool, form: str) -> None:
    begin()
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.operations.people import create_account
    from xiuhua.operations.world import world

    password = "" if no_password else _password()
    language = "en" if english else "zh-hans"
    done = create_account(username, name, SYSTEM, world(), password, language)
    _said(done, {"username": username}, f"已建立账号 {username}", f"made the account {username}", form)


@user.command("post", help=text("给账号一个岗位", "give an account a post"))
@USERNAME
@click.argument("post_name", metavar="POST", type=POSTS)
@click.option("--organisation", default="", help=text("单位代码", "code of the organisation"))
@click.option("--grid", "grids", multiple=True, help=text("网格代码，可多次", "grid; may be repeated"))
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help=text("起始日", "first day"))
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help=text("截止日", "last day"))
@FORMAT
def give(
    username: str, post_name: str, organisation: str, grids: tuple[str, ...], first: date, last: date, form: str
) -> None:
    begin()
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.operations.people import give_post
    from xiuhua.operations.world import world

    here = world()
    today = here.district.day_of(here.now())
    holding = Holding(
        Post(post_name), organisation, frozenset(grids), _day(first) or today, _day(last)
    )  # fmt: skip
    done = give_post(username, holding, SYSTEM, here)
    row: dict[str, object] = {"username": username, "post": post_name, "organisation": organisation}
    _said(done, row, f"{username} 已任 {post_name}", f"{username} is now {post_name}", form)


def _day(given: object) -> date | None:
    day = getattr(given, "date", None)
    found: date | None = day() if callable(day) else None
    return found


@user.command("take", help=text("收回岗位，立即生效", "take a post away, at once"))
@USERNAME
@click.argument("post_name", metavar="POST", type=POSTS)
@click.option("--organisation", default="", help=text("单位代码", "code of the organisation"))
@FORMAT
def take(username: str, post_name: str, organisation: str, form: str) -> None:
    begin()
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.operations.people import take_post
    from xiuhua.operations.world import world

    done = take_post(username, post_name, organisation, SYSTEM, world())
    row: dict[str, object] = {"username": username, "post": post_name}
    _said(done, row, f"已收回 {username} 的 {post_name}", f"{username} is no longer {post_name}", form)


@user.command("password", help=text("设置密码", "set a password"))
@USERNAME
@FORMAT
def password(username: str, form: str) -> None:
    begin()
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.operations.people import set_password
    from xiuhua.operations.world import world

    done = set_password(username, _password(), SYSTEM, world())
    _said(done, {"username": username}, f"{username} 的密码已更改", f"the password of {username} is changed", form)


@user.command("token", help=text("建立接口令牌，只显示这一次", "make a token; it is shown this once"))
@USERNAME
@click.option("--name", default="cli", help=text("用途", "what it is for"))
@FORMAT
def token(username: str, name: str, form: str) -> None:
    begin()
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.operations.tokens import create_token
    from xiuhua.operations.world import world

    done = create_token(username, name, SYSTEM, world())
    shown, number = ("", 0) if isinstance(done, Refusal) else (done.text, done.id)
    if shown and form == "text":
        click.echo(text(f"令牌 {number}，只显示这一次：", f"token {number}, shown this once:"), err=True)
    _said(done, {"username": username, "id": number, "token": shown}, shown, shown, form)


@user.command("revoke", help=text("吊销令牌", "revoke a token"))
@click.argument("token_id", metavar="ID", type=int)
@FORMAT
def revoke(token_id: int, form: str) -> None:
    begin()
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.operations.tokens import revoke_token
    from xiuhua.operations.world import world

    done = revoke_token(token_id, SYSTEM, world())
    _said(done, {"token": token_id}, f"令牌 {token_id} 已吊销", f"token {token_id} is revoked", form)


@user.command("tokens", help=text("列出账号的令牌", "list an account's tokens"))
@USERNAME
@FORMAT
def tokens(username: str, form: str) -> None:
    begin()
    from xiuhua.operations.tokens import tokens_of

    found = tokens_of(username)
    rows = [{"id": t.id, "name": t.name, "created_at": t.created_at.isoformat(), "revoked": t.revoked_at is not None}
            for t in found]  # fmt: skip
    ended = text("（已吊销）", " (revoked)")
    lines = [f"{t.id}  {t.name}  {t.created_at:%Y-%m-%d}{ended if t.revoked_at else ''}" for t in found]
    answer(rows, lines or [text("没有令牌", "no tokens")], form)


@user.command("close", help=text("停用账号，立即生效", "close an account, at once"))
@USERNAME
@FORMAT
def close(username: str, form: str) -> None:
    begin()
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.operations.people import close_account
    from xiuhua.operations.world import world

    done = close_account(username, SYSTEM, world())
    _said(done, {"username": username}, f"账号 {username} 已停用", f"the account {username} is closed", form)
