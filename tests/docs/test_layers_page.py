"""The page about layer files says the formats, faults and columns as they are."""

import re
from pathlib import Path

import click

from xiuhua.domain.ground import Layer, PlaceKind
from xiuhua.operations.ground_rows import COUNTED, LENGTHS, NAMED
from xiuhua.shell.cli import xiuhua
from xiuhua.space.layers.csv_points import PAIRS
from xiuhua.space.layers.source import FORMATS
from xiuhua.space.topology.report import KINDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "use" / "layers.md").read_text(encoding="utf-8")


def test_every_format_is_there() -> None:
    (table,) = re.findall(r"\| ending \|.*?\n\n", PAGE, re.DOTALL)
    assert set(re.findall(r"`(\.\w+)`", "".join(line.split(" | ")[0] for line in table.splitlines()))) == set(FORMATS)
    assert all(f"`{', '.join(pair)}`" in PAGE for pair in PAIRS)


def test_every_fault_is_there_with_its_name() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+?) \| ", PAGE, re.MULTILINE))
    assert rows == {kind: words.zh for kind, words in KINDS.items()}


def test_every_command_is_there_and_every_option_that_is_named_exists() -> None:
    layers = xiuhua.commands["layers"]
    assert isinstance(layers, click.Group)
    assert set(re.findall(r"^xiuhua layers ([a-z-]+)", PAGE, re.MULTILINE)) == set(layers.commands)
    known = {name for command in layers.commands.values() for option in command.params for name in option.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", PAGE)) <= known | {"--pack"}


def test_every_column_and_layer_is_there() -> None:
    columns = {*LENGTHS, *COUNTED, *NAMED, "aliases", "valid_from", "valid_to"}
    assert {name for name in (*columns, *Layer, *PlaceKind) if f"`{name}`" not in PAGE} == set()
