"""`layers`: what is in a layer file, whether it fits together, into another format or coordinate system."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from xiuhua.shell.commands import FORMAT
from xiuhua.shell.commands.layer_options import (
    CRS,
    ENCODING,
    FILE,
    LAYER,
    OUT,
    REPLACE,
    TO_CRS,
    free,
    option,
    writable,
    written,
)
from xiuhua.shell.commands.layers_of_district import export, import_layers, to_pack
from xiuhua.shell.speaking import LANGUAGE, answer, text

MOST_LINES = 200  # ours: what a person scrolls through; the files have all


@click.group(help=text("图层文件：查看、检查、转换、导入、导出", "layer files: show, check, convert, import, export"))
def layers() -> None:
    pass


for command in (import_layers, export, to_pack):
    layers.add_command(command)


@layers.command(help=text("查看文件的图层、坐标系、列、范围", "layers, coordinate systems, columns and box of a file"))
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


@layers.command(
    help=text("检查面图层：空隙、重叠、碎面、环、重复、归属", "gaps, overlaps, slivers, rings, duplicates, nesting")
)
@click.argument("file", type=FILE)
@LAYER
@CRS
@ENCODING
@option("--code", zh="编码列", en="the column of codes", default="")
@option("--units", zh="编码为单元网格代码", en="the codes are those of unit grids", is_flag=True)
@option("--parent-file", zh="上级图层的文件", en="file of the larger areas", type=FILE)
@option("--parent-layer", zh="上级图层名", en="their layer")
@option("--parent-code", zh="上级图层的编码列", en="their column of codes", default="code", show_default=True)
@option(
    "--parent", zh="本图层中写明上级编码的列（默认按编码开头）",
    en="the column that says in which area each lies; otherwise the beginning of its code", default="",
)  # fmt: skip
@option(
    "--smallest", zh="小于此平方米数的不计", en="leave out what is smaller, in m²",
    type=click.FloatRange(min=0), default=1.0, show_default=True,
)  # fmt: skip
@option("--report", zh="写出 JSON 报告", en="write the report as JSON", type=OUT)
@option("--faults", zh="写出错误图层（.gpkg、.zip）", en="write the faults as layers (.gpkg, .zip)", type=OUT)
@REPLACE
@FORMAT
def check(file: Path, layer: str | None, crs: str | None, encoding: str | None, form: str, **given: Any) -> None:
    from xiuhua.space.layers import WGS84, read_layer, write_layers
    from xiuhua.space.topology import Checking, check_layer

    for out, endings in ((given["report"], (".json",)), (given["faults"], (".gpkg", ".zip"))):
        if out:
            writable(out, *endings)
            free(out, given["replace"])
    above = given["parent_file"]
    found = check_layer(
        Checking(
            read_layer(file, layer, crs, encoding),
            code=given["code"],
            parents=read_layer(above, given["parent_layer"], None, encoding) if above else None,
            parent_code=given["parent_code"],
            parent_column=given["parent"],
            unit_codes=given["units"],
            smallest_m2=given["smallest"],
        )
    )
    if given["report"]:
        _write(given["report"], json.dumps(found.row(), ensure_ascii=False, indent=1) + "\n")
    if given["faults"] and found.faults:
        write_layers(given["faults"], found.layers(WGS84))
    answer(found.row(), _first(found.lines(LANGUAGE), len(found.notes) + 1), form)
    if found.faults:
        sys.exit(1)


def _first(lines: list[str], last: int) -> list[str]:
    """The sum stands at the end, whatever is left out in the middle."""
    left = len(lines) - last - MOST_LINES
    if left <= 0:
        return lines
    more = text(f"… 另有 {left} 处，见 --report 或 --faults", f"… and {left} more; see --report or --faults")
    return [*lines[:MOST_LINES], more, *lines[-last:]]


def _write(path: Path, content: str) -> None:
    """Whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(content, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@layers.command(help=text("转换格式与坐标系", "into another format or coordinate system"))
@click.argument("file", type=FILE)
@click.argument("out", type=OUT)
@LAYER
@CRS
@ENCODING
@TO_CRS
@REPLACE
@FORMAT
def convert(
    file: Path, out: Path, layer: str | None, crs: str | None, encoding: str | None, form: str, **given: Any
) -> None:
    from xiuhua.space.layers import LayerOut, layer_names, read_layer, write_layers

    free(out, given["replace"])
    read = [read_layer(file, name, crs, encoding) for name in ([layer] if layer else layer_names(file))]
    made = [LayerOut(one.name, one.wgs84(), one.columns, given["to_crs"]) for one in read]
    notes = [note for one in read for note in one.notes] + [*write_layers(out, made)]
    written(out, [(one.name, len(one.shapes)) for one in made], notes, form)
