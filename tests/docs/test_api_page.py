"""The page about the interface: every command on it is typed into a shell, beside a real server, as it stands there."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests import needs
from tests.shell.test_cli_serving import running
from tests.shell.typing import ROOT, TINY, Terminal, free_port
from xiuhua.store.pack import load
from xiuhua.space.locate import Located, Locator

PAGE = (ROOT / "docs" / "api" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(sh|json)\n(.*?)```", PAGE, re.DOTALL)
VALUES, COMMANDS = BLOCKS[0][1], BLOCKS[1:]
DEMO = {name: value for name, value in re.findall(r"(\w+)=(\S+)", VALUES)}
TINY_VALUES = {"CENTRE": "centre", "LON": "120.015", "LAT": "30.005", "CLASS": "tiny/component/cover", "CONDITION": "broken"}
MARK = "-- block --"
SAME = ("type", "title", "status", "detail", "code", "field", "kind", "move", "stage", "version")
