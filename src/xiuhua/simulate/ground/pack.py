"""The files of a pack that its ground makes: grids, former grids, roads, and who answers for a grid.

The same plan gives the same bytes. Every text is made before the first file is touched.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from xiuhua.domain.former_grid import rows_of_former_grids
from xiuhua.domain.grid import Grid
from xiuhua.domain.grid_file import organisations_from, rows_of_grid_roles, rows_of_grids
from xiuhua.domain.people_file import people_from
from xiuhua.domain.rows import Row
from xiuhua.simulate.ground.checking import MISSING, PLAN, UNREADABLE, PlanWrong, check
from xiuhua.simulate.ground.drawing import Drawing
from xiuhua.simulate.ground.former import former_grids
from xiuhua.simulate.ground.plan import Plan, plan_of
from xiuhua.simulate.ground.roads import roads
from xiuhua.simulate.ground.roles import Staff, grid_roles
from xiuhua.simulate.ground.tiers import Tiers, nested
from xiuhua.store.pack.csv_text import rows_of_text, text_of_rows
from xiuhua.store.pack.layout import COLUMNS, FORMER_OUTLINES, OUTLINES
from xiuhua.store.pack.outlines import text_of_former, text_of_outlines
from xiuhua.store.pack.small import rows_of_roads


def read_plan(folder: Path) -> Plan:
    """Raises PlanWrong."""
    file = folder / PLAN
    try:
        plan = plan_of(tomllib.loads(file.read_text(encoding="utf-8")))
    except KeyError as missing:
        raise PlanWrong(MISSING, file, it=missing.args[0]) from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError) as wrong:
        raise PlanWrong(UNREADABLE, file, error=wrong) from wrong
    check(plan, file)
    return plan


def texts(drawn: Drawing, folder: Path) -> Mapping[str, str]:
    """By the name of the file."""
    found = nested(drawn)
    grids = tuple(Tiers(drawn, found).grids())
    former = former_grids(drawn, found)
    rows: dict[str, Sequence[Mapping[str, str]]] = {
        "grids.csv": rows_of_grids(grids),
        "former_grids.csv": rows_of_former_grids(former),
        "grid_roles.csv": rows_of_grid_roles(grid_roles(drawn.plan, grids, _staff(folder, grids))),
        "roads.csv": rows_of_roads(roads(drawn.named, drawn.plan.streets, drawn.streets)),
    }
    outlines = {OUTLINES: text_of_outlines(grids), FORMER_OUTLINES: text_of_former(former)}
    return {name: text_of_rows(COLUMNS[name], lines) for name, lines in rows.items()} | outlines


def _staff(folder: Path, grids: Sequence[Grid]) -> Staff:
    organisations, _ = organisations_from(_rows(folder, "organisations.csv"))
    known = {grid.code for grid in grids}
    people, _ = people_from(_rows(folder, "people.csv"), {o.code for o in organisations}, known)
    return Staff(organisations, people)


def _rows(folder: Path, name: str) -> list[Row]:
    file = folder / name
    return rows_of_text(name, file.read_text(encoding="utf-8"), COLUMNS[name])[0] if file.exists() else []


def save(made: Mapping[str, str], folder: Path) -> None:
    """Each file is whole at any moment."""
    beside = {name: folder / f".{name}.part" for name in made}
    try:
        for name, text in made.items():
            beside[name].write_text(text, encoding="utf-8", newline="\n")
        for name in made:
            beside[name].replace(folder / name)
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)
