"""district.toml: what a district is called, which calendar its units keep, and the knobs of intake."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from xiuhua.domain.base_map import BaseDatum, BaseKind, BaseMap, faults_of
from xiuhua.domain.case import OPEN
from xiuhua.domain.codes import UnitGridCode
from xiuhua.domain.district import Settings
from xiuhua.domain.fault import Fault
from xiuhua.domain.intake import CLOCK_SKEW, OLDEST_RELAYED, RELAYED, Channel
from xiuhua.domain.quick import MINUTES_APART, PER_HOUR, SPOT_M
from xiuhua.domain.rows import NOT_A_CHOICE, NOT_KNOWN
from xiuhua.domain.words import Words
from xiuhua.store.pack.files import BASES
from xiuhua.store.pack.keys import Keys
from xiuhua.store.pack.layout import SETTINGS

GROUNDS: Final = ("", "invented")
LANGUAGES: Final = ("zh-hans", "en")
HOUR: Final = timedelta(hours=1)
BASE_MAP: Final = "basemap"
E = TypeVar("E", bound=StrEnum)

NOT_A_DIVISION = Words("“{text}”不是六位行政区划代码", "“{text}” is not a division code of six digits")


@dataclass(frozen=True, slots=True)
class Knobs:
    """The settings of intake that are no lists: lists stand in dedupe.csv and quick.csv."""

    clock_skew: timedelta
    oldest: Mapping[Channel, timedelta]
    spot_m: int
    minutes_apart: int
    per_hour: int


def settings_of(file: str, text: str, table: Mapping[str, Any]) -> tuple[Settings, Knobs, list[Fault]]:
    keys = Keys(file, text, table)
    calendar_of = keys.below("calendar_of")
    intake, change = keys.below("intake"), keys.below("grid_change")
    settings = Settings(
        division=division_of(keys),
        name=keys.words("name"),
        time_zone=keys.zone("time_zone"),
        centre=keys.text("centre"),
        calendar=keys.text("calendar"),
        calendar_of={organisation: calendar_of.text(organisation) for organisation in calendar_of.each()},
        bases=keys.texts(BASES),
        language=_language(keys),
        edition=keys.text("edition", ""),
        ground=_ground(keys),
        regrid_stages=_regrid_stages(change),
        base_map=base_map_of(below := keys.below(BASE_MAP)),
    )
    knobs, faults = _knobs(intake)
    return settings, knobs, [*keys.rest(), *calendar_of.rest(), *change.rest(), *below.rest(), *faults]


def base_map_of(keys: Keys) -> BaseMap:
    """Without the table there is none."""
    kind = _one_of(keys, "kind", BaseKind.NONE)
    if kind is BaseKind.NONE:
        if keys.faults:  # of a kind that is none nothing more can be said
            keys.asked.update(keys.each())
        return BaseMap()
    found = BaseMap(
        kind, keys.text("url"), keys.text("attribution", ""), _one_of(keys, "datum", BaseDatum.WGS84),
        keys.whole("max_zoom", BaseMap().max_zoom), keys.texts("hosts"),
    )  # fmt: skip
    for key, words in faults_of(found).items():
        if key not in {fault.field.rpartition(".")[2] for fault in keys.faults}:
            keys.wrong(key, words)
    return found


def _one_of(keys: Keys, key: str, default: E) -> E:
    text = keys.text(key, default.value)
    known = type(default)
    if text not in set(known):
        keys.wrong(key, NOT_A_CHOICE.filled(text=text, choices="、".join(known)))
        return default
    return known(text)


def division_of(keys: Keys) -> str:
    division = keys.text("division")
    if division and UnitGridCode.check(f"{division}001001001"):
        keys.wrong("division", NOT_A_DIVISION.filled(text=division))
    return division


def _language(keys: Keys) -> str:
    language = keys.text("language", LANGUAGES[0])
    if language not in LANGUAGES:
        keys.wrong("language", NOT_A_CHOICE.filled(text=language, choices="、".join(LANGUAGES)))
    return language


def _ground(keys: Keys) -> str:
    ground = keys.text("ground", "")
    if ground not in GROUNDS:
        keys.wrong("ground", NOT_A_CHOICE.filled(text=ground, choices="、".join(filter(None, GROUNDS))))
    return ground


def _regrid_stages(change: Keys) -> tuple[str, ...]:
    stages = change.texts("regrid_stages")
    for stage in stages:
        if stage not in OPEN:
            change.wrong("regrid_stages", NOT_A_CHOICE.filled(text=stage, choices="、".join(sorted(OPEN))))
    return stages


def _knobs(intake: Keys) -> tuple[Knobs, list[Fault]]:
    oldest = intake.below("oldest_hours")
    known = dict.fromkeys(RELAYED, OLDEST_RELAYED)
    for name in oldest.each():
        if name in set(Channel):
            known[Channel(name)] = oldest.whole(name, OLDEST_RELAYED // HOUR) * HOUR
    minutes = intake.whole("clock_skew_minutes", int(CLOCK_SKEW.total_seconds()) // 60)
    knobs = Knobs(
        clock_skew=timedelta(minutes=minutes),
        oldest=known,
        spot_m=intake.whole("quick_spot_m", SPOT_M),
        minutes_apart=intake.whole("quick_minutes_apart", MINUTES_APART),
        per_hour=intake.whole("quick_per_hour", PER_HOUR),
    )
    return knobs, [*intake.rest(), *oldest.rest()]


def table_of_settings(settings: Settings, knobs: Knobs) -> dict[str, Any]:
    """Everything written out, so that whoever edits the file sees what there is to choose."""
    return {
        "division": settings.division,
        "name_zh": settings.name.zh,
        "name_en": settings.name.en,
        BASES: list(settings.bases),
        "time_zone": settings.time_zone.key,
        "language": settings.language,
        **({"edition": settings.edition} if settings.edition else {}),
        **({"ground": settings.ground} if settings.ground else {}),
        "centre": settings.centre,
        "calendar": settings.calendar,
        **({"grid_change": {"regrid_stages": list(settings.regrid_stages)}} if settings.regrid_stages else {}),
        "calendar_of": dict(sorted(settings.calendar_of.items())),
        **_base_map(settings.base_map),
        "intake": {
            "clock_skew_minutes": knobs.clock_skew // timedelta(minutes=1),
            "quick_minutes_apart": knobs.minutes_apart,
            "quick_per_hour": knobs.per_hour,
            "quick_spot_m": knobs.spot_m,
            "oldest_hours": {channel.value: age // HOUR for channel, age in sorted(knobs.oldest.items())},
        },
    }


def _base_map(base: BaseMap) -> dict[str, Any]:
    if base.kind is BaseKind.NONE:
        return {}
    said = {
        "kind": base.kind.value, "url": base.url, "attribution": base.attribution, "datum": base.datum.value,
        "max_zoom": base.max_zoom, "hosts": list(base.hosts),
    }  # fmt: skip
    return {BASE_MAP: {name: value for name, value in said.items() if value not in ("", [])}}


def names_unknown(
    file: str, text: str, settings: Settings, known: Mapping[str, Container[str]]
) -> list[Fault]:
    """`known` under "organisation", "calendar" and "edition": names of other files that the settings use."""
    keys = Keys(file, text, {})
    used = [
        ("centre", settings.centre, "organisation"),
        ("calendar", settings.calendar, "calendar"),
        ("edition", settings.edition, "edition"),
        *((f"calendar_of.{name}", name, "organisation") for name in settings.calendar_of),
        *((f"calendar_of.{name}", calendar, "calendar") for name, calendar in settings.calendar_of.items()),
    ]
    for key, name, kind in used:
        if name and name not in known[kind]:
            keys.wrong(key, NOT_KNOWN.filled(text=name))
    return keys.faults


__all__ = ["SETTINGS", "Knobs", "names_unknown", "settings_of", "table_of_settings"]
