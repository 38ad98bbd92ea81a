"""`grids divide`: streets divided into grids along roads, from files to files, without a database."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from xiuhua.shell.commands import FORMAT
from xiuhua.shell.commands.layer_options import REPLACE, free, writable
from xiuhua.shell.speaking import LANGUAGE, answer, text

Option = Callable[[Callable[..., None]], Callable[..., None]]


@click.group(help=text("网格：划分", "grids: divide"))
def grids() -> None:
    pass


def _file(name: str, zh: str, en: str, **more: Any) -> Option:
    return click.option(name, type=click.Path(path_type=Path), help=text(zh, en), **more)


def _word(name: str, zh: str, en: str, **more: Any) -> Option:
    return click.option(name, help=text(zh, en), **more)


@grids.command(
    help=text(
        "沿道路把街道划分为网格（只用文件，不需要数据库）",
        "streets into grids, along roads; from files",
    )
)
@_file("--streets", "街道（面）", "the streets, polygons", required=True)
@_file(
    "--roads",
    "道路（线，OSM highway 列或 --mapping）",
    "the roads; OSM's highway or a --mapping",
    required=True,
)
@_file("--borders", "其他可作边界的线：河流、铁路、围墙", "other lines: rivers, railways, walls")
@_file("--weights", "带权重的点（案件、部件、户）", "points that weigh; otherwise the load is length of road")
@_word("--weight-column", "权重列；没有则每点为 1", "their column; otherwise 1 each", default="")
@_word("--count", "网格总数", "how many grids in all", type=int)
@_file("--per-street", "CSV：街道代码,网格数", "CSV: code of a street,number of grids")
@_word("--street-code", "街道代码列", "the column with the street's code", default="")
@_word("--street-name", "街道名称列", "the column with the street's name", default="")
@_word(
    "--layer",
    "文件有多个图层时，如 roads=道路",
    "in a file of several layers: roads=NAME",
    multiple=True,
    metavar="ROLE=NAME",
)
@_word(
    "--crs",
    "没写坐标系的文件用；streets=EPSG:4490 只用于此文件，覆盖其所写",
    "for files that say none; streets=EPSG:4490 for that file, whatever it says",
    multiple=True,
)
@_word("--encoding", "Shapefile 的文字编码，如 GBK", "encoding of a Shapefile's text, such as GBK")
@_file("--mapping", "TOML：道路等级对照", "TOML: what your kinds of road are")
@_file("--rules", "TOML：划分规则", "TOML: the rules")
@_file("--out", "写出的 GeoPackage", "the GeoPackage to write", required=True)
@_word("--out-crs", "写出的坐标系", "its coordinate system", default="EPSG:4326", show_default=True)
@_file("--report", "写出的报告（JSON）", "the report to write, JSON")
@REPLACE
@FORMAT
def divide(**given: Any) -> None:
    for name, ending in (("out", ".gpkg"), ("report", ".json")):
        if given[name]:
            writable(given[name], ending)
            free(given[name], given["replace"])
    done = _divided(given)
    from xiuhua.space.divide.report import layers, report
    from xiuhua.space.layers import write_layers

    row = report(done)
    with _draft(given["report"], json.dumps(row, ensure_ascii=False, indent=1) + "\n"):
        written = write_layers(given["out"], layers(done, given["out_crs"]))
    notes = [*done.notes(), *written]
    said = {"seconds": _seconds(done), "notes": [{"zh": note.zh, "en": note.en} for note in notes]}
    lines = [*(note.text(LANGUAGE) for note in notes), *_lines(row, _seconds(done))]
    answer(row["totals"] | said, lines, given["form"])


def _divided(given: dict[str, Any]) -> Any:
    from xiuhua.space.divide import divide as cut
    from xiuhua.space.divide.files import Files, read
    from xiuhua.space.divide.report import Done
    from xiuhua.space.divide.settings import read_counts, read_rules
    from xiuhua.space.divide.tags import read_tags

    rules, tags, counts = (
        read_rules(given["rules"]),
        read_tags(given["mapping"]),
        read_counts(given["per_street"]),
    )
    files = Files(
        given["streets"], given["roads"], given["borders"], given["weights"], _crs(given["crs"]),
        _pairs(given["layer"]), given["street_code"], given["street_name"], given["weight_column"], given["encoding"],
    )  # fmt: skip
    count = given["count"] if given["count"] is not None else sum(counts.values())
    if given["count"] is None and not counts:
        raise click.UsageError(text("请用 --count 或 --per-street 说明网格数", "say --count or --per-street"))
    read_in = read(files, tags, counts, rules)
    return Done(
        files, read_in, rules, count, cut(read_in.areas, read_in.lines, read_in.weights, count, rules)
    )


ROLES = ("streets", "roads", "borders", "weights")


def _pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        role, equals, name = pair.partition("=")
        if not equals or role not in ROLES:
            words = text("应为 {} 之一=图层名", "one of {}, =, the layer").format(", ".join(ROLES))
            raise click.UsageError(f"--layer {pair}: {words}")
        found[role] = name
    return found


def _crs(said: tuple[str, ...]) -> dict[str, str]:
    """By role; without a role for every file that does not say its own."""
    found = {}
    for one in said:
        role, equals, name = one.partition("=")
        found.update({role: name} if equals and role in ROLES else {"": one})
    return found


@contextmanager
def _draft(path: Path | None, words: str) -> Iterator[None]:
    """Written before, given its name after what is done meanwhile: both files are there, or neither."""
    if path is None:
        yield
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(words, encoding="utf-8")
        yield
        draft.replace(path)
    finally:
        if draft.exists():
            draft.unlink()


def _seconds(done: Any) -> float:
    return float(round(sum(done.division.seconds.values()), 1))


def _lines(row: dict[str, Any], seconds: float) -> list[str]:
    totals = row["totals"]
    share = f"{totals['border_on_lines_share']:.2%}"
    head = text(
        f"{totals['streets']} 个街道划分为 {totals['grids']} 个网格，用时 {seconds} 秒；"
        f"缝隙 {totals['gap_m2']} 平方米、重叠 {totals['overlap_m2']} 平方米；边界沿线 {share}",
        f"{totals['streets']} streets divided into {totals['grids']} grids in {seconds} s; gaps {totals['gap_m2']} m², "
        f"overlaps {totals['overlap_m2']} m²; {share} of the borders run on lines",
    )
    return [head, *(_street(street) for street in row["streets"]), *_exceptions(row["exceptions"])]


def _street(street: dict[str, Any]) -> str:
    count, ratio, least = street["grids"], street["ratio"], street["least_ratio_possible"]
    if not street["load"] or ratio is None:
        return text(
            f"{street['code']} {street['name_zh']}：{count} 个，有网格没有负荷，无从比较",
            f"{street['code']} {street['name_en']}: {count}, some without load, so there is no ratio",
        )
    return text(
        f"{street['code']} {street['name_zh']}：{count} 个，负荷比 {ratio}（下限 {least}）",
        f"{street['code']} {street['name_en']}: {count}, ratio {ratio} (at least {least})",
    )


def _exceptions(rows: list[dict[str, Any]]) -> list[str]:
    """How many of each sort, the first of each in words; all are in the report."""
    first: dict[str, list[Any]] = {}
    for row in rows:
        first.setdefault(row["code"], []).append(row)
    return [
        text(f"例外 {len(same)} 处：{same[0]['zh']}", f"exceptions, {len(same)}: {same[0]['en']}")
        for same in first.values()
    ]  # fmt: skip
