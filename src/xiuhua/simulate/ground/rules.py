"""The rules in components.toml: which components stand where, and how thickly."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

EDITION: Final = "gbt30428-2013/component/"


@dataclass(frozen=True, slots=True)
class Rule:
    """`cls` is the four digits. Of the last four each way of standing uses its own."""

    cls: str
    name: str
    industry: str
    accuracy: str = "A"
    off_m: float = 0.0
    pole: bool = False
    spacing: Mapping[str, float] = field(default_factory=dict)
    each: Mapping[str, int] = field(default_factory=dict)
    every_m: float = 0.0


@cache
def rules() -> Mapping[str, tuple[Rule, ...]]:
    """By the way of standing: along, junction, bridge, bank, place."""
    table = tomllib.loads(files(__package__).joinpath("components.toml").read_text(encoding="utf-8"))
    return {way: tuple(_rule(one) for one in given) for way, given in table.items()}


def _rule(given: dict[str, Any]) -> Rule:
    return Rule(**{"cls" if key == "class" else key: value for key, value in given.items()})
