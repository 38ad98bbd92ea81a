"""`components`: surveys come in, one is changed, the register is proved from the journal; doubts are listed."""

import sys
from pathlib import Path
from typing import Any, Final

import click

from xiuhua.domain.component import STATES, State
from xiuhua.domain.words import Refusal, Words
from xiuhua.shell.commands import FORMAT
from xiuhua.shell.speaking import LANGUAGE, Bar, answer, said, text
from xiuhua.shell.start import begin

FILE = click.Path(path_type=Path, dir_okay=False)
SHOWN: Final = 20  # ours: lines of each sort on a screen; --format json has all
NAME: Final = r"[\w.-]{1,40}"


@click.group(help=text("部件：普查导入、变更、核对", "components: surveys, changes, proof"))
def components() -> None:
    pass


@components.command(
    "import", help=text("导入部件普查（CSV、GeoJSON、GPKG、SHP）", "take in a survey (CSV, GeoJSON, GPKG, SHP)")
)
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, help=text("字段映射（TOML）", "mapping of columns (TOML)"))
@click.option("--survey", "name", default="", help=text("普查名称", "the survey's name; else the file's"))
@click.option("--layer", default="", help=text("图层", "layer"))
@click.option("--crs", default="", help=text("坐标系，如 EPSG:4548", "coordinates, such as gcj02"))
@click.option("--full", is_flag=True, help=text("这些类别的全部：列出缺少的", "all of its classes: list the missing"))
@click.option(
    "--missing", type=click.Choice([State.LOST.value, State.REMOVED.value]),
    help=text("把缺少的标为丢失或移除", "mark what is missing"),
)  # fmt: skip
@click.option("--partial", is_flag=True, help=text("有错误时仍导入正确的行", "take the right lines beside wrong ones"))
@click.option("--dry-run", is_flag=True, help=text("只检查，不写入", "only check, write nothing"))
@FORMAT
def bring(
    file: Path, mapping: Path | None, name: str, layer: str, crs: str, full: bool, missing: str | None, partial: bool,
    dry_run: bool, form: str,
) -> None:  # fmt: skip
    begin()
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.exchange.components import read_survey
    from xiuhua.exchange.components.mapping import Mapping, read_mapping
    from xiuhua.operations.survey import Asked, survey
    from xiuhua.operations.world import world
    from xiuhua.space.layers import digest_of

    if missing and not full:
        raise click.UsageError(text("--missing 须与 --full 同用", "--missing needs --full"))
    lines = read_survey(file, read_mapping(mapping) if mapping else Mapping(), layer, crs)
    asked = Asked(
        _name(name or file.stem, given=bool(name)), file.name, digest_of(file), full=full,
        missing=State(missing) if missing else None, partial=partial, dry_run=dry_run,
    )  # fmt: skip
    done = survey(lines, asked, SYSTEM, world(), Bar("导入", "importing"))
    refused = bool(done.faults) and not partial
    row = {
        "file": file.name, "survey": done.entry, "read": done.read, "new": done.new, "changed": done.changed,
        "same": done.same, "missing": list(done.missing), "taken": not (refused or dry_run),
        "faults": [{"line": f.line, "field": f.field, "zh": f.words.zh, "en": f.words.en} for f in done.faults],
        "doubts": [doubt.row() for doubt in done.doubts],
    }  # fmt: skip
    answer(row, [*_listed(done), _verdict(done, refused, dry_run)], form)
    if refused:
        sys.exit(1)


def _name(name: str, *, given: bool) -> str:
    import re

    if re.fullmatch(NAME, name):
        return name
    if given:
        raise click.BadParameter(
            text("只能有文字、数字、点和连字符，至多 40 个", "letters, digits, dots and hyphens only, at most 40"),
            param_hint="--survey",
        )
    return re.sub(r"[^\w.-]+", "-", name)[:40] or "survey"


def _listed(done: Any) -> list[str]:
    faults = _first([said(fault) for fault in done.faults], "处错误", "faults")
    doubts = _first([_doubt(doubt) for doubt in done.doubts], "处存疑（未拒绝）", "doubts (not refused)")
    missing = _first([text(f"缺少 {code}", f"missing: {code}") for code in done.missing], "个缺少", "missing")
    return [*faults, *doubts, *missing]


