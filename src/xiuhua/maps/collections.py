"""The collections that other programs may read: each tier of grids, each layer of the ground, named places,
components and cases; what each is called, what can be asked of it, and who may see it at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

import shapely

from xiuhua.domain.component import Component
from xiuhua.domain.grid import TIERS, Grid, Tier
from xiuhua.domain.ground import LAYERS, Feature, Layer, NamedPlace
from xiuhua.domain.people import Right
from xiuhua.domain.validity import valid_on
from xiuhua.domain.words import Words
from xiuhua.maps import case_items
from xiuhua.maps.asked import Between, Query
from xiuhua.maps.gazetteer import names
from xiuhua.maps.items import Item, Items, paged
from xiuhua.operations.acting import Acting
from xiuhua.operations.world import World
from xiuhua.space.metres import polygon
from xiuhua.store.boxes import Box
from xiuhua.store.queries.collected import Wanted, component_of, components_page, features_page
from xiuhua.store.queries.features import feature
from xiuhua.store.queries.named_places import named_place


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and the world around."""

    acting: Acting
    world: World


@dataclass(frozen=True, slots=True)
class Collection:
    """`page` and `item` read it; `queryables` are the properties that can be asked for."""

    id: str
    title: Words
    page: Callable[[Reader, Query], Items]
    item: Callable[[Reader, str], Item | None]
    queryables: tuple[str, ...]
    timed: bool = False
    seen_by: Right | None = None
    exported_by: Right | None = None

    def open_to(self, reader: Reader) -> bool:
        return self.seen_by is None or reader.acting.may(self.seen_by)


def collections(reader: Reader) -> dict[str, Collection]:
    """Those this reader may see; a tier only where some grid of it has an outline."""
    tiers = {g.tier for g in reader.world.district.grids.grids if g.outline}
    there = [c for c in _ALL if c.open_to(reader) and (c.id not in _TIER_OF or _TIER_OF[c.id] in tiers)]
    return {c.id: c for c in there}


# grids: in memory, each with its days; of one code there may be several, one after the other


def _grid_page(tier: Tier, reader: Reader, query: Query) -> Items:
    today = reader.world.today
    found = {_grid_id(g, today): g for g in _grids(tier, reader, query.between) if _grid_matches(g, query)}
    rest = [id_ for id_ in sorted(found) if id_ > query.after][: query.limit + 1]
    return paged([_grid(id_, found[id_]) for id_ in rest], len(found), query.limit)


def _grid_id(grid: Grid, today: date) -> str:
    """The code is that of today; what held before, or will, also says from when."""
    return grid.code if valid_on(grid, today) else f"{grid.code}{_FROM}{grid.valid_from.isoformat()}"


_FROM: Final = "@"


def _grids(tier: Tier, reader: Reader, between: Between | None) -> list[Grid]:
    """Without a time: those of today."""
    district = reader.world.district
    if between is None:
        return [g for g in district.grids.active(reader.world.today, tier) if g.outline]
    first, last = between.days
    return [
        g for g in district.grids.grids
        if g.tier is tier and g.outline
        and (last is None or g.valid_from <= last) and (first is None or g.valid_to is None or g.valid_to >= first)
    ]  # fmt: skip


def _grid_matches(grid: Grid, query: Query) -> bool:
    said = {"code": grid.code, "parent": grid.parent, "street": grid.street, "area_class": grid.area_class}
    if any(said[name] != value for name, value in query.properties.items()):
        return False
    return query.box is None or bool(polygon(grid).intersects(_box(query.box)))


def _box(box: Box) -> shapely.Polygon:
    return shapely.box(box.west, box.south, box.east, box.north)


def _grid(id_: str, grid: Grid) -> Item:
    last = grid.valid_to.isoformat() if grid.valid_to else None
    return Item(id_, polygon(grid), {
        "code": grid.code, "tier": grid.tier.value, "name_zh": grid.name.zh, "name_en": grid.name.en,
        "parent": grid.parent, "street": grid.street, "area_class": grid.area_class,
        "valid_from": grid.valid_from.isoformat(), "valid_to": last,
    })  # fmt: skip


def _one_grid(tier: Tier, reader: Reader, id_: str) -> Item | None:
    grids, today = reader.world.district.grids, reader.world.today
    named = (*grids.ever(id_), *grids.ever(id_.rpartition(_FROM)[0]))
    found = (g for g in named if g.tier is tier and g.outline and _grid_id(g, today) == id_)
    return next((_grid(id_, g) for g in found), None)


# the ground


