"""The page about the interface: its commands are typed into a shell beside a real server, as they stand there."""

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from PIL import Image

from tests import needs
from tests.shell.test_cli_serving import running
from tests.shell.typing import ROOT, TINY, XIUHUA, Terminal, free_port
from xiuhua.domain.place import Wgs84
from xiuhua.space.locate import Located, Locator
from xiuhua.store.pack import open_district

PAGE = (ROOT / "docs" / "api" / "README.md").read_text(encoding="utf-8")
VALUES, *BLOCKS = re.findall(r"```(sh|json)\n(.*?)```", PAGE, re.DOTALL)
DEMO = dict(re.findall(r"(\w+)=(\S+)", VALUES[1]))
LITTLE = {
    "CENTRE": "centre", "LON": "110.0025", "LAT": "30.0025", "CLASS": "tiny/component/cover", "CONDITION": "broken",
}  # fmt: skip
PLAYED = date(2023, 3, 16)  # a day of the demo
MARK = "-- answered --"
VARY = {"number", "at", "id", "received", "stored", "size", "width", "height"}  # from district to district


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each block of commands wrote, in the order of the page."""
    shell = shutil.which("bash") if shutil.which("curl") else None
    if shell is None:
        needs.missing("bash and curl")
    folder = tmp_path_factory.mktemp("page")
    terminal, port = Terminal(folder / "home"), free_port()
    assert terminal.types(f"demo --pack {TINY} --no-serve").code == 0
    Image.new("RGB", (640, 480), (90, 120, 60)).save(folder / "photo.jpg")
    with running(terminal, "serve", port):
        typed = [f'python3() {{ {sys.executable} "$@"; }}', _as_command(), *_commands()]
        values = {"API": f"http://127.0.0.1:{port}/api/v1", **LITTLE}
        done = subprocess.run(
            [shell, "-euo", "pipefail", "-c", "\n".join(typed)], capture_output=True, text=True, timeout=120,
            cwd=folder, env=terminal.environment(**values),
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split(f"{MARK}\n")[:-1]


def _as_command() -> str:
    python, option, program = XIUHUA
    return f"xiuhua() {{ {python} {option} '{program}' \"$@\"; }}"


def _commands() -> list[str]:
    return [f"{text}\necho; echo '{MARK}'" for kind, text in BLOCKS if kind == "sh"]


def _shown() -> list[tuple[int, dict[str, Any]]]:
    """Each answer that the page shows, with the number of the block of commands before it."""
    found, count = [], -1
    for kind, text in BLOCKS:
        count += kind == "sh"
        if kind == "json":
            found.append((count, json.loads(text)))
    return found


@pytest.mark.parametrize(("block", "shown"), _shown())
def test_a_command_is_answered_as_the_page_shows(answers: list[str], block: int, shown: dict[str, Any]) -> None:
    answer = json.loads(answers[block])
    assert answer.keys() == shown.keys()
    assert {k: v for k, v in answer.items() if k not in VARY} == {k: v for k, v in shown.items() if k not in VARY}


def test_nothing_is_refused_but_what_the_page_shows_as_refused(answers: list[str]) -> None:
    refused = [block for block, answer in enumerate(answers) if "urn:xiuhua:problem" in answer]
    assert refused == [block for block, shown in _shown() if "type" in shown]


def test_a_list_found_the_case_by_its_text(answers: list[str]) -> None:
    number = json.loads(answers[_shown()[0][0]])["number"]
    searched = next(block for block, text in enumerate(_commands()) if "text=人行道" in text)
    assert number in answers[searched]


def test_the_values_at_its_beginning_are_the_demos() -> None:
    district = open_district(ROOT / "districts" / "rencheng")
    key = district.key_of(DEMO["CLASS"])
    assert key is not None
    assert DEMO["CONDITION"] in {condition.id for condition in district.catalog.conditions if condition.key == key}
    assert district.organisation(DEMO["CENTRE"])
    place = Wgs84(float(DEMO["LON"]), float(DEMO["LAT"]))
    assert isinstance(Locator(district.grids, PLAYED).locate(place), Located)
    assert LITTLE.keys() | {"API"} == DEMO.keys()
