"""What the columns of somebody's CSV mean, as one TOML file: districts/boston.mapping.toml is an example.

Every key that is missing, wrong or unknown is named with its line. Leaves out: whether the CSV has the columns
(`table`) and what is built from the data (`build`).
"""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from xiuhua.domain.codes import ClassKey, Kind
from xiuhua.domain.fault import Fault
from xiuhua.domain.notice import Channel
from xiuhua.domain.place import Bd09, Cgcs2000, Gcj02, Place, Wgs84
from xiuhua.domain.rows import NOT_A_CHOICE
from xiuhua.domain.words import Words
from xiuhua.exchange.fault import CannotImport
from xiuhua.exchange.mapping_file import keys_of
from xiuhua.exchange.notices.build import Build, build_of
from xiuhua.store.pack.keys import Keys

# Encodings in which a line ends with the one byte LF, so that a wrong byte can be named by its line.
ENCODINGS: Final = ("utf-8", "gb18030", "gbk", "big5", "latin-1", "cp1252")
DATUMS: Final[dict[str, type[Place]]] = {"wgs84": Wgs84, "cgcs2000": Cgcs2000, "gcj02": Gcj02, "bd09": Bd09}
NEEDED: Final = ("external", "opened", "class", "department", "longitude", "latitude")
OPTIONAL: Final = ("group", "due", "closed", "place_text", "description", "note", "channel", "on_time")

NOT_A_SEPARATOR: Final = Words("分隔符应为一个字符", "the separator is one character")
NOT_TABLES: Final = Words("应为 [[skip]] 表", "must be [[skip]] tables")


@dataclass(frozen=True, slots=True)
class Skip:
    """Lines that are left out because a column has one of these values."""

    column: str
    values: frozenset[str]
    reason: Words


@dataclass(frozen=True)
class Mapping:
    """`columns` gives the CSV's name for each of ours. An empty `form` of moments is ISO 8601.

    `codes` and `units` give class keys and organisations for names; other names become codes by themselves.
    """

    source: str
    encoding: str
    separator: str
    zone: ZoneInfo
    form: str
    datum: type[Place]
    columns: Table[str, str]
    channels: Table[str, Channel]
    other_channel: Channel | None
    on_time: Table[str, bool]
    edition: str
    codes: Table[str, str]
    units: Table[str, str]
    skips: tuple[Skip, ...]
    build: Build | None


def read_mapping(file: Path) -> Mapping:
    """Raises CannotImport with every fault of the file."""
    mapping, faults = _mapping(keys_of(file))
    if faults:
        raise CannotImport(faults)
    return mapping


def _mapping(keys: Keys) -> tuple[Mapping, list[Fault]]:
    below = {name: keys.below(name) for name in ("columns", "channels", "on_time", "classes", "departments")}
    classes = below["classes"]
    codes = classes.below("codes")
    zone = keys.zone("time_zone")
    edition = _edition(classes)
    build, build_faults = build_of(keys.below("build"), zone) if "build" in keys.table else (None, [])
    if build is None:
        keys.asked.add("build")
    mapping = Mapping(
        source=keys.text("source"),
        encoding=_choice(keys, "encoding", ENCODINGS, "utf-8"),
        separator=_separator(keys),
        zone=zone,
        form=keys.text("moments", ""),
        datum=DATUMS[_choice(keys, "datum", tuple(DATUMS), "wgs84")],
        columns=_columns(below["columns"]),
        channels=_channels(below["channels"]),
        other_channel=_channel(keys, "other_channel") if "other_channel" in keys.table else None,
        on_time=_on_time(below["on_time"]),
        edition=edition,
        codes={name: codes.text(name) for name in codes.each()},
        units={name: below["departments"].text(name) for name in below["departments"].each()},
        skips=_skips(keys),
        build=build,
    )
    rest = (fault for one in (*below.values(), codes) for fault in one.rest())
    return mapping, [*keys.rest(), *rest, *build_faults]


def _edition(classes: Keys) -> str:
    edition = classes.text("edition")
    wrong = ClassKey.check(f"{edition}/{Kind.EVENT}/a") if edition else None
    if wrong is not None and wrong.field == "edition":
        classes.wrong("edition", wrong.words)
    return edition


def _columns(keys: Keys) -> dict[str, str]:
    needed = {name: keys.text(name) for name in NEEDED}
    return {**needed, **{name: keys.text(name) for name in OPTIONAL if name in keys.table}}


def _channels(keys: Keys) -> dict[str, Channel]:
    return {name: _channel(keys, name) for name in keys.each()}


def _channel(keys: Keys, key: str) -> Channel:
    return Channel(_choice(keys, key, tuple(channel.value for channel in Channel), Channel.PUBLIC.value))


def _choice(keys: Keys, key: str, choices: tuple[str, ...], default: str) -> str:
    value = keys.text(key, default).lower()
    if value in choices:
        return value
    keys.wrong(key, NOT_A_CHOICE.filled(text=value, choices="、".join(choices)))
    return default


def _separator(keys: Keys) -> str:
    value = str(keys.table.get("separator", ","))
    keys.asked.add("separator")
    if len(value) != 1:
        keys.wrong("separator", NOT_A_SEPARATOR)
    return value[:1] or ","


def _on_time(keys: Keys) -> dict[str, bool]:
    return {**dict.fromkeys(keys.texts("yes"), True), **dict.fromkeys(keys.texts("no"), False)}


def _skips(keys: Keys) -> tuple[Skip, ...]:
    keys.asked.add("skip")
    tables: Any = keys.table.get("skip", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        keys.wrong("skip", NOT_TABLES)
        return ()
    found = []
    for one in tables:
        skip = Keys(keys.file, keys.source, one, "skip")
        found.append(Skip(skip.text("column"), frozenset(skip.texts("values")), skip.words("reason")))
        keys.faults += skip.rest()
    return tuple(found)
