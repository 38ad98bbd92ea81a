"""Small files of settings: TOML with known keys, a table of counts. What is wrong is said with its key or line."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from xiuhua.domain.words import Words, Wrong
from xiuhua.space.divide.given import COSTS, Rules

SAID: Final = {
    "broken": Words("{path} 不是正确的 TOML：{error}", "{path} is no correct TOML: {error}"),
    "key": Words("{path} 中的“{key}”不认识；可用：{known}", "{path}: there is no “{key}”; there are: {known}"),
    "value": Words("{path} 中“{key}”的值不对：{value}", "{path}: “{key}” cannot be {value}"),
    "counts": Words(
        "{path} 第 {line} 行应为 街道代码,网格数（从 1 起的整数）：{row}",
        "{path} line {line}: code of a street,number of grids (a whole number from 1) is needed: {row}",
    ),
    "heading": Words(
        "{path} 第 1 行应为 街道代码,网格数（从 1 起的整数），或标题如“街道代码,网格数”“code,count”：{row}",
        "{path} line 1: code of a street,number of grids (a whole number from 1) is needed, or a heading such as "
        "“code,count”: {row}",
    ),
    "twice": Words(
        "{path} 第 {line} 行：街道 {code} 在第 {first} 行已有网格数，请只留一行",
        "{path} line {line}: street {code} has its number in line {first} already; keep one of them",
    ),
}  # fmt: skip
CODE_HEADS: Final = frozenset({"code", "street", "street code", "adcode", "代码", "街道", "街道代码"})
COUNT_HEADS: Final = frozenset({"count", "grids", "number", "number of grids", "网格", "网格数", "数量", "个数"})
PLAIN: Final = {
    field.name: field.name for field in fields(Rules) if field.name not in ("costs", "not_walked")
}


def _wrong(code: str, /, **given: object) -> Wrong:
    return Wrong(f"settings-{code}", SAID[code].filled(**given))


def read_toml(path: Path, known: Mapping[str, type]) -> dict[str, Any]:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong("broken", path=path.name, error=error) from None
    for key, value in given.items():
        if key not in known:
            raise _wrong("key", path=path.name, key=key, known=", ".join(known))
        if not isinstance(value, known[key]):
            raise _wrong("value", path=path.name, key=key, value=value)
    return given


def read_rules(path: Path | None) -> Rules:
    """Every rule that the file names; the table `costs` adds kinds of borders, or takes them away with `false`."""
    plain = Rules()
    if path is None:
        return plain
    types: dict[str, Any] = {name: (int, float) if name != "code" else str for name in PLAIN}
    given = read_toml(path, types | {"costs": dict, "not_walked": list})
    costs = dict(COSTS)
    for kind, cost in given.pop("costs", {}).items():
        if cost is False:
            costs.pop(kind, None)
        elif isinstance(cost, bool) or not isinstance(cost, int | float) or not cost > 0:
            raise _wrong("value", path=path.name, key=f"costs.{kind}", value=cost)
        else:
            costs[kind] = float(cost)
    idle = frozenset(map(str, given.pop("not_walked", plain.not_walked)))
    for key, value in given.items():
        if key == "code":
            _check_code(path, value)
        elif isinstance(value, bool) or not 0 <= value < 1e9:
            raise _wrong("value", path=path.name, key=key, value=value)
    whole: dict[str, Any] = {
        key: int(value) if key in ("seed", "effort") else value for key, value in given.items()
    }
    return replace(plain, costs=costs, not_walked=idle, **whole)


def _check_code(path: Path, form: str) -> None:
    try:
        different = form.format(area="1", number=1) != form.format(area="1", number=2)
    except (KeyError, IndexError, ValueError):
        different = False
    if not different or form.format(area="1", number=1) == form.format(area="2", number=1):
        raise _wrong("value", path=path.name, key="code", value=form)


def read_counts(path: Path | None) -> dict[str, int]:
    """How many grids streets are to have: lines of code and number; the first line may be a heading."""
    if path is None:
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            rows = [[cell.strip() for cell in row] for row in csv.reader(file)]
        except (UnicodeDecodeError, csv.Error) as error:
            raise _wrong("counts", path=path.name, line=1, row=error) from None
    found: dict[str, int] = {}
    lines: dict[str, int] = {}
    for line, row in enumerate(rows, 1):
        if not any(row) or (line == 1 and _is_heading(row)):
            continue
        if len(row) < 2 or not row[0] or not row[1].isdecimal() or int(row[1]) < 1:
            code = "heading" if line == 1 else "counts"
            raise _wrong(code, path=path.name, line=line, row=",".join(row))
        if row[0] in found:
            raise _wrong("twice", path=path.name, line=line, code=row[0], first=lines[row[0]])
        found[row[0]], lines[row[0]] = int(row[1]), line
    return found


def _is_heading(row: Sequence[str]) -> bool:
    """By its words: a line with a number that is none is no heading."""
    plain = [cell.lower().replace("_", " ") for cell in row]
    return len(plain) > 1 and plain[0] in CODE_HEADS and plain[1] in COUNT_HEADS
