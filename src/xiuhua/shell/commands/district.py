"""`init` loads a district pack, `check-pack` says what is wrong with one, `write-pack` takes out the one in force."""

import sys
from pathlib import Path

import click

from xiuhua.shell.commands import FORMAT
from xiuhua.shell.speaking import LANGUAGE, answer, text
from xiuhua.shell.start import begin, begin_in_step

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(help=text("载入区数据包（新版本立即生效）", "load a district pack; a new edition is in force at once"))
@click.option("--pack", "folder", type=FOLDER, required=True, help=text("数据包文件夹", "folder of the pack"))
@click.option("--people", is_flag=True, help=text("为包内人员建立账号", "make accounts for the people in the pack"))
@FORMAT
def init(folder: Path, people: bool, form: str) -> None:
    begin_in_step()
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.operations.clock import now
    from xiuhua.operations.install import install

    done = install(folder, SYSTEM, now(), people=people)
    row = {"pack": done.pack, "version": done.version, "changed": list(done.changed), "people": done.people}
    zh = f"已载入 {done.pack}（版本 {done.version}），{len(done.changed)} 个文件有变化，新建账号 {done.people} 个"
    en = f"loaded {done.pack} (version {done.version}): {len(done.changed)} files changed, {done.people} accounts made"
    answer(row, [text(zh, en)], form)


@click.command("write-pack", help=text("写出现行区数据包", "write out the district's data in force, as a pack"))
@click.argument("folder", type=FOLDER)
@FORMAT
def write_pack(folder: Path, form: str) -> None:
    begin_in_step()
    from xiuhua.operations.install import write_out

    done = write_out(folder)
    zh, en = f"已写出 {len(done)} 个文件到 {folder}", f"{len(done)} files written to {folder}"
    answer({"files": [str(file) for file in done]}, [text(zh, en)], form)


@click.command("check-pack", help=text("检查数据包，指出文件、行、字段", "name file, line and field of every fault"))
@click.argument("folder", type=FOLDER)
@FORMAT
def check_pack(folder: Path, form: str) -> None:
    begin()
    from xiuhua.operations.check_pack import check_pack as check
    from xiuhua.operations.check_pack import lines, refused
    from xiuhua.operations.clock import utc_now

    found = check(folder, utc_now().date())
    answer([finding.row() for finding in found], lines(found, LANGUAGE), form)
    if refused(found):
        sys.exit(1)
