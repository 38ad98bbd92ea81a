"""Faults between files: each line is well written, but what it names cannot be used that way."""

from collections.abc import Iterable, Iterator

from xiuhua.domain.district import District
from xiuhua.domain.fault import Fault
from xiuhua.domain.grid import OrganisationKind, Tier
from xiuhua.domain.rows import NOT_KNOWN, Row
from xiuhua.domain.words import Words
from xiuhua.store.pack.layout import CALENDARS, OUTLINES, SETTINGS
from xiuhua.store.pack.nouns import STAGE_LIMITS, Nouns, Reader
from xiuhua.store.pack.settings import names_unknown
from xiuhua.store.pack.toml_text import line_of

NOT_SENT_TO = Words("不能向“{text}”派遣", "no case can be sent to “{text}”")
NOT_A_CENTRE = Words("“{text}”不是指挥监督中心", "“{text}” is not a centre")
NO_LIMIT = Words("缺少时限“{text}”", "the limit “{text}” is missing")
NO_OUTLINE = Words("grids.geojson 中没有此网格的边界", "grids.geojson has no outline of this grid")
NO_FORMER_OUTLINE = Words(
    "former_grids.geojson 中没有此网格的边界", "former_grids.geojson has no outline of this grid"
)
NO_CALENDAR = Words("缺少 calendars.toml 或其中没有日历", "calendars.toml is missing or has no calendar")

GROUND = frozenset({Tier.UNIT, Tier.RESPONSIBILITY})


def crossing_settings(reader: Reader, nouns: Nouns) -> list[Fault]:
    """Without these a district cannot be made."""
    if nouns.settings is None:
        return []
    file, text = reader.pack.path(SETTINGS), reader.pack.texts[SETTINGS]
    if any(fault.file == reader.pack.path(CALENDARS) for fault in reader.faults):
        return []
    calendars = {calendar.name for calendar in nouns.calendars}
    if not calendars:
        return [Fault(file, line_of(text, "calendar"), "calendar", NO_CALENDAR)]
    kinds = {
        **dict.fromkeys(reader.said("organisations", "code")),
        **{o.code: o.kind for o in nouns.organisations},
    }
    known = {"organisation": kinds, "calendar": calendars, "edition": {e.id for e in nouns.catalog.editions}}
    faults = names_unknown(file, text, nouns.settings, known)
    if kinds.get(nouns.settings.centre) not in {None, OrganisationKind.CENTRE}:
        words = NOT_A_CENTRE.filled(text=nouns.settings.centre)
        faults.append(Fault(file, line_of(text, "centre"), "centre", words))
    return faults


def crossing_files(reader: Reader, nouns: Nouns, district: District) -> Iterator[Fault]:
    yield from _duty(reader.of("duty"), nouns, district)
    yield from _stage_limits(reader, nouns)
    yield from _former(reader, nouns)
    if OUTLINES in reader.pack.texts:
        bare = {grid.code for grid in nouns.grids if grid.tier in GROUND and not grid.outline}
        yield from _named(reader.of("grids"), "code", bare, NO_OUTLINE)


def _former(reader: Reader, nouns: Nouns) -> Iterator[Fault]:
    bare = {(grid.line.value, grid.code) for grid in nouns.former_grids if not grid.outline}
    for row in reader.of("former_grids"):
        if (row.cell("line"), row.cell("code")) in bare:
            yield Fault(row.file, row.line, "code", NO_FORMER_OUTLINE)


def _duty(rows: Iterable[Row], nouns: Nouns, district: District) -> Iterator[Fault]:
    lines = list(rows)
    roads = {road.code for road in nouns.roads}
    unknown = {row.road for row in nouns.duty if row.road} - roads
    deaf = {row.organisation for row in nouns.duty if not district.handles(row.organisation)}
    yield from _named(lines, "road", unknown, NOT_KNOWN)
    yield from _named(lines, "organisation", deaf, NOT_SENT_TO)


def _stage_limits(reader: Reader, nouns: Nouns) -> Iterator[Fault]:
    missing = STAGE_LIMITS - {limit.clock for limit in nouns.stage_limits}
    written = {row.cell("clock") for row in reader.of("stage_limits")}
    for name in sorted(missing - written):  # one that is written and wrong is named already
        yield Fault(reader.pack.path("stage_limits.csv"), 0, "clock", NO_LIMIT.filled(text=name))


def _named(rows: Iterable[Row], field: str, values: set[str], words: Words) -> Iterator[Fault]:
    for row in rows:
        value = row.cell(field)
        if value in values:
            yield Fault(row.file, row.line, field, words.filled(text=value))