def _doubt(doubt: Any) -> str:
    at = text(f"第 {doubt.line} 行 ", f"line {doubt.line} ") if doubt.line else ""
    where = f"{doubt.place.lon}, {doubt.place.lat}"
    words: Words = doubt.words
    return text(f"存疑 {at}{doubt.code}（{where}）：", f"doubt: {at}{doubt.code} ({where}): ") + words.text(LANGUAGE)


def _first(lines: list[str], zh: str, en: str) -> list[str]:
    rest = len(lines) - SHOWN
    more = text(f"…… 另有 {rest} {zh}，全部见 --format json", f"… and {rest} more {en}; --format json has all")
    return lines if rest <= 0 else [*lines[:SHOWN], more]


def _verdict(done: Any, refused: bool, dry_run: bool) -> str:
    if refused:
        return text(
            f"读入 {done.read} 行，{len(done.faults)} 处错误，未导入（--partial 可只导入正确的行）",
            f"{done.read} lines, {len(done.faults)} faults: nothing was taken (--partial takes the right lines)",
        )
    zh = (
        f"读入 {done.read} 行：新增 {done.new}，变更 {done.changed}，未变 {done.same}，错误 {len(done.faults)}，"
        f"缺少 {len(done.missing)}"
    )
    en = (
        f"{done.read} lines: {done.new} new, {done.changed} changed, {done.same} the same, {len(done.faults)} faults, "
        f"{len(done.missing)} missing"
    )
    return text(zh, en) + (text("（仅检查）", " (only checked)") if dry_run else "")


@components.command(help=text("修改一个部件，记入日志", "change one component; it goes to the journal"))
@click.argument("code")
@click.option("--as", "username", required=True, help=text("以哪个账号", "the account whose rights apply"))
@click.option("--state", help=text("状态，如 破损", "state, such as damaged"))
@click.option("--owner", help=text("权属单位代码", "code of the owner"))
@click.option("--keeper", help=text("养护单位代码", "code of the keeper"))
@click.option("--label", help=text("标识（杆号等）", "what is written on it"))
@click.option("--note", help=text("备注", "note"))
@click.option("--place", nargs=2, type=float, help=text("经度 纬度（WGS 84）", "longitude latitude (WGS 84)"))
@FORMAT
def change(code: str, username: str, place: tuple[float, float] | None, form: str, **given: str | None) -> None:
    begin()
    from xiuhua.domain.people import Right
    from xiuhua.domain.place import Wgs84
    from xiuhua.operations.acting import acting_as
    from xiuhua.operations.components import change_component
    from xiuhua.operations.world import world

    here = world()
    who = acting_as(username, here.today)
    lacking = who if isinstance(who, Refusal) else who.lacks(Right.KEEP_COMPONENTS)
    fields = {name: value for name, value in given.items() if value is not None}
    at = Wgs84(*place) if place else None
    done = lacking or change_component(code, fields, who.by, here, at)  # type: ignore[union-attr]
    if isinstance(done, Refusal):
        click.echo(done.words.text(LANGUAGE), err=True)
        sys.exit(1)
    state = STATES[done.component.state].text(LANGUAGE)
    row = {"code": done.component.code, "version": done.version, "entry": done.survey, "state": done.component.state}
    zh, en = f"{code} 已修改，第 {done.version} 版，{state}", f"{code} is changed: version {done.version}, {state}"
    answer(row, [text(zh, en)], form)


@components.command(help=text("由日志核对部件台账", "prove the register from the journal"))
@FORMAT
def verify(form: str) -> None:
    begin()
    from xiuhua.operations.verify_components import verify_components

    found = verify_components()
    lines = [f"{one.entry}{text('：', ': ')}{one.words.text(LANGUAGE)}" for one in found.findings]
    zh = f"版本 {found.versions} 个，日志 {found.entries} 条，{len(found.findings)} 处不符"
    en = f"{found.versions} versions, {found.entries} entries, {len(found.findings)} do not agree"
    row = {
        "versions": found.versions, "entries": found.entries,
        "findings": [{"entry": f.entry, "zh": f.words.zh, "en": f.words.en} for f in found.findings],
    }  # fmt: skip
    answer(row, [*_first(lines, "处", "findings"), text(zh, en)], form)
    if found.findings:
        sys.exit(1)
