"""Accounts and posts: made, given, taken away; passwords set. Every change is in the journal, never a password.

A post is taken away by a last day, so that what was done in it stays explained.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q

from xiuhua.domain.journal import Journal
from xiuhua.domain.people import Holding, Person
from xiuhua.domain.subject import By, Json
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.acting import NO_ACCOUNT
from xiuhua.operations.journal import record
from xiuhua.operations.world import World
from xiuhua.store.lock import writing
from xiuhua.store.models import Account, HoldingRow

LONGEST = 150
LANGUAGES = ("zh-hans", "en")

NAME_TAKEN = Refusal("account-exists", Words("账号已存在", "there is an account of this name already"), "username")
NAME_WRONG = Refusal(
    "username-wrong",
    Words("账号只能用字母、数字、点、横线和下划线", "a username has letters, digits, . - _ only"),
    "username",
)
LANGUAGE_WRONG = Refusal(
    "language-wrong", Words("语言只能是 zh-hans 或 en", "the language is zh-hans or en"), "language"
)
ORGANISATION_UNKNOWN = Refusal(
    "organisation-unknown", Words("没有这个单位", "there is no such organisation"), "organisation"
)
GRID_UNKNOWN = Words("没有网格“{it}”", "there is no grid “{it}”")
DATES_WRONG = Refusal("dates-wrong", Words("结束日期早于开始日期", "the last day is before the first"), "valid_to")
NOT_HELD = Refusal("post-not-held", Words("此账号不在这个岗位", "this account does not hold that post"), "post")
WEAK_OTHERWISE = Words("密码太容易猜到", "this password is too easily guessed")
WEAK = {
    "password_too_short": Words("密码至少10个字符", "a password has at least 10 characters"),
    "password_too_common": Words("密码过于常见", "this password is too common"),
    "password_too_similar": Words("密码与账号过于相似", "this password is too much like the username"),
    "password_entirely_numeric": Words("密码不能全是数字", "a password is not only digits"),
}


@dataclass(frozen=True, slots=True)
class Made:
    username: str
    id: int


def create_account(
    username: str, name: str, by: By, world: World, password: str = "", language: str = "zh-hans"
) -> Made | Refusal:
    """Without a password nobody can sign in with it; tokens work."""
    wrong = _account_refusal(username, language) or (_password_refusal(password) if password else None)
    if wrong:
        return wrong
    with writing():
        if Account.objects.filter(username=username).exists():
            return NAME_TAKEN
        account = Account(username=username, name=name[:LONGEST], language=language)
        if password:
            account.set_password(password)
        else:
            account.set_unusable_password()
        account.save()
        record(Journal.ACCOUNT, username, "create", by, {"language": language}, world)
    return Made(username, account.pk)


def _account_refusal(username: str, language: str) -> Refusal | None:
    plain = username.translate(str.maketrans("", "", ".-_"))
    if not plain.isalnum() or not plain.isascii() or len(username) > LONGEST:
        return NAME_WRONG
    return None if language in LANGUAGES else LANGUAGE_WRONG


def give_post(username: str, holding: Holding, by: By, world: World) -> Made | Refusal:
    wrong = _holding_refusal(holding, world)
    if wrong:
        return wrong
    with writing():
        account = Account.objects.filter(username=username).first()
        if account is None:
            return NO_ACCOUNT
        HoldingRow.objects.create(
            account=account, post=holding.post.value, organisation=holding.organisation,
            grids=" ".join(sorted(holding.grids)), valid_from=holding.valid_from, valid_to=holding.valid_to,
        )  # fmt: skip
        record(Journal.ACCOUNT, username, "give-post", by, _facts(holding), world)
    return Made(username, account.pk)


def _holding_refusal(holding: Holding, world: World) -> Refusal | None:
    if holding.organisation and world.district.organisation(holding.organisation) is None:
        return ORGANISATION_UNKNOWN
    unknown = next((grid for grid in sorted(holding.grids) if not world.district.grids.ever(grid)), None)
    if unknown:
        return Refusal("grid-unknown", GRID_UNKNOWN.filled(it=unknown), "grids")
    return DATES_WRONG if holding.valid_to and holding.valid_to < holding.valid_from else None


def _facts(holding: Holding) -> dict[str, Json]:
    return {
        "post": holding.post.value, "organisation": holding.organisation, "grids": sorted(holding.grids),
        "valid_from": holding.valid_from.isoformat(),
        "valid_to": holding.valid_to.isoformat() if holding.valid_to else None,
    }  # fmt: skip


def take_post(
    username: str, post: str, organisation: str, by: By, world: World, last: date | None = None
) -> Made | Refusal:
    """`last` is the last day on which it holds; without one it is over at once."""
    day = world.district.day_of(world.now())
    end = last or day - timedelta(days=1)
    with writing():
        account = Account.objects.filter(username=username).first()
        if account is None:
            return NO_ACCOUNT
        held = HoldingRow.objects.filter(account=account, post=post, organisation=organisation)
        rows = list(held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=end)))
        if not rows:
            return NOT_HELD
        HoldingRow.objects.filter(pk__in=[row.pk for row in rows if row.valid_from > end]).delete()  # never held
        HoldingRow.objects.filter(pk__in=[row.pk for row in rows if row.valid_from <= end]).update(valid_to=end)
        facts: dict[str, Json] = {"post": post, "organisation": organisation, "last": end.isoformat()}
        record(Journal.ACCOUNT, username, "take-post", by, facts, world)
    return Made(username, account.pk)


def set_password(username: str, password: str, by: By, world: World) -> Made | Refusal:
    """Lifts a lock and ends all sessions: whoever sets a password has looked at who asks."""
    wrong = _password_refusal(password, username)
    if wrong:
        return wrong
    with writing():
        account = Account.objects.filter(username=username).first()
        if account is None:
            return NO_ACCOUNT
        account.set_password(password)
        account.failures, account.locked_until, account.epoch = 0, None, account.epoch + 1
        account.save(update_fields=["password", "failures", "locked_until", "epoch"])
        record(Journal.ACCOUNT, username, "set-password", by, {}, world)
    return Made(username, account.pk)


def _password_refusal(password: str, username: str = "") -> Refusal | None:
    """The checks are Django's; the sentences ours, because not all of its own are translated."""
    try:
        validate_password(password, Account(username=username))
    except ValidationError as wrong:
        said = [WEAK.get(str(error.code), WEAK_OTHERWISE) for error in wrong.error_list]
        both = Words("；".join(words.zh for words in said), "; ".join(words.en for words in said))
        return Refusal("password-weak", both, "password")
    return None


