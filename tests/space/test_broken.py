"""What is wrong with a shape is said in the reader's language, with its place; nothing of the library's words is left."""

import re

import pytest
import shapely

from xiuhua.space.broken import OTHERWISE, REASONS, broken, told

SQUARE = "(0 0, 9 0, 9 9, 0 9, 0 0)"
LATIN = re.compile("[A-Za-z]")


@pytest.mark.parametrize(
    ("text", "zh", "place"),
    [
        ("POLYGON((0 0, 2 2, 2 0, 0 2, 0 0))", "边界自相交", (1, 1)),
        ("POLYGON((0 0, 4 0, 4 4, 2 0, 0 4, 0 0))", "环与自身相接", (2, 0)),
        ("POLYGON((0 0, 1 0, 1 1, 0 0), (5 5, 6 5, 6 6, 5 5))", "洞在外环之外", (5, 5)),
        (f"POLYGON({SQUARE}, (1 1, 5 1, 5 5, 1 5, 1 1), (2 2, 3 2, 3 3, 2 3, 2 2))", "洞中有洞", (2, 2)),
        (f"POLYGON({SQUARE}, (0 5, 4 1, 9 5, 4 9, 0 5))", "洞把面隔成几块", (9, 5)),
        (f"MULTIPOLYGON(({SQUARE}), ((1 1, 2 1, 2 2, 1 2, 1 1)))", "一块在另一块之内", (1, 1)),
        ("LINESTRING(1 1, 1 1)", "点太少", (1, 1)),
    ],
)  # fmt: skip
def test_the_library_is_understood(text: str, zh: str, place: tuple[float, float]) -> None:
    found = broken(shapely.from_wkt(text))
    assert (found.words.zh, found.point.coords[0]) == (zh, place)
    assert found.words in REASONS.values()


def test_no_chinese_sentence_has_an_english_reason() -> None:
    assert [words.zh for words in (*REASONS.values(), OTHERWISE) if LATIN.search(words.zh)] == []


@pytest.mark.parametrize(
    ("reason", "place"), [("Something new[3 4.5]", (3, 4.5)), ("Something new", (7, 8)), ("Valid Geometry", (7, 8))]
)
def test_a_reason_nobody_knows_keeps_its_place_and_is_said_in_general(reason: str, place: tuple[float, float]) -> None:
    found = told(reason, shapely.LineString([(7, 8), (9, 9)]))
    assert (found.words, found.crossing, found.point.coords[0]) == (OTHERWISE, False, place)
