"""`layers import`, `layers export`, `layers to-pack`: between layer files and the district."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from xiuhua.domain.grid import Tier
from xiuhua.domain.words import Refusal
from xiuhua.shell.commands import FORMAT
from xiuhua.shell.commands.layer_options import (
    AS,
    CRS,
    DAY,
    ENCODING,
    FILE,
    LAYER,
    OUT,
    REPLACE,
    TO_CRS,
    free,
    option,
    refuse,
    written,
)
from xiuhua.shell.speaking import LANGUAGE, answer, text
from xiuhua.shell.start import begin, begin_in_step

TIERS = click.Choice([tier.value for tier in Tier])


@click.command(
    "import", help=text("载入底图要素与地名，整层替换，记入日志", "load base map and places; journaled")
)
@click.argument("file", type=FILE)
@AS
@option(
    "--layer", "pairs", multiple=True, metavar="NAME[=KIND]",
    zh="只载入此图层，可多次；=KIND 指明是哪种图层，如 道路=road",
    en="only this layer, may be repeated; =KIND says what it is, as in 道路=road",
)  # fmt: skip
@option("--keep", zh="保留文件中没有的要素", en="keep features that are not in the file", is_flag=True)
@CRS
@ENCODING
@FORMAT
def import_layers(file: Path, username: str, pairs: tuple[str, ...], form: str, **given: Any) -> None:
    begin_in_step()
    from xiuhua.operations.acting import acting_as
    from xiuhua.operations.put_ground import Source, put_ground
    from xiuhua.operations.world import world

    here = world()
    who = acting_as(username, here.today, "administrator")
    source = Source(file, tuple(_pair(pair) for pair in pairs), given["crs"], given["encoding"])
    done = who if isinstance(who, Refusal) else put_ground(source, who, here, whole=not given["keep"])
    if isinstance(done, Refusal):
        refuse(done)
    lines = [note.text(LANGUAGE) for one in done for note in one.notes] + [_put_line(one) for one in done]
    answer([_put_row(one) for one in done], lines, form)


def _pair(given: str) -> tuple[str, str]:
    name, _, kind = given.rpartition("=")
    return (name, kind) if name else (kind, kind)


def _put_row(one: Any) -> dict[str, Any]:
    put = one.put
    return {"layer": one.layer, "new": put.new, "changed": put.changed, "gone": put.gone, "same": put.same}


def _put_line(one: Any) -> str:
    put, name = one.put, one.words.text(LANGUAGE)
    zh = f"{name}：新增 {put.new}，更改 {put.changed}，移除 {put.gone}，未变 {put.same}"
    return text(zh, f"{name}: {put.new} new, {put.changed} changed, {put.gone} gone, {put.same} the same")


@click.command(
    help=text("导出本区图层：网格、道路、地名、部件等", "write out the district's grids, roads, places, components")
)
@click.argument("out", type=OUT)
@AS
@option("--layer", "names", zh="图层，可多次；默认全部", en="a layer, may be repeated; otherwise all", multiple=True)
@option("--day", zh="哪一天的网格与地名（默认今天）", en="grids and places of which day; otherwise today", type=DAY)
@TO_CRS
@REPLACE
@FORMAT
def export(out: Path, username: str, names: tuple[str, ...], form: str, **given: Any) -> None:
    begin()
    from xiuhua.operations.acting import acting_as
    from xiuhua.operations.export_layers import Wanted, export_layers
    from xiuhua.operations.world import world

    free(out, given["replace"])
    here = world()
    who = acting_as(username, here.today)
    wanted = Wanted(names, given["day"].date() if given["day"] else None, given["to_crs"])
    done = who if isinstance(who, Refusal) else export_layers(out, wanted, who, here)
    if isinstance(done, Refusal):
        refuse(done)
    written(out, done.counts, done.notes, form)


@click.command(
    "to-pack", help=text("把别处绘制的网格写入数据包（有错不写）", "grids drawn elsewhere into a pack, if faultless")
)
@click.argument("file", type=FILE)
@click.argument("pack", type=click.Path(path_type=Path, file_okay=False, exists=True))
@option("--tier", zh="网格层级", en="the tier of the grids", type=TIERS, required=True)
@option("--code", zh="编码列", en="the column of codes", required=True)
@option("--name", zh="中文名列（默认用编码）", en="column of Chinese names; otherwise the code", default="")
@option("--name-en", zh="英文名列（默认用编码）", en="column of English names; otherwise the code", default="")
@option(
    "--parent", zh="上级编码列（默认按编码开头）", default="",
    en="column of the grid that each lies in; otherwise the beginning of its code",
)  # fmt: skip
@option("--area-class", zh="区域类别列", en="column of area classes", default="")
@option("--from", "first", zh="生效日（默认今天）", en="the first day they hold; otherwise today", type=DAY)
@LAYER
@CRS
@ENCODING
@FORMAT
def to_pack(file: Path, pack: Path, first: datetime | None, form: str, **given: Any) -> None:
    begin()
    from xiuhua.operations.layers_to_pack import Drawn, Faulty, layers_to_pack
    from xiuhua.space.layers import read_layer

    columns = {name: given[name] for name in ("code", "name", "name_en", "parent", "area_class")}
    layer = read_layer(file, given["layer"], given["crs"], given["encoding"])
    done = layers_to_pack(Drawn(layer, Tier(given["tier"]), **columns), pack, _day(first))
    if isinstance(done, Refusal):
        refuse(done)
    if isinstance(done, Faulty):
        said = [*(finding.sentence(LANGUAGE) for finding in done.findings), *done.report.lines(LANGUAGE)]
        row = {"written": 0, **done.report.row(), "findings": [finding.row() for finding in done.findings]}
        answer(row, [*said, text("未写入数据包", "nothing was written to the pack")], form)
        sys.exit(1)
    notes = [note.text(LANGUAGE) for note in done.notes]
    zh, en = f"已写入 {pack}：{done.grids} 个网格", f"written to {pack}: {done.grids} grids"
    answer({"written": done.grids, "pack": str(pack)}, [*notes, text(zh, en)], form)


def _day(given: datetime | None) -> date:
    from xiuhua.operations.clock import utc_now

    return (given or utc_now()).date()
