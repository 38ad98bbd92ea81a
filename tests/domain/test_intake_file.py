from xiuhua.domain.duplicate import DedupeRule, Shape
from xiuhua.domain.intake_file import dedupe_rules_from, quick_classes_from, rows_of_dedupe, rows_of_quick
from xiuhua.domain.rows import Row

PATTERNS = {"gbt30428-2013/event", "gbt30428-2013/event/0105"}
RULES = (
    DedupeRule("gbt30428-2013/event", "", Shape.LINEAR, 80, 24),
    DedupeRule("gbt30428-2013/event/0105", "refuse", Shape.POINT, 25, 12),
)


def rows(*lines: dict[str, str]) -> list[Row]:
    return [Row("x.csv", number, line) for number, line in enumerate(lines, 2)]


def test_what_is_written_reads_back_the_same() -> None:
    assert dedupe_rules_from(rows(*rows_of_dedupe(reversed(RULES))), PATTERNS) == (RULES, ())
    assert quick_classes_from(rows(*rows_of_quick(PATTERNS)), PATTERNS) == (frozenset(PATTERNS), ())


def test_an_empty_radius_is_that_of_the_shape() -> None:
    line = {"classes": "gbt30428-2013/event", "shape": "linear"}
    assert dedupe_rules_from(rows(line), PATTERNS) == (RULES[:1], ())


def test_a_fault_names_line_and_field() -> None:
    good = rows_of_dedupe(RULES)[0]
    lines = rows(
        good,
        {**good, "classes": "x"},
        {**good, "classes": "gbt30428-2013/event/0105", "shape": "round"},
        {**good, "radius_m": "-1"},
    )
    _, faults = dedupe_rules_from(lines, PATTERNS)
    expected = {(3, "classes"), (4, "shape"), (5, "radius_m"), (5, "classes")}
    assert {(fault.line, fault.field) for fault in faults} == expected
    _, faults = quick_classes_from(rows({"classes": "x"}, {"classes": ""}), PATTERNS)
    assert [(fault.line, fault.field) for fault in faults] == [(2, "classes"), (3, "classes")]
