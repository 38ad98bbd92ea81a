"""What the columns and words of somebody's survey mean: told by a TOML file, or known by their field names.

    crs = "EPSG:4548"            # where the file does not say
    [columns]
    code = "编号"                 # ours = theirs
    [states]
    "好" = "intact"               # theirs = ours
    [organisations]
    "91110000600037341L" = "power"
"""

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from xiuhua.domain.component import Origin, State
from xiuhua.domain.component_file import EDITIONS, FIELDS
from xiuhua.domain.fault import Fault
from xiuhua.domain.rows import NOT_A_CHOICE
from xiuhua.domain.words import Words
from xiuhua.exchange.fault import CannotImport
from xiuhua.exchange.mapping_file import keys_of
from xiuhua.store.pack.keys import Keys

NO_COLUMN: Final = Words("文件没有这一列；有：{names}", "the file has no such column; it has: {names}")
NO_CODE: Final = Words(
    "没有部件编码列（code、GLBJBSM 或 ObjID）；请用 --mapping 说明。文件有：{names}",
    "there is no column of codes (code, GLBJBSM or ObjID); say which by --mapping. The file has: {names}",
)
_CHOICES: Final[Table[str, type[State] | type[Origin]]] = {"states": State, "origins": Origin}


@dataclass(frozen=True)
class Mapping:
    """`columns` are theirs by our names; `words` theirs to ours for states, origins and organisations."""

    columns: Table[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    crs: str = ""
    layer: str = ""
    encoding: str = ""


def read_mapping(file: Path) -> Mapping:
    """Raises CannotImport with every fault of the file."""
    keys = keys_of(file)
    columns = keys.below("columns")
    told = {name: columns.text(name) for name in FIELDS if name in columns.table}
    words = {name: keys.below(name) for name in ("states", "origins", "organisations")}
    said = {name: {theirs: one.text(theirs) for theirs in one.each()} for name, one in words.items()}
    for name, choices in _CHOICES.items():
        _chosen(words[name], said[name], [choice.value for choice in choices])
    mapping = Mapping(told, said, keys.text("crs", ""), keys.text("layer", ""), keys.text("encoding", ""))
    faults = [*keys.rest(), *columns.rest(), *(fault for one in words.values() for fault in one.rest())]
    if faults:
        raise CannotImport(faults)
    return mapping


def _chosen(keys: Keys, said: Table[str, str], choices: Sequence[str]) -> None:
    for theirs, ours in said.items():
        if ours not in choices:
            keys.wrong(theirs, NOT_A_CHOICE.filled(text=ours, choices="、".join(choices)))


def columns_of(file: str, names: Sequence[str], mapping: Mapping) -> dict[str, str]:
    """Theirs by our names: as the mapping says, otherwise ours, otherwise those of an edition; case is no matter."""
    there = {name.lower(): name for name in names}
    missing = [theirs for theirs in mapping.columns.values() if theirs not in names]
    if missing:
        words = NO_COLUMN.filled(names=", ".join(names))
        raise CannotImport([Fault(file, 0, theirs, words) for theirs in missing])
    ours: Table[str, str] = {name: name for name in FIELDS}
    known = next((one for one in (ours, *EDITIONS.values()) if one["code"].lower() in there), ours)
    found = {name: there[theirs.lower()] for name, theirs in known.items() if theirs.lower() in there}
    columns = {**found, **mapping.columns}
    if "code" not in columns:
        raise CannotImport([Fault(file, 1, "code", NO_CODE.filled(names=", ".join(names)))])
    return columns
