"""Who looks at a page: an account in one of its posts, where it reads its notices, and which posts it may change to."""

from dataclasses import dataclass

from django.http import HttpRequest

from xiuhua.domain import mailbox
from xiuhua.domain.people import Holding, Post
from xiuhua.domain.subject import By
from xiuhua.domain.words import Words
from xiuhua.operations.acting import Acting, acting, post_name
from xiuhua.operations.seeing import scope
from xiuhua.operations.world import World
from xiuhua.store.queries import Scope

ACCOUNT, HOLDING, EPOCH = "account", "holding", "epoch"  # what the session remembers


@dataclass(frozen=True, slots=True)
class PostChoice:
    value: str
    post: Words
    organisation: Words
    current: bool


@dataclass(frozen=True, slots=True)
class Viewer:
    acting: Acting
    organisation: Words
    scope: Scope
    choices: tuple[PostChoice, ...]

    @property
    def by(self) -> By:
        return self.acting.by

    @property
    def name(self) -> str:
        return self.acting.name or self.acting.username

    @property
    def post(self) -> Post:
        return self.acting.post

    @property
    def others(self) -> bool:
        return len(self.choices) > 1

    @property
    def mailboxes(self) -> tuple[str, ...]:
        """As the moves address them: the person, the post, the post at the organisation, the post in a grid."""
        post, holding = self.acting.post.value, self.acting.current
        grids = tuple(mailbox.of_post_in(post, grid) for grid in sorted(holding.grids))
        return (
            mailbox.of_person(self.acting.username),
            mailbox.of_post(post),
            mailbox.of_post_at(post, holding.organisation),
            *grids,
        )


def viewer_of(request: HttpRequest, around: World) -> Viewer | None:
    """None where nobody is signed in, or nothing is left that he may act as."""
    account = request.session.get(ACCOUNT)
    if not isinstance(account, int):
        return None
    day = around.district.day_of(around.now())
    epoch = request.session.get(EPOCH, -1)
    found = acting(account, day, request.session.get(HOLDING, ""), epoch)
    if not isinstance(found, Acting):  # the post that was chosen has ended: the first one left
        found = acting(account, day, "", epoch)
    if not isinstance(found, Acting):
        return None
    choices = tuple(_choice(holding, found.current, around) for holding in found.holdings)
    return Viewer(found, _organisation(found.current, around), scope(found), choices)


def _choice(holding: Holding, current: Holding, around: World) -> PostChoice:
    return PostChoice(
        post_name(holding), holding.post.words, _organisation(holding, around), holding == current
    )


def _organisation(holding: Holding, around: World) -> Words:
    code = holding.organisation
    return around.district.words("organisation", code) or Words(code, code)
