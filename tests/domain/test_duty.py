from datetime import date

import pytest

from xiuhua.domain.codes import ClassKey, Kind
from xiuhua.domain.dispatch import Where
from xiuhua.domain.duty import Basis, DutyList, DutyRow, strength, stronger_by
from xiuhua.domain.duty_faults import duty_faults
from xiuhua.domain.duty_file import duty_rows_from, rows_of_duty
from xiuhua.domain.rows import Row
from xiuhua.domain.words import Words

DAY = date(2023, 3, 1)
E = "gbt30428-2013"
WATER, LAMP = ClassKey(E, Kind.COMPONENT, "0101"), ClassKey(E, Kind.COMPONENT, "0122")
REFUSE = ClassKey(E, Kind.EVENT, "0105")
CLASSES = [(WATER, "01"), (LAMP, "01"), (REFUSE, "01")]
AREAS = [
    Where((grid,), street, "990101") for grid, street in [("r1", "east"), ("r2", "east"), ("r3", "west")]
]
COMPONENTS, EVENTS = f"{E}/component", f"{E}/event"


def row(
    number: str,
    organisation: str,
    classes: str,
    area: str = "*",
    *,
    road: str = "",
    owner: str = "",
    last: date | None = None,
) -> DutyRow:
    words = Words("依据", "ground")
    first = date(2023, 1, 1)
    return DutyRow(number, classes, area, road, owner, organisation, Basis.LIST, words, "", first, last)


def found(*rows: DutyRow) -> list[tuple[str, list[str], list[str], list[str]]]:
    """(code, classes, grids, rows) of every fault."""
    return [
        (f.code, [k.code for k in f.classes], [w.grids[0] for w in f.areas], [r.id for r in f.rows])
        for f in duty_faults(DutyList(rows), CLASSES, AREAS, DAY)
    ]


BOTH = (row("1", "bureau", COMPONENTS), row("2", "sanitation", EVENTS))
EVERYWHERE = ["r1", "r2", "r3"]


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        (BOTH, []),
        ((), [("gap", ["0101", "0122", "0105"], EVERYWHERE, [])]),
        (BOTH[:1], [("gap", ["0105"], EVERYWHERE, [])]),
        ((*BOTH[:1], row("2", "sanitation", EVENTS, "east")), [("gap", ["0105"], ["r3"], [])]),
        ((*BOTH[:1], row("2", "x", EVENTS, last=date(2023, 2, 28))), [("gap", ["0105"], EVERYWHERE, [])]),
        ((*BOTH, row("3", "lamps", f"{E}/component/0122")), []),
        ((*BOTH, row("3", "parks", EVENTS)), [("overlap", ["0105"], EVERYWHERE, ["2", "3"])]),
        (
            (*BOTH, row("3", "a", EVENTS, "r2"), row("4", "b", EVENTS, "r2")),
            [("overlap", ["0105"], ["r2"], ["3", "4"])],
        ),
        (
            (BOTH[1], row("3", "water-co", COMPONENTS, owner="water")),
            [("gap-without-owner", ["0101", "0122"], EVERYWHERE, [])],
        ),
        (
            (*BOTH, row("3", "a", COMPONENTS, owner="water"), row("4", "b", COMPONENTS, owner="water")),
            [("overlap", ["0101", "0122"], EVERYWHERE, ["3", "4"])],
        ),
        (
            (*BOTH, row("3", "a", EVENTS, road="g1"), row("4", "b", EVENTS, road="g1")),
            [("overlap", ["0105"], EVERYWHERE, ["3", "4"])],
        ),
    ],
    ids=[
        "no fault", "an empty list", "nobody for events", "nobody for events in one street", "expired",
        "an exception is no overlap", "two for events", "two in one grid", "only where the owner is known",
        "two for one owner", "two on one road",
    ],
)  # fmt: skip
def test_gaps_and_overlaps(rows: tuple[DutyRow, ...], faults: list[object]) -> None:
    assert found(*rows) == faults


def test_a_fault_says_how_much_it_concerns() -> None:
    (gap,) = duty_faults(DutyList(BOTH[:1]), CLASSES, AREAS, DAY)
    assert gap.words.en == "nobody answers for 1 classes in 3 areas"
    (overlap,) = duty_faults(DutyList((*BOTH, row("3", "parks", EVENTS))), CLASSES, AREAS, DAY)
    assert "2、3" in overlap.words.zh


def test_the_first_difference_in_the_order_says_why() -> None:
    plain, owner = row("1", "a", COMPONENTS), row("2", "b", COMPONENTS, owner="water")
    why = stronger_by(strength(owner, 1, 0, False), strength(plain, 3, 2, True))
    assert "owner" in why.en


PATTERNS = {COMPONENTS, EVENTS, f"{E}/component/0101"}
DUTY = (
    row("D1", "water-co", f"{E}/component/0101", "east", owner="water"),
    row("D2", "sanitation", EVENTS, last=date(2023, 12, 31)),
)


def rows(*lines: dict[str, str]) -> list[Row]:
    return [Row("duty.csv", number, line) for number, line in enumerate(lines, 2)]


def read(*lines: dict[str, str]):  # type: ignore[no-untyped-def]
    return duty_rows_from(rows(*lines), PATTERNS, {"east"}, {"water-co", "water", "sanitation"})


def test_what_is_written_reads_back_the_same() -> None:
    assert read(*rows_of_duty(reversed(DUTY))) == (DUTY, ())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"id": "D2"}, "id"),
        ({"classes": f"{E}/component/9999"}, "classes"),
        ({"classes": ""}, "classes"),
        ({"area": "south"}, "area"),
        ({"area": ""}, "area"),
        ({"owner": "nobody"}, "owner"),
        ({"organisation": ""}, "organisation"),
        ({"organisation": "nobody"}, "organisation"),
        ({"basis": "custom"}, "basis"),
        ({"valid_to": "2022-01-01"}, "valid_to"),
        ({"ground_zh": ""}, "ground_zh"),
    ],
    ids=str,
)
def test_a_fault_names_line_and_field(changed: dict[str, str], field: str) -> None:
    first, second = rows_of_duty(DUTY)
    _, faults = read(second, {**first, **changed})
    assert [(fault.line, fault.field) for fault in faults] == [(3, field)]


def test_all_classes_and_all_areas_are_a_star_and_the_list_is_the_usual_basis() -> None:
    line = {**rows_of_duty(DUTY)[0], "classes": "*", "area": "*", "basis": ""}
    (only,), faults = read(line)
    assert faults == ()
    assert (only.classes, only.area, only.basis) == ("*", "*", Basis.LIST)
