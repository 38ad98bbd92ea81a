"""`ground make`: the invented ground of a pack from its plan, and its layers as a GeoPackage. No database is needed."""

import time
from pathlib import Path

import click

from xiuhua.shell.commands import FORMAT
from xiuhua.shell.speaking import answer, text

SIZES = ("small", "full", "million")


@click.group(help=text("虚构地面", "the invented ground of a pack"))
def ground() -> None:
    pass


@ground.command(
    "make",
    help=text(
        "按数据包的 plan/ground.toml 生成网格、道路；--out 另写图层",
        "make grids and roads from the pack's plan/ground.toml; --out writes the layers too",
    ),
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False),
    help=text("图层文件（GeoPackage）", "GeoPackage for the layers"),
)  # fmt: skip
@click.option(
    "--size", type=click.Choice(SIZES), default="full", help=text("图层规模", "how much the layers hold")
)
@click.option("--layers-only", is_flag=True, help=text("不写数据包文件", "leave the files of the pack alone"))
@FORMAT
def make(folder: Path, out: Path | None, size: str, layers_only: bool, form: str) -> None:
    from xiuhua.simulate.ground import Size, drawing, layers, read_plan, save, texts, write

    if layers_only and out is None:
        raise click.UsageError(text("--layers-only 需要 --out", "--layers-only wants --out"))
    begun = time.perf_counter()
    drawn = drawing(read_plan(folder))
    made = {} if layers_only else texts(drawn, folder)
    counts = {name: body.count("\n") - 1 for name, body in made.items() if name.endswith(".csv")}
    if out is not None:
        tables = layers(drawn, Size(size))
        write(out, tables, drawn.frame)
        counts |= {name: len(table.shapes) for name, table in tables.items()}
    save(made, folder)
    seconds = round(time.perf_counter() - begun, 1)
    lines = [f"{name}  {count}" for name, count in counts.items()]
    lines.append(text(f"虚构地面已生成，用时 {seconds} 秒", f"the invented ground is made, in {seconds} s"))
    answer({"counts": counts, "seconds": seconds}, lines, form)
