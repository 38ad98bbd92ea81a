"""A vector tile read back, as a map would: layers with their features, tags and drawn points."""

from dataclasses import dataclass, field
from typing import Any

from vt2pbf import parse_from_string


@dataclass
class Read:
    type: int
    tags: dict[str, Any] = field(default_factory=dict)
    paths: list[list[tuple[int, int]]] = field(default_factory=list)


def read(packed: bytes) -> dict[str, list[Read]]:
    tile = parse_from_string(packed).tile_pbf
    return {layer.name: [_feature(layer, feature) for feature in layer.features] for layer in tile.layers}


def _feature(layer: Any, feature: Any) -> Read:
    values = [_value(value) for value in layer.values]
    pairs = zip(feature.tags[::2], feature.tags[1::2], strict=True)
    return Read(feature.type, {layer.keys[k]: values[v] for k, v in pairs}, _paths(list(feature.geometry)))


def _value(value: Any) -> Any:
    return next(found for _, found in value.ListFields())


def _paths(numbers: list[int]) -> list[list[tuple[int, int]]]:
    """Commands MoveTo, LineTo, ClosePath of the specification 2.1."""
    x = y = i = 0
    paths: list[list[tuple[int, int]]] = []
    while i < len(numbers):
        command, count = numbers[i] & 7, numbers[i] >> 3
        i += 1
        if command == 7:
            paths[-1].append(paths[-1][0])
            continue
        for _ in range(count):
            x, y, i = x + _signed(numbers[i]), y + _signed(numbers[i + 1]), i + 2
            if command == 1:
                paths.append([])
            paths[-1].append((x, y))
    return paths


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
