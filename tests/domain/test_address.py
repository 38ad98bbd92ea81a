"""Place words taken apart, as a table that a clerk can proof-read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.address import Address, Offset, address

DIVISIONS = ("试验区", "东街道", "第一社区")
NOTHING: dict[str, object] = {}


@pytest.mark.parametrize(
    ("text", "name", "more"),
    [
        ("人民公园", "人民公园", NOTHING),
        ("东市场路", "东市场路", NOTHING),  # a road whose name looks like a city
        ("山东省济宁市试验区东街道第一社区人民公园", "人民公园", NOTHING),
        ("试验区", "试验区", NOTHING),  # nothing would be left
        ("绣云路18号", "绣云路18号", {"road": "绣云路", "plate": "18"}),
        ("绣云路１８－２号", "绣云路18-2号", {"road": "绣云路", "plate": "18-2"}),
        ("绣云路18之2号", "绣云路18之2号", {"road": "绣云路", "plate": "18-2"}),
        ("试验区绣云路 18 号门前", "绣云路 18 号", {"road": "绣云路", "plate": "18", "near": True}),
        ("绣云路18号锦绣苑", "锦绣苑", {"road": "绣云路", "plate": "18", "near": True}),
        ("柳家胡同3号", "柳家胡同3号", {"road": "柳家胡同", "plate": "3"}),
        ("绣云路与东一路交叉口", "绣云路与东一路交叉口", {"road": "绣云路", "crossing": "东一路"}),
        ("绣云路、东一路路口", "绣云路、东一路路口", {"road": "绣云路", "crossing": "东一路"}),
        ("绣云路东一路口", "绣云路东一路口", NOTHING),
        ("人民公园附近", "人民公园", {"near": True}),
        ("人民公园东100米", "人民公园", {"offset": Offset(100, 0), "near": True}),
        ("人民公园往西北约50米处", "人民公园", {"offset": Offset(-35.355, 35.355), "near": True}),
        ("绣云路18号东侧30米", "绣云路18号", {"road": "绣云路", "plate": "18", "offset": Offset(30, 0), "near": True}),
        ("人民公园东9999米", "人民公园东9999米", NOTHING),  # nobody paces out ten kilometres
        ("", "", NOTHING),
    ],
)  # fmt: skip
def test_words_are_taken_apart(text: str, name: str, more: dict[str, object]) -> None:
    assert address(text, DIVISIONS) == Address(name, **more)  # type: ignore[arg-type]


@given(st.text(max_size=400))
def test_any_words_can_be_read(text: str) -> None:
    found = address(text, DIVISIONS)
    assert len(found.name) <= 200
    assert (found.plate == "" or found.road) and (found.crossing == "" or found.road)
