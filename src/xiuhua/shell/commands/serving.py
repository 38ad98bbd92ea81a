"""`serve` answers pages and interface, `jobs` does what is due, `demo` plays an invented district and serves it."""

import fcntl
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from xiuhua.domain.people import Post
from xiuhua.shell.commands.ground import SIZES
from xiuhua.shell.speaking import LANGUAGE, Surroundings, tell, text
from xiuhua.shell.start import begin, begin_in_step

THREADS = 2  # ours: one may wait to write while the other reads; docs/decisions 0012
WORKERS_ON_POSTGRESQL = 2
DEMO_PASSWORD = "xiuhua-demo"  # noqa: S105 - printed for everybody, and given to the demo's accounts only
DEMO_PACK = Path(__file__).resolve().parents[4] / "districts" / "rencheng"
DEMO_NAMES = ("collector", "acceptor", "shift-leader", "dispatcher", "unit-desk", "handler", "evaluator",
              "supervising-officer", "leader", "administrator")  # fmt: skip


@click.command(help=text("启动网页与接口", "serve pages and interface"))
def serve() -> None:
    begin_in_step()
    from xiuhua.operations.clock import resume_demo_clock
    from xiuhua.store.reference import current_edition

    with _door():
        current_edition()  # says what to do where no district is loaded
        resume_demo_clock()
        _serve()


@click.command(help=text("执行到期任务（PostgreSQL 上可运行多个）", "do what is due; several may run on PostgreSQL"))
def jobs() -> None:
    begin()
    from xiuhua.jobs import run
    from xiuhua.store.reference import current_edition

    current_edition()  # says what to do where no district is loaded
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with _alone():
        tell("任务循环已启动，Ctrl-C 结束", "the jobs are running; Ctrl-C ends them")
        run(stop)


@click.command(help=text("演示：两周虚构业务，然后启动", "two weeks of invented operations, then serve"))
@click.option(
    "--pack", "folder", type=click.Path(path_type=Path, file_okay=False), default=DEMO_PACK,
    help=text("数据包文件夹（默认 districts/rencheng）", "folder of the pack, otherwise districts/rencheng"),
)  # fmt: skip
@click.option("--no-serve", is_flag=True, help=text("只生成数据，不启动", "play, but do not serve"))
@click.option(
    "--size", type=click.Choice(SIZES), default="full",
    help=text("虚构地面的规模（首次启动时）", "how much ground, at the first start"),
)  # fmt: skip
def demo(folder: Path, no_serve: bool, size: str) -> None:
    begin_in_step()
    from xiuhua.operations.clock import resume_demo_clock
    from xiuhua.shell.demo import ready

    if no_serve:
        ready(folder, DEMO_PASSWORD, size)
        return
    with _door():
        ready(folder, DEMO_PASSWORD, size)
        resume_demo_clock()
        _greet()
        _serve()


def _greet() -> None:
    """One account of each post, to try the product with."""
    from xiuhua.operations.world import world

    people = world().district.people
    tell("演示账号（密码均为 " + DEMO_PASSWORD + "）：", "accounts of the demo (password " + DEMO_PASSWORD + "):")
    for post in DEMO_NAMES:
        held = [p for p in people if any(h.post == post for h in p.holdings)]
        found = min(held, key=lambda p: len(p.holdings), default=None)  # whoever holds nothing else
        if found:
            click.echo(f"  {found.username:<26} {Post(post).words.text(LANGUAGE)}")


@contextmanager
def _door() -> Iterator[None]:
    """Before anything is changed: the port is free, and nobody else serves this data folder."""
    from django.conf import settings

    _free(settings.ENVIRONMENT.listen, settings.ENVIRONMENT.port)
    with _alone():
        yield


@contextmanager
def _alone() -> Iterator[None]:
    """On SQLite one process owns the data folder, its jobs too."""
    from django.conf import settings
    from django.db import connection

    with (settings.XIUHUA_HOME / "serving.lock").open("w") as file:
        try:
            if connection.vendor == "sqlite":
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            zh, en = f"{settings.XIUHUA_HOME} 已在另一个进程中启动", f"{settings.XIUHUA_HOME} is being served already"
            raise Surroundings(text(zh, en)) from None
        yield


def _serve() -> None:
    from django.conf import settings
    from django.db import connection
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    here = settings.ENVIRONMENT
    one = connection.vendor == "sqlite"
    connection.close()  # serving processes open their own
    tell(f"绣花已启动：{here.url}（Ctrl-C 结束）", f"Xiuhua is at {here.url} (Ctrl-C ends it)")
    if not one:
        tell("到期任务由另一个进程执行：xiuhua jobs", "what falls due is done by another process: xiuhua jobs")
    Server(
        "xiuhua.shell.served:application",
        address=here.listen,
        port=here.port,
        interface=Interfaces.WSGI,
        workers=1 if one else WORKERS_ON_POSTGRESQL,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()


def _free(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as wrong:
            raise Surroundings(
                text(
                    f"端口 {port} 不可用（{wrong.strerror}）；换一个，例如 PORT=8001",
                    f"port {port} cannot be used ({wrong.strerror}); take another, as in PORT=8001",
                )
            ) from None