def close_account(username: str, by: By, world: World) -> Made | Refusal:
    with writing():
        account = Account.objects.filter(username=username).first()
        if account is None:
            return NO_ACCOUNT
        account.is_active = False
        account.save(update_fields=["is_active"])
        record(Journal.ACCOUNT, username, "close", by, {}, world)
    return Made(username, account.pk)


def add_people(people: Iterable[Person], by: By, world: World, password: str = "") -> int:
    """The people of a pack who have no account yet, with their posts. `password` is for demonstrations only."""
    added = 0
    with writing():
        known = set(Account.objects.values_list("username", flat=True))
        hashed = Account()
        hashed.set_password(password or None)
        for person in people:
            if person.username in known:
                continue
            _add(person, hashed.password, by, world)
            added += 1
    return added


def _add(person: Person, password: str, by: By, world: World) -> None:
    account = Account.objects.create(username=person.username, name=person.name, password=password)
    HoldingRow.objects.bulk_create(
        HoldingRow(
            account=account, post=h.post.value, organisation=h.organisation, grids=" ".join(sorted(h.grids)),
            valid_from=h.valid_from, valid_to=h.valid_to,
        )
        for h in person.holdings
    )  # fmt: skip
    held: Json = [_facts(h) for h in person.holdings]
    record(Journal.ACCOUNT, person.username, "create", by, {"language": account.language, "posts": held}, world)
