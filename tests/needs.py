"""What a test needs of the machine. Missing, it is skipped with a sentence; where CI runs, it fails."""

import os
import shutil
from typing import NoReturn

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing(what: str) -> NoReturn:
    if os.environ.get("XIUHUA_REQUIRE_ALL"):
        pytest.fail(f"missing here: {what}", pytrace=False)
    pytest.skip(f"missing here: {what}")


def browser() -> str:
    """The path of a Chromium."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or missing("a Chromium browser")
