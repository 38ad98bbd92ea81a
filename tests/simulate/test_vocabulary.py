"""The words are whole sentences, and nobody's name or number."""

import random
import re
from pathlib import Path

import pytest

import xiuhua.simulate
from xiuhua.simulate.vocabulary import SMALL, Matter, vocabulary

WORDS = vocabulary()
MATTERS = [*dict.fromkeys(WORDS.matters.values()), WORDS.default]
SOURCES = "".join(file.read_text(encoding="utf-8") for file in Path(xiuhua.simulate.__path__[0]).glob("*.py"))


@pytest.mark.parametrize("matter", MATTERS, ids=lambda m: m.names[0] if m.names else "default")
def test_every_sentence_can_be_said(matter: Matter) -> None:
    for pattern in matter.says:
        said = pattern.format(where="东街道菜市场旁", n=SMALL[0], condition="破损", **{"class": "井盖"})
        assert "{" not in said
        assert "菜市场" in said
    assert matter.done


def test_every_reason_that_is_asked_for_is_there() -> None:
    assert set(re.findall(r'says\("([a-z-]+)"\)', SOURCES)) <= set(WORDS.reasons)
    assert set(re.findall(r'notes\("([a-z-]+)"\)', SOURCES)) <= set(WORDS.notes)


def test_no_telephone_can_ring() -> None:
    _, phone = WORDS.person(random.Random(1))
    assert phone.startswith("10")  # no mobile number begins so
    assert len(phone) == 11
