"""The ground and who answers for it: organisations, grids of all tiers with their dates, and roles in a grid.

A code is never given to another ground; a grid that gets another parent keeps its code from the next day on.
Leaves out: where a point lies (space/) and gaps or overlaps of outlines (check-pack asks space/).
Source: GB/T 30428.1 and the 2026 series as in ../standards grid_and_codes clauses 1 and 2 (source; model inferred).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from xiuhua.domain.place import Wgs84
from xiuhua.domain.validity import those_valid_on, valid_on
from xiuhua.domain.words import Words


class OrganisationKind(StrEnum):
    CENTRE = "centre"
    DISTRICT_DEPARTMENT = "district-department"
    STREET = "street"
    SECTION = "section"  # part of a department that is dispatched to in its own name
    CONTRACTOR = "contractor"
    UTILITY = "utility"  # owns components: water, power, telecoms


ORGANISATION_KINDS: dict[OrganisationKind, Words] = {
    OrganisationKind.CENTRE: Words("指挥监督中心", "Centre"),
    OrganisationKind.DISTRICT_DEPARTMENT: Words("区直部门", "District department"),
    OrganisationKind.STREET: Words("街道", "Street"),
    OrganisationKind.SECTION: Words("科室、大队", "Section"),
    OrganisationKind.CONTRACTOR: Words("第三方企业", "Contractor"),
    OrganisationKind.UTILITY: Words("权属企业", "Utility"),
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """`attributes` are kebab-case marks that overlap with the kind, such as "rural" or "gridded"."""

    code: str
    name: Words
    kind: OrganisationKind
    parent: str
    attributes: frozenset[str]
    valid_from: date
    valid_to: date | None = None


class Tier(StrEnum):
    UNIT = "unit"
    RESPONSIBILITY = "responsibility"
    MANAGEMENT = "management"
    EVALUATION = "evaluation"
    COMMUNITY = "community"
    STREET = "street"
    DISTRICT = "district"


TIERS: dict[Tier, Words] = {
    Tier.UNIT: Words("单元网格", "Unit grid"),
    Tier.RESPONSIBILITY: Words("责任网格", "Responsibility grid"),
    Tier.MANAGEMENT: Words("管理网格", "Management grid"),
    Tier.EVALUATION: Words("评价网格", "Evaluation grid"),
    Tier.COMMUNITY: Words("社区", "Community"),
    Tier.STREET: Words("街道", "Street"),
    Tier.DISTRICT: Words("区", "District"),
}

# What each tier may lie in. Nesting is optional per layer: a responsibility grid may stand directly below a street.
LIES_IN: dict[Tier, frozenset[Tier]] = {
    Tier.UNIT: frozenset({Tier.RESPONSIBILITY, Tier.MANAGEMENT, Tier.COMMUNITY, Tier.STREET}),
    Tier.RESPONSIBILITY: frozenset({Tier.COMMUNITY, Tier.STREET}),
    Tier.MANAGEMENT: frozenset({Tier.EVALUATION, Tier.COMMUNITY, Tier.STREET}),
    Tier.EVALUATION: frozenset({Tier.STREET}),
    Tier.COMMUNITY: frozenset({Tier.STREET}),
    Tier.STREET: frozenset({Tier.DISTRICT}),
    Tier.DISTRICT: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Grid:
    """`street` is the code of the street it lies in; `area_class` is the district's own mark, empty where not used."""

    code: str
    tier: Tier
    parent: str
    name: Words
    street: str
    area_class: str
    outline: tuple[Wgs84, ...]
    valid_from: date
    valid_to: date | None = None

    @property
    def short(self) -> str:
        """What is written on a map and what people say: the part after a hyphen, or the last three digits."""
        return self.code.rpartition("-")[2][-4:] if "-" in self.code else self.code[-3:]


class Role(StrEnum):
    CHIEF = "chief"
    COLLECTOR_A = "collector-a"
    COLLECTOR_B = "collector-b"
    POLICE = "police"
    SANITATION = "sanitation"
    CONTACT = "contact"


ROLE_WORDS: dict[Role, Words] = {
    Role.CHIEF: Words("网格长", "Grid chief"),
    Role.COLLECTOR_A: Words("监督员A岗", "Collector A"),
    Role.COLLECTOR_B: Words("监督员B岗", "Collector B"),
    Role.POLICE: Words("片区民警", "Police"),
    Role.SANITATION: Words("环卫", "Sanitation"),
    Role.CONTACT: Words("联系人", "Contact"),
}


@dataclass(frozen=True, slots=True)
class GridRole:
    """Held by a person, or by an organisation where no person is named."""

    grid: str
    role: Role
    person: str
    organisation: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Grids:
    """All grids that ever were, asked by day."""

    grids: tuple[Grid, ...]
    _by_code: Mapping[str, tuple[Grid, ...]] = field(init=False, repr=False, compare=False)
    _by_parent: Mapping[str, tuple[Grid, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", _grouped((g.code, g) for g in self.grids))
        object.__setattr__(self, "_by_parent", _grouped((g.parent, g) for g in self.grids))

    def on(self, code: str, day: date) -> Grid | None:
        return next((g for g in self._by_code.get(code, ()) if valid_on(g, day)), None)

    def ever(self, code: str) -> tuple[Grid, ...]:
        return self._by_code.get(code, ())

    def active(self, day: date, tier: Tier | None = None) -> tuple[Grid, ...]:
        return tuple(g for g in those_valid_on(self.grids, day) if tier is None or g.tier is tier)

    def children(self, code: str, day: date) -> tuple[Grid, ...]:
        return those_valid_on(self._by_parent.get(code, ()), day)

    def chain(self, code: str, day: date) -> tuple[Grid, ...]:
        """The grid and all it lies in on that day, from small to large. Ends where a parent is not valid."""
        chain: list[Grid] = []
        grid = self.on(code, day)
        while grid is not None and len(chain) < len(Tier):  # a pack with a circle is refused; never walk round it
            chain.append(grid)
            grid = self.on(grid.parent, day)
        return tuple(chain)


def _grouped(pairs: Iterable[tuple[str, Grid]]) -> dict[str, tuple[Grid, ...]]:
    groups: dict[str, list[Grid]] = {}
    for key, grid in pairs:
        groups.setdefault(key, []).append(grid)
    return {key: tuple(sorted(group, key=lambda g: (g.valid_from, g.code))) for key, group in groups.items()}
