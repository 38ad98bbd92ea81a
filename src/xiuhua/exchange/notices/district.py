"""A district built from the data: its types as classes of a local edition, its departments, squares as grids.

Written as ordinary pack files. What the data do not say (limits, filing conditions, whose a type is where several
departments had it) is marked as inferred, or left open for a person to decide.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping as Table
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from xiuhua.domain.catalog import Basis, CaseClass, Catalog, Confidence, Edition, FilingCondition, Geometry
from xiuhua.domain.codes import ClassKey, Kind
from xiuhua.domain.district import OpenDuty, Settings, StageLimit
from xiuhua.domain.duty import Basis as DutyBasis
from xiuhua.domain.duty import DutyRow
from xiuhua.domain.grid import Organisation, OrganisationKind
from xiuhua.domain.intake import CLOCK_SKEW, OLDEST_RELAYED, RELAYED
from xiuhua.domain.pattern import ALL
from xiuhua.domain.quick import MINUTES_APART, PER_HOUR, SPOT_M
from xiuhua.domain.words import Words
from xiuhua.exchange.notices.build import Build
from xiuhua.exchange.notices.mapping import Mapping
from xiuhua.exchange.notices.reading import Brought, coded
from xiuhua.exchange.notices.squares import Squares, grids_of
from xiuhua.store.pack.nouns import Nouns
from xiuhua.store.pack.settings import Knobs
from xiuhua.store.pack.small import Assumption
from xiuhua.store.pack.writing import files_of

CENTRE: Final = "centre"
DATA: Final = "data"  # the line of sources.csv that these rows come from
MAPPING: Final = "mapping"
REPORTED: Final = "reported"
SOURCES: Final = {
    DATA: Words("导入的数据", "The data that were imported"),
    MAPPING: Words("映射文件的设定", "Set in the mapping file"),
}
CONDITION: Final = Words("已上报", "Reported")
CLOSING: Final = Words("已处理", "Dealt with")
UNGROUPED: Final = Words("未分组", "Ungrouped")
SEVERAL: Final = Words("数据中由{count}个部门办理：{zh}", "{count} departments had it in the data: {en}")
SQUARES: Final = Words("网格为边长{m}米的方格，并非该市的网格", "the grids are squares of {m} m, not the city's own")
LIMITS: Final = Words("时限由映射文件设定，数据中没有", "the limits are set in the mapping; the data have none")


def pack_files(
    mapping: Mapping, build: Build, cases: Sequence[Brought], codes: Table[str, str], units: Table[str, str]
) -> dict[str, str]:
    """The files of the pack by name. `codes` gives the class key of each type, `units` the code of each department."""
    first = min(case.opened.astimezone(mapping.zone).date() for case in cases) - timedelta(days=1)
    return files_of(
        Nouns(
            catalog=_catalog(mapping, build, cases, codes, first),
            settings=_settings(mapping, build),
            knobs=Knobs(CLOCK_SKEW, dict.fromkeys(RELAYED, OLDEST_RELAYED), SPOT_M, MINUTES_APART, PER_HOUR),
            organisations=tuple(_organisations(build, units, first)),
            grids=grids_of(
                Squares.over((case.place for case in cases), build.square_m),
                build.division, build.title, build.street_squares, first,
            ),
            calendars=build.calendars,
            duty=tuple(_duty(cases, codes, units, first)),
            open_duties=tuple(_open_duties(cases, codes, build)),
            stage_limits=tuple(
                StageLimit(clock, limit, Confidence.INFERRED, MAPPING) for clock, limit in build.limits.items()
            ),
            assumptions=(
                Assumption("grids", SQUARES.filled(m=build.square_m), MAPPING),
                Assumption("limits", LIMITS, MAPPING),
            ),
        )
    )  # fmt: skip


def _settings(mapping: Mapping, build: Build) -> Settings:
    return Settings(
        division=build.division, name=build.title, time_zone=mapping.zone, centre=CENTRE,
        calendar=build.calendars[0].name, language=build.language, edition=mapping.edition,
    )  # fmt: skip


def _catalog(
    mapping: Mapping, build: Build, cases: Sequence[Brought], codes: Table[str, str], first: date
) -> Catalog:
    """One filing condition for every type: the data know no more."""
    said, inferred = Basis(Confidence.SOURCE, DATA), Basis(Confidence.INFERRED, MAPPING)
    edition = Edition(mapping.edition, build.edition_title, mapping.source, first, None, said)
    groups = _groups(cases)
    names = {ClassKey.parse(code): name for name, code in sorted(codes.items(), reverse=True)}
    return Catalog(
        editions=(edition,),
        classes=tuple(
            CaseClass(key, Words(name, name), *groups[name], Geometry.POINT, "", (), None, said)
            for key, name in names.items()
            if key.edition == mapping.edition
        ),
        conditions=tuple(
            FilingCondition(REPORTED, key, None, CONDITION, build.limit, CLOSING, inferred)
            for key in names
            if key.edition == mapping.edition
        ),
        successions=(),
        sources=SOURCES,
    )


def _groups(cases: Sequence[Brought]) -> dict[str, tuple[str, Words]]:
    """Code and name of the group under which each type was found most often."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        found[case.class_name][case.group] += 1
    most = {name: min(groups, key=lambda group: (-groups[group], group)) for name, groups in found.items()}
    codes = coded(group for group in most.values() if group)
    return {
        name: (f"group-{codes[group]}", Words(group, group)) if group else ("group", UNGROUPED)
        for name, group in most.items()
    }


def _organisations(build: Build, units: Table[str, str], first: date) -> list[Organisation]:
    named = {code: build.departments.get(name, Words(name, name)) for name, code in sorted(units.items(), reverse=True)}
    departments = [
        Organisation(code, words, OrganisationKind.DISTRICT_DEPARTMENT, CENTRE, frozenset(), first)
        for code, words in named.items()
    ]
    return [Organisation(CENTRE, build.centre, OrganisationKind.CENTRE, "", frozenset(), first), *departments]


def _duty(cases: Sequence[Brought], codes: Table[str, str], units: Table[str, str], first: date) -> list[DutyRow]:
    """Where one department had all cases of a type, the type is that department's."""
    return [
        DutyRow(
            id=code.rpartition("/")[2], classes=code, area=ALL, road="", owner="", organisation=units[next(iter(had))],
            basis=DutyBasis.LIST, ground=SOURCES[DATA], source=DATA, valid_from=first,
        )
        for code, had in sorted(_had(cases, codes).items())
        if len(had) == 1
    ]  # fmt: skip


def _open_duties(cases: Sequence[Brought], codes: Table[str, str], build: Build) -> list[OpenDuty]:
    found = []
    for code, had in sorted(_had(cases, codes).items()):
        if len(had) > 1:
            words = [build.departments.get(name, Words(name, name)) for name in sorted(had)]
            zh, en = "、".join(w.zh for w in words), ", ".join(w.en for w in words)
            found.append(OpenDuty(code, SEVERAL.filled(count=len(had), zh=zh, en=en)))
    return found


def _had(cases: Sequence[Brought], codes: Table[str, str]) -> dict[str, set[str]]:
    had: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        had[codes[case.class_name]].add(case.department)
    return had


def class_keys(mapping: Mapping, coded: Table[str, str]) -> dict[str, str]:
    """The key of each type: the mapping's own, otherwise its code in the mapping's edition."""
    own = {name: str(ClassKey(mapping.edition, Kind.EVENT, code)) for name, code in coded.items()}
    return {name: mapping.codes.get(name, key) for name, key in own.items()}
