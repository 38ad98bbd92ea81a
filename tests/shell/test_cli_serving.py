"""`serve`, `demo` and `jobs`: they begin, answer, and end when they are told to; what is broken off goes on."""

import http.client
import json
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.shell.typing import TINY, Terminal, free_port

PATIENCE_SECONDS = 60


@contextmanager
def running(terminal: Terminal, line: str, port: str) -> "Iterator[subprocess.Popen[str]]":
    process = terminal.starts(line, PORT=port)
    try:
        _answers(process, port)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE_SECONDS)
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


def _answers(process: "subprocess.Popen[str]", port: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while _status(port) != 200:
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        assert time.monotonic() < until
        time.sleep(0.1)


def _status(port: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=5)
    try:
        connection.request("GET", "/sign-in/")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    terminal = Terminal(tmp_path_factory.mktemp("demo"))
    said = terminal.types(f"demo --pack {TINY} --no-serve")
    assert said.code == 0, said.err
    assert "已生成线索" in said.out
    assert "100 %" in said.err
    return terminal


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["TERM", "INT"])
def test_the_demo_greets_serves_and_ends(demo: Terminal, number: signal.Signals) -> None:
    port = free_port()
    started = time.monotonic()
    with running(demo, f"demo --pack {TINY}", port) as process:
        assert time.monotonic() - started < 20  # the second start; 1.4 s on a quiet machine
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, err
    assert f"http://127.0.0.1:{port}" in out
    assert "xiuhua-demo" in out
    assert "shou1" in out
    assert "Traceback" not in err
    assert _status(port) == 0


def test_a_port_in_use_is_said_before_anything_is_done(demo: Terminal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = demo.types("serve", PORT=str(taken.getsockname()[1]))
    assert said.code == 3
    assert "端口" in said.err
    assert "PORT=" in said.err


def test_one_data_folder_is_served_once(demo: Terminal) -> None:
    with running(demo, "serve", free_port()):
        said = [demo.types("serve", PORT=free_port()), demo.types("jobs")]
    assert [one.code for one in said] == [3, 3]
    assert all("已在另一个进程中启动" in one.err for one in said)


def test_a_server_killed_outright_leaves_nobody_behind(demo: Terminal) -> None:
    port = free_port()
    with running(demo, "serve", port) as process:
        process.kill()
        process.wait(PATIENCE_SECONDS)
        until = time.monotonic() + PATIENCE_SECONDS
        while _status(port):
            assert time.monotonic() < until
            time.sleep(0.2)


def test_the_demo_leaves_a_real_district_alone(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    assert terminal.types(f"init --pack {TINY}").code == 0
    said = terminal.types(f"demo --pack {TINY} --no-serve")
    assert said.code == 1
    assert "已有区" in said.err


@pytest.mark.parametrize("given", [{}, {"LANG": "en_GB.UTF-8"}], ids=["zh", "en"])
def test_a_plan_that_cannot_be_used_is_named(tmp_path: Path, given: dict[str, str]) -> None:
    (tmp_path / "pack" / "plan").mkdir(parents=True)
    (tmp_path / "pack" / "plan" / "operations.toml").write_text("days = 0")
    said = Terminal(tmp_path / "home").types(f"demo --pack {tmp_path / 'pack'} --no-serve", **given)
    assert said.code == 1
    assert "operations.toml" in said.err


def heads(terminal: Terminal) -> list[tuple[str, str]]:
    database = sqlite3.connect(terminal.home / "xiuhua.sqlite3")
    try:
        return database.execute("SELECT number, head FROM subject ORDER BY number").fetchall()
    finally:
        database.close()


def test_a_demo_that_was_killed_goes_on_and_is_the_same(demo: Terminal, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    kills = 0
    for seconds in (2.2, 1.5, 1.8):
        with terminal.starts(f"demo --pack {TINY} --no-serve") as process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                kills += 1
    assert kills
    said = terminal.types(f"demo --pack {TINY} --no-serve")
    assert said.code == 0, said.err
    assert heads(terminal) == heads(demo)
    assert json.loads(terminal.types("verify --format json").out)["ok"] is True


def test_jobs_end_when_told(demo: Terminal) -> None:
    with demo.starts("jobs") as process:
        assert process.stdout is not None
        assert "任务循环" in process.stdout.readline()
        time.sleep(0.5)
        process.terminate()
        assert process.wait(PATIENCE_SECONDS) == 0
