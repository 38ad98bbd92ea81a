"""What the commands about layer files have in common: their options, and how they answer."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from xiuhua.domain.words import Refusal, Words
from xiuhua.shell.speaking import LANGUAGE, Surroundings, answer, text

FC = TypeVar("FC", bound=Callable[..., Any] | click.Command)

FILE = click.Path(path_type=Path)
OUT = click.Path(path_type=Path, dir_okay=False)
DAY = click.DateTime(["%Y-%m-%d"])


def option(*names: str, zh: str, en: str, **more: Any) -> Callable[[FC], FC]:
    return click.option(*names, help=text(zh, en), **more)


LAYER = option("--layer", zh="图层名（文件有多个图层时）", en="the layer, where the file has several")
CRS = option(
    "--crs", zh="文件的坐标系，如 EPSG:4548、gcj02（没写或写错时）",
    en="coordinate system of the file, such as EPSG:4548 or gcj02, where it says none or a wrong one",
)  # fmt: skip
ENCODING = option("--encoding", zh="Shapefile、CSV 的文字编码，如 GBK", en="encoding of a Shapefile or CSV, as GBK")
TO_CRS = option(
    "--to-crs", zh="写出的坐标系", en="coordinate system to write", default="EPSG:4326", show_default=True
)
REPLACE = option("--replace", zh="替换已有文件", en="replace a file that is there", is_flag=True)
AS = option(
    "--as", "username", zh="以哪个账号的权限", en="the account whose rights apply", metavar="USERNAME", required=True
)


def free(out: Path, replace: bool) -> None:
    """Nobody loses a file by a slip."""
    if out.exists() and not replace:
        zh, en = f"{out} 已存在；要替换请加 --replace", f"{out} is there already; give --replace to write over it"
        raise click.UsageError(text(zh, en))


def writable(path: Path, *endings: str) -> None:
    """Before anything is worked out: a long run shall not end at a folder that is not there."""
    if path.suffix.lower() not in endings:
        zh, en = " 或 ".join(endings), " or ".join(endings)
        raise click.UsageError(text(f"{path} 应以 {zh} 结尾", f"{path} has to end in {en}"))
    folder = path.parent
    if not folder.is_dir():
        zh, en = f"没有文件夹 {folder}，请先建立", f"there is no folder {folder}; make it first"
        raise Surroundings(text(zh, en))
    if path.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        zh, en = f"不能写入 {path}，请检查权限", f"{path} cannot be written; look at its permissions"
        raise Surroundings(text(zh, en))


def written(out: Path, counts: Iterable[tuple[str, int]], notes: Iterable[Words], form: str) -> None:
    counted, said = list(counts), list(notes)
    lines = [note.text(LANGUAGE) for note in said]
    lines += [text(f"{name}：{count} 个要素", f"{name}: {count} features") for name, count in counted]
    row = {"file": str(out), "layers": dict(counted), "notes": [{"zh": n.zh, "en": n.en} for n in said]}
    answer(row, [*lines, text(f"已写入 {out}", f"written to {out}")], form)


def refuse(refusal: Refusal) -> NoReturn:
    click.echo(refusal.words.text(LANGUAGE), err=True)
    sys.exit(1)
