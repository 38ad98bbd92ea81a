"""The demo's data: made once, whole day by whole day, and found again at the next start."""

from pathlib import Path

import click
from django.conf import settings

from xiuhua.domain.journal import SYSTEM
from xiuhua.jobs.work import seal_file
from xiuhua.operations.install import install
from xiuhua.operations.world import world
from xiuhua.shell.demo_ground import lay
from xiuhua.shell.speaking import Bar, tell, text
from xiuhua.simulate.plan import read_plan
from xiuhua.simulate.play import begin, play, state
from xiuhua.store.lock import writing
from xiuhua.store.reference import NoDistrict, files


def ready(folder: Path, password: str, size: str) -> None:
    """Lay the ground and play what is not played yet. Never touches a data folder that holds a real district."""
    begun = state()
    if begun is not None and begun.whole:
        return
    if begun is None:
        _refuse_real()
        tell("首次启动：正在生成演示数据", "first start: making the demo's data")
        _begin(folder, password)
    else:
        tell(f"继续生成：已完成 {begun.played.days} 天", f"going on: {begun.played.days} days are there")
    lay(folder, size, read_plan(folder))
    done = play(world(), seal_file(), Bar("生成", "playing"))
    tell(f"已生成线索 {done.notices} 条、流转 {done.moves} 条", f"{done.notices} notices and {done.moves} moves played")


def _begin(folder: Path, password: str) -> None:
    """District, people and plan are there together or not at all. Its rules are older than its first notice."""
    plan = read_plan(folder)
    with writing():
        install(folder, SYSTEM, plan.eve, people=True, password=password)
        begin(plan)


def _refuse_real() -> None:
    try:
        there = files().name
    except NoDistrict:
        return
    home = settings.XIUHUA_HOME
    raise click.ClickException(
        text(
            f"{home} 中已有区“{there}”，演示需要空的数据文件夹：XIUHUA_HOME=var/demo make demo",
            f"{home} holds the district “{there}”; the demo needs an empty folder: XIUHUA_HOME=var/demo make demo",
        )
    )
