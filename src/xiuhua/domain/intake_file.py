"""dedupe.csv (classes, group, shape, radius_m, window_hours) and quick.csv (classes): read and written.

Classes are class patterns. An empty radius or window takes the default of the shape.
"""

from collections.abc import Container, Iterable

from xiuhua.domain.duplicate import RADIUS_M, WINDOW_HOURS, DedupeRule, Shape
from xiuhua.domain.fault import Fault
from xiuhua.domain.rows import Reading, Row, read, repeated


def dedupe_rules_from(
    rows: Iterable[Row], patterns: Container[str]
) -> tuple[tuple[DedupeRule, ...], tuple[Fault, ...]]:
    def build(reading: Reading) -> DedupeRule:
        return DedupeRule(
            classes=reading.known("classes", patterns),
            group=reading.optional("group"),
            shape=(shape := reading.chosen("shape", Shape)),
            radius_m=reading.whole("radius_m", RADIUS_M[shape]),
            window_hours=reading.whole("window_hours", WINDOW_HOURS),
        )

    lines = list(rows)
    built, faults = read(lines, build)
    return built, (*faults, *repeated(lines, "classes"))


def rows_of_dedupe(rules: Iterable[DedupeRule]) -> list[dict[str, str]]:
    return [
        {
            "classes": r.classes,
            "group": r.group,
            "shape": r.shape.value,
            "radius_m": str(r.radius_m),
            "window_hours": str(r.window_hours),
        }
        for r in sorted(rules, key=lambda r: r.classes)
    ]


def quick_classes_from(
    rows: Iterable[Row], patterns: Container[str]
) -> tuple[frozenset[str], tuple[Fault, ...]]:
    lines = list(rows)
    built, faults = read(lines, lambda reading: reading.known("classes", patterns))
    return frozenset(built), (*faults, *repeated(lines, "classes"))


def rows_of_quick(classes: Iterable[str]) -> list[dict[str, str]]:
    return [{"classes": pattern} for pattern in sorted(classes)]
