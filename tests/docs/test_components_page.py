"""The page about components names the fields, editions, words and options as the program has them."""

import re

import pytest

from tests.shell.typing import ROOT
from xiuhua.domain.component import ACCURACY_M, ORIGINS, STATES
from xiuhua.domain.component_file import EDITIONS, FIELDS
from xiuhua.shell.commands.components import components

PAGE = (ROOT / "docs" / "use" / "components.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_stands_there(field: str) -> None:
    assert f"`{field}`" in PAGE


@pytest.mark.parametrize("name", [name for names in EDITIONS.values() for name in names.values()])
def test_every_name_of_an_edition_stands_there(name: str) -> None:
    assert re.search(rf"\b{name}\b", PAGE) or (name.startswith("DeptCode") and name[-1] in "123")


def test_words_and_classes_of_accuracy_stand_there() -> None:
    for words in (*STATES.values(), *ORIGINS.values()):
        assert words.zh in PAGE
    for grade, metres in ACCURACY_M.items():
        assert f"{grade} ±{metres} m" in PAGE


def test_the_commands_and_options_are_there() -> None:
    for line in re.findall(r"^xiuhua components .*$", PAGE, re.MULTILINE):
        _, _, name, *rest = line.split("#")[0].split()
        command = components.commands[name]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= known
