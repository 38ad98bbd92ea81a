"""The search box of a map: grids, components and cases by their codes, then places by their words.

Cases and components only for those who would see them in a list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from xiuhua.domain.address import address, folded
from xiuhua.domain.case import KIND
from xiuhua.domain.district import District
from xiuhua.domain.geocoding import LEVELS, Hit, Level, geocode
from xiuhua.domain.grid import TIERS, Grid
from xiuhua.domain.ground import PLACE_KINDS, PlaceKind
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words
from xiuhua.maps.gazetteer import Names, names
from xiuhua.space.metres import polygon
from xiuhua.store.queries import Filter, Scope, page
from xiuhua.store.queries.component_list import labelled

_GRIDS: Final = 6  # ours: of each kind at most, so that one does not push out the others
_COMPONENTS: Final = 6
_CASES: Final = 5
_LEAST: Final = 2  # characters of a grid's code or name
_CASE: Final = Words("案件", "Case")
_COMPONENT: Final = Words("部件", "Component")


@dataclass(frozen=True, slots=True)
class Found:
    """`sort` is grid, component, case, or the kind of a place; `what` says it and how it was matched."""

    sort: str
    code: str
    name: Words
    what: Words
    place: Wgs84
    zoom: int
    level: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Seeker:
    """For whom, when, and from where is looked. `cases` None: no case is ever shown."""

    district: District
    now: datetime
    cases: Scope | None
    components: bool
    near: Wgs84 | None = None

    @property
    def day(self) -> date:
        return self.district.day_of(self.now)


def find(text: str, seeker: Seeker, most: int = 20) -> tuple[Found, ...]:
    if not folded(text):
        return ()
    known = names(seeker.district, seeker.day)
    found = [*_cases(text, seeker), *_components(text, seeker), *_grids(text, known)]
    found += [_place(hit) for hit in geocode(text, known, seeker.near, most)]
    return tuple(sorted(found, key=lambda one: -round(one.confidence, 2))[:most])  # stable: the order above


def _place(hit: Hit) -> Found:
    kind, level = PLACE_KINDS[hit.kind], LEVELS[hit.level]
    code = [hit.code] if hit.kind is PlaceKind.ROAD and hit.code else []  # a grid change along a road asks for it
    what = Words("，".join([kind.zh, *code, level.zh]), ", ".join([kind.en, *code, level.en.lower()]))
    zoom = 15 if hit.kind is PlaceKind.ROAD else 17
    return Found(hit.kind.value, hit.code, hit.name, what, hit.place, zoom, hit.level.value, hit.confidence)


def _grids(text: str, known: Names) -> Iterator[Found]:
    plain = folded(text)
    if len(plain) < _LEAST:
        return
    matched = [(share, grid) for grid, said in known.grids_said(plain) if (share := _share(plain, said))]
    matched.sort(key=lambda pair: (-pair[0], pair[1].code))
    for share, grid in matched[:_GRIDS]:
        level = Level.EXACT if share == 1 else Level.PREFIX
        what = Words(f"{TIERS[grid.tier].zh}，{grid.code}", f"{TIERS[grid.tier].en}, {grid.code}")
        yield Found("grid", grid.code, grid.name, what, _middle(grid), 15, level.value, share)


def _share(plain: str, said: tuple[str, ...]) -> float:
    if plain in said:
        return 1.0
    longest = max((len(plain) / len(it) for it in said if plain in it), default=0.0)
    return 0.4 + 0.4 * longest if longest else 0.0


def _middle(grid: Grid) -> Wgs84:
    point = polygon(grid).representative_point()
    return Wgs84(round(point.x, 7), round(point.y, 7))


def _components(text: str, seeker: Seeker) -> Iterator[Found]:
    if not seeker.components or not any(c.isdigit() for c in text) or address(text).plate:
        return  # words, or a house on a road: nothing that is written on a pole
    for one in labelled(text, most=_COMPONENTS):
        exact = text.strip().upper() in (one.code, one.label.upper())
        kind = seeker.district.words("class", one.class_key) or Words(one.name or one.class_key, one.class_key)
        said = one.label or one.code
        what = Words(f"{_COMPONENT.zh}，{one.code}", f"{_COMPONENT.en}, {one.code}")
        level, share = (Level.EXACT, 1.0) if exact else (Level.PREFIX, 0.7)
        name = Words(f"{kind.zh} {said}", f"{kind.en} {said}")
        yield Found("component", one.code, name, what, one.place, 18, level.value, share)


def _cases(text: str, seeker: Seeker) -> Iterator[Found]:
    """Only what looks like a number: words of cases are searched in the list."""
    plain = folded(text)
    if seeker.cases is None or not plain[:1].isdigit() or "-" not in plain:
        return
    for line in page(Filter(KIND, text=text), seeker.cases, seeker.now, size=_CASES).lines:
        if line.longitude is None or line.latitude is None:
            continue
        exact = line.number == plain
        kind = seeker.district.words("class", line.class_key) or _CASE
        what = Words(f"{_CASE.zh}，{line.place_text}", f"{_CASE.en}, {line.place_text}")
        name = Words(f"{kind.zh} {line.number}", f"{kind.en} {line.number}")
        level, share = (Level.EXACT, 1.0) if exact else (Level.PREFIX, 0.7)
        yield Found("case", line.number, name, what, Wgs84(line.longitude, line.latitude), 17, level.value, share)