def _feature_page(layer: Layer, reader: Reader, query: Query) -> Items:
    found, matched = features_page(layer, _wanted(query))
    return paged([_feature(one) for one in found], matched, query.limit)


def _wanted(query: Query, columns: Mapping[str, str] | None = None) -> Wanted:
    names_of = columns or {}
    equal = {names_of.get(name, name): value for name, value in query.properties.items()}
    return Wanted(query.box, equal, query.after, query.limit + 1)


def _feature(it: Feature) -> Item:
    said: dict[str, Any] = {"code": it.code, "kind": it.kind, "name_zh": it.name.zh, "name_en": it.name.en}
    return Item(it.code, shapely.from_wkb(it.shape), {**it.attributes, **said})


def _one_feature(layer: Layer, reader: Reader, code: str) -> Item | None:
    found = feature(layer, code)
    return _feature(found.feature) if found else None


# places, from the gazetteer in memory


def _place_page(reader: Reader, query: Query) -> Items:
    district = reader.world.district
    known = names(district, district.day_of(reader.world.now()))
    box = query.box
    found = known.within(box.west, box.south, box.east, box.north) if box else known.places
    wanted = sorted((p for p in found if _place_matches(p, query)), key=lambda p: p.code)
    rest = [p for p in wanted if p.code > query.after][: query.limit + 1]
    return paged([_place(p) for p in rest], len(wanted), query.limit)


def _place_matches(place: NamedPlace, query: Query) -> bool:
    return all(str(getattr(place, name)) == value for name, value in query.properties.items())


def _place(it: NamedPlace) -> Item:
    return Item(it.code, shapely.Point(it.place.lon, it.place.lat), {
        "code": it.code, "kind": it.kind.value, "use": it.use, "name_zh": it.name.zh, "name_en": it.name.en,
        "aliases": ";".join(it.aliases), "road": it.road, "plate": it.plate, "grid": it.grid, "street": it.street,
        "source": it.source, "valid_from": it.valid_from.isoformat(),
        "valid_to": it.valid_to.isoformat() if it.valid_to else None,
    })  # fmt: skip


def _one_place(reader: Reader, code: str) -> Item | None:
    found = named_place(code)
    return _place(found) if found else None


# components


def _component_page(reader: Reader, query: Query) -> Items:
    found, matched = components_page(_wanted(query, {"class": "class_key"}))
    return paged([_component(one) for one in found], matched, query.limit)


def _component(it: Component) -> Item:
    return Item(it.code, shapely.Point(it.place.lon, it.place.lat), {
        "code": it.code, "class": it.class_key, "name": it.name, "state": it.state.value, "accuracy": it.accuracy,
        "origin": it.origin.value, "recorded": it.recorded.isoformat(),
        "changed": it.changed.isoformat() if it.changed else None, "competent": it.competent, "owner": it.owner,
        "keeper": it.keeper, "label": it.label, "circuit": it.circuit, "grid": it.grid, "street": it.street,
        "note": it.note,
    })  # fmt: skip


def _one_component(reader: Reader, code: str) -> Item | None:
    found = component_of(code)
    return _component(found) if found else None


_TIER_OF: Final = {f"grid-{tier.value}": tier for tier in Tier}
_ALL: Final[tuple[Collection, ...]] = (
    *(
        Collection(
            id_, Words(f"网格：{TIERS[tier].zh}", f"Grids: {TIERS[tier].en.lower()}"), partial(_grid_page, tier),
            partial(_one_grid, tier), ("code", "parent", "street", "area_class"), timed=True,
        )
        for id_, tier in _TIER_OF.items()
    ),
    *(
        Collection(
            layer.value, LAYERS[layer], partial(_feature_page, layer), partial(_one_feature, layer),
            ("code", "kind", "name_zh", "name_en"),
        )
        for layer in Layer
    ),
    Collection(
        "place", Words("地名", "Named places"), _place_page, _one_place,
        ("code", "kind", "use", "road", "plate", "grid", "street"),
    ),
    Collection(
        "component", Words("部件", "Components"), _component_page, _one_component,
        ("code", "class", "state", "owner", "keeper", "label", "circuit", "grid", "street"),
        seen_by=Right.SEE_COMPONENTS,
    ),
    Collection(
        "case", Words("案件", "Cases"), lambda reader, query: case_items.page_of(reader.acting, reader.world, query),
        lambda reader, number: case_items.one(reader.acting, reader.world, number),
        ("stage", "channel", "class", "unit", "grid", "street", "due"), timed=True, exported_by=Right.EXPORT,
    ),
)  # fmt: skip
