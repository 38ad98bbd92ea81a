"""organisations.csv, grids.csv and grid_roles.csv, read into nouns and written again in canonical order.

Outlines come beside, by code: the loader takes them from the pack's GeoJSON.
"""

from collections.abc import Container, Iterable, Mapping, Sequence

from xiuhua.domain.codes import UnitGridCode
from xiuhua.domain.fault import Fault
from xiuhua.domain.grid import Grid, GridRole, Grids, Organisation, OrganisationKind, Role, Tier
from xiuhua.domain.grid_faults import grid_faults
from xiuhua.domain.place import Wgs84
from xiuhua.domain.rows import MISSING, Reading, Row, day_text, joined, read, repeated
from xiuhua.domain.words import Words

CIRCLE = Words("上级关系成环：{path}", "the parents run in a circle: {path}")


def organisations_from(rows: Iterable[Row]) -> tuple[tuple[Organisation, ...], tuple[Fault, ...]]:
    lines = list(rows)
    parents = {row.cell("code"): row.cell("parent") for row in lines}

    def build(reading: Reading) -> Organisation:
        first, last = reading.validity()
        return Organisation(
            code=reading.text("code"),
            name=reading.words("name"),
            kind=reading.chosen("kind", OrganisationKind),
            parent=_parent(reading, parents),
            attributes=frozenset(reading.several("attributes")),
            valid_from=first,
            valid_to=last,
        )

    built, faults = read(lines, build)
    return built, (*faults, *repeated(lines, "code"))


def _parent(reading: Reading, parents: Mapping[str, str]) -> str:
    parent = reading.optional_known("parent", parents)
    path = [reading.row.cell("code")]
    above = parent
    while above and above not in path:
        path.append(above)
        above = parents.get(above, "")
    if above == path[0]:
        reading.wrong("parent", CIRCLE.filled(path=" → ".join([*path, above])))
    return parent


def rows_of_organisations(organisations: Iterable[Organisation]) -> list[dict[str, str]]:
    return [
        {
            "code": o.code,
            "name_zh": o.name.zh,
            "name_en": o.name.en,
            "kind": o.kind.value,
            "parent": o.parent,
            "attributes": joined(o.attributes),
            "valid_from": day_text(o.valid_from),
            "valid_to": day_text(o.valid_to),
        }
        for o in sorted(organisations, key=lambda o: o.code)
    ]


def grids_from(
    rows: Iterable[Row], outlines: Mapping[str, tuple[Wgs84, ...]]
) -> tuple[tuple[Grid, ...], tuple[Fault, ...]]:
    """Faults among the grids are looked for only when every line can be read: else one slip would echo in many."""
    lines: list[tuple[Row, Grid]] = []

    def build(reading: Reading) -> None:
        grid = _grid(reading, outlines)
        if not reading.faults:
            lines.append((reading.row, grid))

    _, faults = read(rows, build)
    grids = tuple(grid for _, grid in lines)
    return grids, faults or _faults_among(lines, Grids(grids))


def _grid(reading: Reading, outlines: Mapping[str, tuple[Wgs84, ...]]) -> Grid:
    first, last = reading.validity()
    tier = reading.chosen("tier", Tier)
    code = reading.text("code")
    if code and tier is Tier.UNIT:
        code = _unit_code(reading, code)
    return Grid(
        code=code,
        tier=tier,
        parent=reading.optional("parent"),
        name=reading.words("name"),
        street=reading.optional("street"),
        area_class=reading.optional("area_class"),
        outline=outlines.get(code, ()),
        valid_from=first,
        valid_to=last,
    )


def _unit_code(reading: Reading, code: str) -> str:
    wrong = UnitGridCode.check(code)
    if wrong is None:
        return UnitGridCode.parse(code).format()
    reading.wrong("code", wrong.words)
    return code


def _faults_among(lines: Sequence[tuple[Row, Grid]], grids: Grids) -> tuple[Fault, ...]:
    at = {id(grid): row for row, grid in lines}
    found = ((at[id(grid)], refusal) for grid, refusal in grid_faults(grids))
    return tuple(Fault(row.file, row.line, refusal.field, refusal.words) for row, refusal in found)


def rows_of_grids(grids: Iterable[Grid]) -> list[dict[str, str]]:
    return [
        {
            "code": g.code,
            "tier": g.tier.value,
            "parent": g.parent,
            "name_zh": g.name.zh,
            "name_en": g.name.en,
            "street": g.street,
            "area_class": g.area_class,
            "valid_from": day_text(g.valid_from),
            "valid_to": day_text(g.valid_to),
        }
        for g in sorted(grids, key=lambda g: (g.code, g.valid_from))
    ]


def grid_roles_from(
    rows: Iterable[Row], grids: Container[str], organisations: Container[str], people: Container[str]
) -> tuple[tuple[GridRole, ...], tuple[Fault, ...]]:
    def build(reading: Reading) -> GridRole:
        first, last = reading.validity()
        person = reading.optional_known("person", people)
        organisation = reading.optional_known("organisation", organisations)
        if not person and not organisation:
            reading.wrong("person", MISSING)
        grid = reading.known("grid", grids)
        return GridRole(grid, reading.chosen("role", Role), person, organisation, first, last)

    return read(rows, build)


def rows_of_grid_roles(roles: Iterable[GridRole]) -> list[dict[str, str]]:
    lines = [
        {
            "grid": r.grid,
            "role": r.role.value,
            "person": r.person,
            "organisation": r.organisation,
            "valid_from": day_text(r.valid_from),
            "valid_to": day_text(r.valid_to),
        }
        for r in roles
    ]
    return sorted(lines, key=lambda line: tuple(line.values()))
