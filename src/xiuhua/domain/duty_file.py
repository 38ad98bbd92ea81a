"""duty.csv: one line a row of the duty list. Classes and area are "*" for all; road and owner may be empty.

Columns: id, classes, area, road, owner, organisation, basis (list, ruling), ground_zh, ground_en, source, valid_from,
valid_to.
"""

from collections.abc import Container, Iterable

from xiuhua.domain.duty import Basis, DutyRow
from xiuhua.domain.fault import Fault
from xiuhua.domain.pattern import ALL
from xiuhua.domain.rows import NOT_KNOWN, Reading, Row, day_text, read, repeated


def duty_rows_from(
    rows: Iterable[Row], patterns: Container[str], areas: Container[str], organisations: Container[str]
) -> tuple[tuple[DutyRow, ...], tuple[Fault, ...]]:
    """`patterns` are all class patterns of the catalogue, `areas` all grid codes, `organisations` all codes."""

    def build(reading: Reading) -> DutyRow:
        first, last = reading.validity()
        return DutyRow(
            id=reading.text("id"),
            classes=_or_all(reading, "classes", patterns),
            area=_or_all(reading, "area", areas),
            road=reading.optional("road"),
            owner=reading.optional_known("owner", organisations),
            organisation=reading.known("organisation", organisations),
            basis=reading.chosen("basis", Basis, Basis.LIST),
            ground=reading.words("ground"),
            source=reading.optional("source"),
            valid_from=first,
            valid_to=last,
        )

    lines = list(rows)
    built, faults = read(lines, build)
    return built, (*faults, *repeated(lines, "id"))


def _or_all(reading: Reading, field: str, among: Container[str]) -> str:
    value = reading.text(field)
    if value and value != ALL and value not in among:
        reading.wrong(field, NOT_KNOWN.filled(text=value))
    return value


def rows_of_duty(duty: Iterable[DutyRow]) -> list[dict[str, str]]:
    return [
        {
            "id": r.id,
            "classes": r.classes,
            "area": r.area,
            "road": r.road,
            "owner": r.owner,
            "organisation": r.organisation,
            "basis": r.basis.value,
            "ground_zh": r.ground.zh,
            "ground_en": r.ground.en,
            "source": r.source,
            "valid_from": day_text(r.valid_from),
            "valid_to": day_text(r.valid_to),
        }
        for r in sorted(duty, key=lambda r: r.id)
    ]
