"""The register and the subject that an address names; nothing else, and nothing out of view."""

from collections.abc import Callable, Iterable

from django.http import Http404

from xiuhua.domain.codes import Kind
from xiuhua.domain.district import District
from xiuhua.domain.moves import Table
from xiuhua.domain.people import Post, Side
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal, Words
from xiuhua.look.page import Desk
from xiuhua.operations.nearest import nearest
from xiuhua.operations.seeing import Seen, see
from xiuhua.store.holdings import holders
from xiuhua.store.queries.components import Near
from xiuhua.web.rows import Choice

NEARBY_M = 100.0  # ours: who reports a cover stands beside it; the map may be off by a house
MOST_NEARBY = 8


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


def components_for(desk: Desk) -> Callable[[Wgs84, str], Iterable[Choice]]:
    """The nearest components of a class, or of the class whose abnormal state it is; none for other classes."""

    def nearby(place: Wgs84, class_key: str) -> Iterable[Choice]:
        district = desk.world.district
        key = district.key_of(class_key)
        if key is None:
            return ()
        component = key if key.kind is Kind.COMPONENT else district.catalog.case_class(key).component
        if component is None:
            return ()
        found = nearest(desk.viewer.acting, place, NEARBY_M, [str(component)], MOST_NEARBY)
        return () if isinstance(found, Refusal) else tuple(_nearby(one, district) for one in found)

    return nearby


def _nearby(one: Near, district: District) -> Choice:
    owner = district.words("organisation", one.component.owner) or Words("", "")
    parts = [f"{one.distance_m:.0f} m", one.component.label]
    said = [" · ".join(filter(None, [*parts, name])) for name in (owner.zh, owner.en)]
    return Choice(one.component.code, Words(*said))


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
