"""The glossary lists the words in use, each with the place that decides it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GLOSSARY = ROOT / "GLOSSARY.md"
SOURCE = ROOT / "src" / "xiuhua"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| word ")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_word_is_used_where_the_glossary_says(row: list[str]) -> None:
    place = SOURCE / row[3].strip("`")
    files = [place] if place.is_file() else list(place.rglob("*.py"))
    code = "\n".join(file.read_text(encoding="utf-8") for file in files).lower()
    word = re.sub(r"[ -]", "[ _-]?", row[0].lower())
    assert re.search(rf"(?<![a-z]){word}", code)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_word_has_its_chinese_and_its_meaning(row: list[str]) -> None:
    assert re.search(r"[\u4e00-\u9fff]", row[1])
    assert row[2]


def test_the_words_stand_in_order() -> None:
    words = [row[0].lower() for row in ROWS]
    assert words == sorted(set(words))
