"""A clone is built from the same bytes everywhere, and no committed file says where they came from."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
REQUIREMENTS = ROOT / "requirements"
LOCKS = [REQUIREMENTS / "run.txt", REQUIREMENTS / "dev.txt", ROOT / "front" / "package-lock.json"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_carries_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    if lock.suffix == ".json":
        packages = json.loads(text)["packages"].values()
        assert not [package for package in packages if "resolved" in package]
    else:
        assert not re.search(r"://|^-|/opt/|file:", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS[:2], ids=lambda lock: lock.name)
def test_every_requirement_is_pinned_and_has_its_digests(lock: Path) -> None:
    text = re.sub(r"\\\n\s*", "", lock.read_text(encoding="utf-8"))
    pins = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert pins
    assert [pin for pin in pins if not re.match(r"^[a-z0-9.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", pin)] == []


def test_every_script_package_has_its_digest() -> None:
    packages = json.loads(LOCKS[2].read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_the_package_asks_for_what_the_lock_was_made_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [line.split("#")[0].strip() for line in (REQUIREMENTS / "run.in").read_text().splitlines()]
    assert project["dependencies"] == [line for line in asked if line]


def test_the_settings_of_npm_name_no_registry() -> None:
    assert "registry=" not in (ROOT / "front" / ".npmrc").read_text(encoding="utf-8").replace("registry-resolved=", "")
