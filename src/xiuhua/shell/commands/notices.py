"""`import notices` brings cases in from a file, `export` writes them out."""

import sys
from pathlib import Path
from typing import TextIO

import click

from xiuhua.shell.commands import FORMAT
from xiuhua.shell.speaking import LANGUAGE, Bar, answer, text
from xiuhua.shell.start import begin, begin_in_step

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("import", help=text("导入", "bring data in"))
def import_group() -> None:
    pass


@import_group.command(help=text("按映射文件导入其他系统的案件", "bring in cases of another system by a mapping"))
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, required=True, help=text("映射文件（TOML）", "the mapping (TOML)"))
@FORMAT
def notices(file: Path, mapping: Path, form: str) -> None:
    begin_in_step()
    from django.conf import settings

    from xiuhua.exchange.notices import import_notices

    bar = Bar("导入", "importing")

    def progress(step: str, done: int, of: int) -> None:
        bar(done, of)

    report = import_notices(file, mapping, settings.XIUHUA_HOME / "packs", "system", progress)
    lines = [f"{file.name}:{x.line} {x.field}: {x.words.text(LANGUAGE)}" for x in report.listed]
    zh = f"读入 {report.read} 行：导入 {report.brought}，已有 {report.known}，不能用 {len(report.refused)}"
    en = f"{report.read} lines: {report.brought} brought in, {report.known} known, {len(report.refused)} of no use"
    answer(report.row(), [*lines, text(zh, en)], form)


@click.command(help=text("导出案件（按权限遮蔽人员）", "write cases out, masked by what the account may see"))
@click.option("--as", "username", required=True, help=text("以哪个账号的权限导出", "the account whose rights apply"))
@click.option("--out", type=click.File("w", encoding="utf-8", lazy=True), default="-", help=text("文件", "file"))
@click.option("--kind", default="case", help=text("登记种类", "register"))
@click.option("--stage", "stages", multiple=True, help=text("阶段，可多次", "stage; may be repeated"))
@click.option("--unit", default="", help=text("处置单位", "unit"))
@click.option("--format", "form", type=click.Choice(["csv", "json-lines"]), default="csv")
@click.option("--excel", is_flag=True, help=text("加 BOM，便于 Excel 打开", "with a byte order mark, for Excel"))
@click.option("--trailer", is_flag=True, help=text("末行附登记指标", "a last line with the registered figure"))
def export(
    username: str, out: TextIO, kind: str, stages: tuple[str, ...], unit: str, form: str, excel: bool, trailer: bool
) -> None:
    begin()
    from xiuhua.domain.words import Refusal
    from xiuhua.operations.acting import acting_as
    from xiuhua.operations.export import Form
    from xiuhua.operations.export import export as write_out
    from xiuhua.operations.world import world
    from xiuhua.store.queries import Filter

    here = world()
    who = acting_as(username, here.district.day_of(here.now()))
    done = who if isinstance(who, Refusal) else write_out(
        Filter(kind=kind, stages=stages, unit=unit), who, here, out, Form(form),
        language=LANGUAGE, bom=excel, trailer=trailer,
    )  # fmt: skip
    if isinstance(done, Refusal):
        click.echo(done.words.text(LANGUAGE), err=True)
        sys.exit(1)
    click.echo(text(f"已导出 {done.lines} 行", f"{done.lines} lines written"), err=True)
