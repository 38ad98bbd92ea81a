"""Chinese and English are both complete: English is the msgid, Chinese stands in the catalogue."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.look.messages import SOURCE, TEMPLATES, msgids, unmarked

CATALOGUE = SOURCE / "look" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def _catalogue() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale="zh_Hans") if m.id}


def test_every_sentence_has_its_chinese() -> None:
    catalogue = _catalogue()
    assert sorted(m for m in msgids() if not catalogue.get(m)) == []


def test_the_catalogue_keeps_no_sentence_that_nobody_says() -> None:
    assert sorted(set(_catalogue()) - msgids()) == []


def test_chinese_keeps_the_places_that_are_filled_in() -> None:
    def places(text: str) -> list[str]:
        return sorted(part.split(")")[0] for part in text.split("%(")[1:])

    assert [m for m, zh in _catalogue().items() if places(m) != places(zh)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_template_says_nothing_untranslated(path: Path) -> None:
    assert unmarked(path) == []
