"""A base map from outside: what may be asked of the browser for it, and what is refused."""

import pytest

from xiuhua.domain.base_map import BaseDatum, BaseKind, BaseMap, faults_of, origin_of


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example"),
        ("http://10.0.0.7:8080/t/{z}/{x}/{y}", "http://10.0.0.7:8080"),
        ("//tiles.example/x", ""),
        ("javascript:alert(1)", ""),
        ("https://user:word@tiles.example/", ""),
        ("https://tiles.example; script-src *", ""),
        ("https://tiles.example:99999/", ""),
        ("https://[::1", ""),
        ("", ""),
    ],
)
def test_a_policy_is_opened_for_an_origin_and_nothing_else(url: str, origin: str) -> None:
    assert origin_of(url) == origin


GOOD = BaseMap(BaseKind.RASTER, "https://tiles.example/{z}/{x}/{y}.png", "示例", BaseDatum.GCJ02, 18)


@pytest.mark.parametrize(
    ("base", "faults"),
    [
        (BaseMap(), set()),
        (GOOD, set()),
        (BaseMap(BaseKind.VECTOR, "https://tiles.example/style.json", hosts=("https://cdn.example",)), set()),
        (BaseMap(BaseKind.RASTER, "https://tiles.example/map.png"), {"url"}),
        (BaseMap(BaseKind.VECTOR, "style.json"), {"url"}),
        (BaseMap(BaseKind.RASTER, GOOD.url, max_zoom=40), {"max_zoom"}),
        (BaseMap(BaseKind.RASTER, GOOD.url, hosts=("cdn.example",)), {"hosts"}),
    ],
)
def test_what_is_wrong_is_named_by_its_key(base: BaseMap, faults: set[str]) -> None:
    assert set(faults_of(base)) == faults
    assert all(words.zh and words.en for words in faults_of(base).values())


def test_only_a_map_in_the_shifted_datum_shifts_and_only_where_there_is_one() -> None:
    assert GOOD.shifted
    assert not BaseMap(datum=BaseDatum.GCJ02).shifted
    assert GOOD.origins == ("https://tiles.example",)
    assert BaseMap(url=GOOD.url).origins == ()
