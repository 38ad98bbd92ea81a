"""`verify` proves the past, `rebuild` proves that where each subject stands follows from it."""

import sys
from pathlib import Path

import click

from xiuhua.shell.commands import FORMAT
from xiuhua.shell.speaking import LANGUAGE, Bar, answer, text
from xiuhua.shell.start import begin


@click.command(help=text("核对流转链与封存，指出首个被改动的行", "check chains and seals; name the first row changed"))
@click.option(
    "--seals",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=text("另存的封存文件，可发现被截断或重写", "a kept file of seals: finds a cut tail or a rewritten past"),
)
@FORMAT
def verify(seals: Path | None, form: str) -> None:
    begin()
    from xiuhua.operations.verify import verify as check

    found = check(Bar("核对", "verifying"), seals)
    zh = f"流转 {found.transitions} 条，文字 {found.texts} 条（已删除 {found.erased}），封存 {found.seals} 批"
    en = f"{found.transitions} transitions, {found.texts} texts ({found.erased} erased), {found.seals} seals"
    verdict = text("全部相符", "all is as it was written") if found.ok else text(
        f"发现 {found.wrong} 处不符", f"{found.wrong} things are not as they were written"
    )  # fmt: skip
    answer(found.row(), [text(zh, en), *(f.sentence(LANGUAGE) for f in found.findings), verdict], form)
    if not found.ok:
        sys.exit(1)


@click.command(help=text("由流转记录重算每个案件并报告差异", "recompute every row from its transitions"))
@click.option("--write", is_flag=True, help=text("把不一致的行改为重算结果", "put right the rows that differ"))
@FORMAT
def rebuild(write: bool, form: str) -> None:
    begin()
    from xiuhua.operations.rebuild import rebuild as recompute
    from xiuhua.operations.world import world

    found = recompute(world(), Bar("重算", "rebuilding"), write=write)
    row = {
        "subjects": found.subjects,
        "differing": found.differing,
        "written": found.written,
        "differences": [{"kind": d.kind, "number": d.number, "columns": list(d.columns)} for d in found.differences],
    }
    lines = [f"{d.kind} {d.number}: {', '.join(d.columns)}" for d in found.differences]
    zh = f"共 {found.subjects} 件，{found.differing} 件不一致，已改正 {found.written} 件"
    en = f"{found.subjects} subjects, {found.differing} differ, {found.written} put right"
    answer(row, [*lines, text(zh, en)], form)
    if found.differing and not write:
        sys.exit(1)


@click.command(
    help=text("删除案件中关于个人的文字，链仍可核对", "erase words about persons; the chain stays valid")
)
@click.argument("number")
@click.option("--as", "username", required=True, help=text("系统管理员的账号", "the account of an administrator"))
@click.option("--reason", required=True, help=text("理由，记入日志", "the reason, kept in the journal"))
@click.option("--kind", default="case", help=text("登记种类", "register"))
@click.option("--field", "fields", multiple=True, help=text("只删此项，可多次", "only this field; may be repeated"))
@FORMAT
def erase(number: str, username: str, reason: str, kind: str, fields: tuple[str, ...], form: str) -> None:
    begin()
    from xiuhua.domain.words import Refusal
    from xiuhua.operations.acting import acting_as
    from xiuhua.operations.erase import erase as empty
    from xiuhua.operations.world import world

    here = world()
    who = acting_as(username, here.district.day_of(here.now()), "administrator")
    done = who if isinstance(who, Refusal) else empty(kind, number, reason, who, here, fields=fields)
    if isinstance(done, Refusal):
        click.echo(done.words.text(LANGUAGE), err=True)
        sys.exit(1)
    row = {"kind": done.kind, "number": done.number, "texts": done.texts}
    answer(row, [text(f"{number} 已删除文字 {done.texts} 处", f"{number}: {done.texts} texts erased")], form)
