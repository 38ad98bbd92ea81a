"""The register and the subject that an address names; nothing else, and nothing out of view."""

from collections.abc import Callable, Iterable

from django.http import Http404

from xiuhua.domain.moves import Table
from xiuhua.domain.people import Post, Side
from xiuhua.domain.words import Words
from xiuhua.look.page import Desk
from xiuhua.operations.seeing import Seen, see
from xiuhua.store.holdings import holders


def table_or_404(desk: Desk, kind: str) -> Table:
    table = desk.world.table(kind)
    if table is None:
        raise Http404
    return table


def seen_or_404(desk: Desk, kind: str, number: str) -> Seen:
    """What does not exist and what is not the viewer's look the same."""
    table_or_404(desk, kind)
    found = see(kind, number, desk.viewer.acting)
    if found is None:
        raise Http404
    return found


def people_for(desk: Desk) -> Callable[[Post], Iterable[tuple[str, Words]]]:
    """Those whom the viewer may name in a form: a unit names its own people."""

    def people(post: Post) -> Iterable[tuple[str, Words]]:
        organisation = desk.viewer.by.organisation if post.side is Side.UNIT else ""
        day = desk.world.district.day_of(desk.world.now())
        return [
            (code, Words(f"{name}　{code}", f"{name}  {code}"))
            for code, name in holders(post, organisation, day)
        ]

    return people
