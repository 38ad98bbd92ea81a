"""Columns against the body: a moment is the same in any time zone, and nothing else may differ."""

import pytest

from xiuhua.store import past

BODY = ("case", "n", 1, "report", "", "reported", "cai1", "collector", "centre", None, 1, "")
MOMENTS = ("2023-03-06T01:00:00+00:00", "2023-03-06T01:00:00.500000+00:00", "2023-03-08T09:15:00+08:00")


def row(*moments: str | None) -> tuple[object, ...]:
    return (1, "", "", "", *BODY, *moments)


@pytest.mark.parametrize(
    ("moments", "columns"),
    [
        (("2023-03-06 01:00:00", "2023-03-06 01:00:00.500000", "2023-03-08 01:15:00"), []),
        (("2023-03-06 01:00:01", "2023-03-06 01:00:00.500000", "2023-03-08 01:15:00"), ["came"]),
        (("2023-03-06 01:00:00", "2023-03-06 01:00:00.500001", None), ["at", "due"]),
        (("2023-03-06 01:00:00", "not a moment", "2023-03-08 01:15:00"), ["at"]),
    ],
    ids=["the same moments", "a second later", "a microsecond later, and none", "no moment"],
)
def test_moments_are_compared_as_moments(moments: tuple[str | None, ...], columns: list[str]) -> None:
    assert past.differing(row(*moments), (*BODY, *MOMENTS)) == columns


@pytest.mark.parametrize("body", ["", "{", "[]", '{"kind":"case"}', "null", "{} {}"])
def test_what_is_no_transition_is_no_body(body: str) -> None:
    assert past.read_body(body) is None
