"""TOML as packs have it: read with the line of every key, so that a fault can be found; written in one canonical form.

A file that is written again keeps no comments: what has to be said stands in a field.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from xiuhua.domain.fault import Fault
from xiuhua.domain.words import Words

SYNTAX = Words("TOML 语法有误：{error}", "wrong TOML: {error}")

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_HEADER = re.compile(r"\s*\[(\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\")\s*=\s*(.*)")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def table_of_text(file: str, text: str) -> tuple[dict[str, Any], list[Fault]]:
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line = int(found[1]) if found and found[1] else len(text.splitlines()) or 1
        return {}, [Fault(file, line, "", SYNTAX.filled(error=_AT.sub("", str(error))))]


def line_of(text: str, path: str) -> int:
    """The line of a key, or of the nearest table above it that is there; 0 where there is none.

    A table of a list goes by its `name`: "office.hours.mon-fri" is under the [[calendar]] named office.
    """
    lines = dict(_paths(text))
    parts = path.split(".")
    tries = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((lines[one] for one in tries if one in lines), 0)


def _paths(text: str) -> Iterator[tuple[str, int]]:
    prefix, listed, name, opened = "", "", "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            prefix, opened = header[2].replace('"', ""), number
            if header[1]:
                listed, prefix = prefix, ""
            elif listed and prefix.startswith(f"{listed}."):
                prefix = f"{name}.{prefix.removeprefix(f'{listed}.')}"
            yield prefix or listed, number
        elif key := _KEY.match(line):
            if listed and not prefix and key[1] == "name":
                prefix = name = key[2].strip().strip('"')
                yield prefix, opened
            yield f"{prefix}.{key[1]}" if prefix else key[1], number


def text_of_table(table: Mapping[str, Any]) -> str:
    """Values first, then tables, each in the order given."""
    return "\n".join(_lines(table, "")).strip() + "\n"


def _lines(table: Mapping[str, Any], path: str) -> Iterator[str]:
    for key, value in table.items():
        if not _is_table(value):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in table.items():
        below = f"{path}.{_key(key)}" if path else _key(key)
        if isinstance(value, Mapping):
            yield from _section(f"[{below}]", value, below, needed=_says_something(value))
        elif _is_table(value):
            for one in value:
                yield from _section(f"[[{below}]]", one, below, needed=True)


def _section(header: str, table: Mapping[str, Any], path: str, *, needed: bool) -> Iterator[str]:
    if needed:
        yield ""
        yield header
    yield from _lines(table, path)


def _says_something(table: Mapping[str, Any]) -> bool:
    """A table that only holds tables needs no header of its own."""
    return not table or any(not _is_table(value) for value in table.values())


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)
    )


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return _text(str(value))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
