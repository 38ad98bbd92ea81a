"""`layers`: what is in a layer file, and into the database with it."""

import sys
from pathlib import Path
from typing import Any

import click

from xiuhua.domain.words import Refusal
from xiuhua.shell.commands import FORMAT
from xiuhua.shell.speaking import LANGUAGE, answer, text
from xiuhua.shell.start import begin_in_step

FILE = click.Path(path_type=Path)
LAYER = click.option("--layer", help=text("图层名（文件有多个图层时）", "the layer, where the file has several"))
CRS = click.option("--crs", help=text("坐标系，如 EPSG:4548、gcj02（文件没写或写错时）",
                                      "coordinate system, such as EPSG:4548 or gcj02, where the file says none or a wrong one"))  # fmt: skip
ENCODING = click.option("--encoding", help=text("Shapefile 的文字编码，如 GBK", "encoding of a Shapefile's text, such as GBK"))


@click.group(help=text("图层文件：查看、导入", "layer files: show, import"))
def layers() -> None:
    pass


@layers.command(help=text("查看文件的图层、坐标系、列、范围", "layers, coordinate system, columns and box of a file"))
@click.argument("file", type=FILE)
@LAYER
@CRS
@ENCODING
@FORMAT
def show(file: Path, layer: str | None, crs: str | None, encoding: str | None, form: str) -> None:
    from xiuhua.space.layers import layer_names, read_layer
    from xiuhua.space.layers.describing import described

    names = [layer] if layer else layer_names(file)
    found = [described(read_layer(file, name, crs, encoding)) for name in names]
    answer([one.row() for one in found], [line for one in found for line in one.lines(LANGUAGE)], form)


@layers.command("import", help=text("载入底图要素与地名（整层替换，记入日志）", "load features and named places into the database; each layer is replaced, in the journal"))  # fmt: skip
@click.argument("file", type=FILE)
@click.option("--as", "username", required=True, help=text("系统管理员的账号", "the account of an administrator"))
@click.option("--layer", "pairs", multiple=True, metavar="NAME[=KIND]",
              help=text("只载入此图层，可多次；=KIND 指明作为哪种图层，如 道路=road",
                        "only this layer, may be repeated; =KIND says what it is, as in 道路=road"))  # fmt: skip
@click.option("--keep", is_flag=True, help=text("保留文件中没有的要素", "keep features that are not in the file"))
@CRS
@ENCODING
@FORMAT
def import_layers(
    file: Path, username: str, pairs: tuple[str, ...], keep: bool, crs: str | None, encoding: str | None, form: str
) -> None:
    begin_in_step()
    from xiuhua.operations.acting import acting_as
    from xiuhua.operations.put_ground import Source, put_ground
    from xiuhua.operations.world import world

    here = world()
    who = acting_as(username, here.today, "administrator")
    source = Source(file, tuple(_pair(pair) for pair in pairs), crs, encoding)
    done = who if isinstance(who, Refusal) else put_ground(source, who, here, whole=not keep)
    if isinstance(done, Refusal):
        _refused(done)
    lines = [note.text(LANGUAGE) for one in done for note in one.notes] + [_put_line(one) for one in done]
    rows = [{"layer": o.layer, "new": o.put.new, "changed": o.put.changed, "gone": o.put.gone, "same": o.put.same} for o in done]
    answer(rows, lines, form)


def _pair(text: str) -> tuple[str, str]:
    name, _, kind = text.rpartition("=")
    return (name, kind) if name else (kind, kind)


def _put_line(one: Any) -> str:
    put, name = one.put, one.words.text(LANGUAGE)
    zh = f"{name}：新增 {put.new}，更改 {put.changed}，移除 {put.gone}，未变 {put.same}"
    return text(zh, f"{name}: {put.new} new, {put.changed} changed, {put.gone} gone, {put.same} the same")


def _refused(refusal: Refusal) -> Any:
    click.echo(refusal.words.text(LANGUAGE), err=True)
    sys.exit(1)
