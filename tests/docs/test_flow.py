"""The life of one case names files that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROSE = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8").split("<!-- made:")[0]


def test_nine_paragraphs_tell_it() -> None:
    assert re.findall(r"^(\d)\. ", PROSE, re.MULTILINE) == [str(number) for number in range(1, 10)]


def test_every_file_it_names_is_there() -> None:
    named = [name for name in re.findall(r"`([a-z_/.]+)`", PROSE) if "/" in name and not name.startswith("src")]
    assert named
    assert [name for name in named if not (ROOT / "src" / "xiuhua" / name).exists()] == []
