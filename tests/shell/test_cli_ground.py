"""`ground make` as somebody types it, also wrongly."""

from pathlib import Path

from tests.shell.typing import ROOT, Terminal

PLAN = ROOT / "tests" / "simulate" / "ground" / "plan.toml"


def pack(folder: Path, plan: str) -> Path:
    (folder / "plan").mkdir(parents=True)
    (folder / "plan" / "ground.toml").write_text(plan, encoding="utf-8")
    return folder


def test_a_pack_and_its_layers_are_made(tmp_path: Path) -> None:
    folder = pack(tmp_path / "pack", PLAN.read_text(encoding="utf-8"))
    said = Terminal(tmp_path).types(f"ground make {folder} --out {tmp_path / 'g.gpkg'} --size small", LANG="en_GB.UTF-8")
    assert (said.code, said.err) == (0, "")
    assert "the invented ground is made" in said.out
    assert (tmp_path / "g.gpkg").exists()
    assert (folder / "grids.geojson").exists()


def test_what_is_typed_wrongly_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    bad = pack(tmp_path / "bad", PLAN.read_text(encoding="utf-8").replace('kind = "trunk"', 'kind = "alley"'))
    empty = pack(tmp_path / "empty", "")
    for line, code, words in (
        (f"ground make {bad}", 1, "没有“alley”这种道路"),
        (f"ground make {empty}", 1, "缺少“street”"),
        (f"ground make {tmp_path / 'nowhere'}", 2, "nowhere"),
        (f"ground make {bad} --layers-only", 2, "--out"),
        (f"ground make {tmp_path}", 3, "ground.toml"),
    ):
        said = terminal.types(line)
        assert said.code == code, line
        assert words in said.err + said.out, line
    assert [file.name for file in bad.iterdir()] == ["plan"]
