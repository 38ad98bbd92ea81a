"""The files of a pack that its ground makes, and what a wrong plan is answered with."""

import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.simulate.ground.conftest import FILE
from xiuhua.domain.grid import Role, Tier
from xiuhua.simulate.ground import PLAN, Drawing, PlanWrong, drawing, plan_of, read_plan, save, texts
from xiuhua.store.pack import load

DISTRICTS = Path(__file__).parents[3] / "districts"
PLANNED = sorted(file.parents[1] for file in DISTRICTS.glob(f"*/{PLAN}"))
MADE = (
    "grids.csv",
    "grids.geojson",
    "former_grids.csv",
    "former_grids.geojson",
    "grid_roles.csv",
    "roads.csv",
)

ORGANISATIONS = """code,name_zh,name_en,kind,parent,attributes,valid_from,valid_to
first-office,一街道办事处,First Street Office,street,,,2023-01-01,
police,公安,Police,district-department,,,2023-01-01,
cleaners-a,环卫甲,Cleaners A,contractor,,,2023-01-01,
cleaners-b,环卫乙,Cleaners B,contractor,,,2023-01-01,
centre,中心,Centre,centre,,,2023-01-01,
"""
PEOPLE = """username,name,post,organisation,grids,valid_from,valid_to
chief,甲,handler,first-office,,2023-01-01,
desk,乙,unit-desk,first-office,,2023-01-01,
walker-1,丙,collector,centre,990101001,2023-01-01,
walker-2,丁,collector,centre,990101001,2023-01-01,
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    (folder / "plan").mkdir(parents=True)
    (folder / PLAN).write_bytes(FILE.read_bytes())
    (folder / "organisations.csv").write_text(ORGANISATIONS, encoding="utf-8")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return folder


def test_every_file_is_written_and_read_again_without_a_fault(pack: Path, drawn: Drawing) -> None:
    save(texts(drawn, pack), pack)
    assert {file.name for file in pack.iterdir()} == {*MADE, "plan", "organisations.csv", "people.csv"}
    loaded = load(pack)
    assert loaded.faults == ()
    assert len(loaded.nouns.grids) > 300
    assert loaded.nouns.former_grids


def test_those_who_answer_are_of_the_pack(pack: Path, drawn: Drawing) -> None:
    save(texts(drawn, pack), pack)
    holders = defaultdict(set)
    for role in load(pack).nouns.grid_roles:
        if role.grid.startswith("990101001"):
            holders[role.role].add(role.person or role.organisation)
    assert holders == {
        Role.CHIEF: {"chief"},
        Role.COLLECTOR_A: {"walker-1", "walker-2"},
        Role.COLLECTOR_B: {"walker-1", "walker-2"},
        Role.POLICE: {"police"},
        Role.SANITATION: {"cleaners-a", "cleaners-b"},
        Role.CONTACT: {"desk"},
    }


def test_nobody_is_collector_a_and_b_of_one_grid(pack: Path, drawn: Drawing) -> None:
    save(texts(drawn, pack), pack)
    held = {(r.grid, r.role): r.person for r in load(pack).nouns.grid_roles}
    assert all(
        held.get((grid, Role.COLLECTOR_B)) != who
        for (grid, role), who in held.items()
        if role is Role.COLLECTOR_A
    )


def test_the_same_plan_gives_the_same_texts(pack: Path, drawn: Drawing) -> None:
    assert texts(drawn, pack) == texts(drawing(read_plan(pack)), pack)


def test_a_road_names_the_streets_it_runs_through(pack: Path, drawn: Drawing) -> None:
    save(texts(drawn, pack), pack)
    roads = {road.name.zh: road.streets for road in load(pack).nouns.roads}
    assert roads["东西街"] == ("990101001", "990101002", "990101003")
    assert all(roads.values())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("seed = 7\n", ""), "seed"),
        (lambda text: text.replace("seed = 7", "seed = "), "line 7"),
        (lambda text: text.replace("[[street]]", "[[lane]]"), "street"),
        (lambda text: text.replace('use = "works"', 'usage = "works"'), "usage"),
        (lambda text: text.replace('use = "works"', 'use = "harbour"'), "harbour"),
        (lambda text: text.replace('kind = "trunk"', 'kind = "alley"'), "alley"),
        (lambda text: text.replace("[-2.4, 0.0], [-2.4, 2.0], [1.2, 2.0], [1.2, 0.0]", "[9, 9], [9, 8], [8, 8]"), "990101001"),
        (lambda text: text.replace("grids = 5", "grids = -5"), "990101001"),
        (lambda text: text.replace('industry = "fire"', 'industry = "ice"'), "fire"),
        (lambda text: "\udcff", "utf-8"),
    ],
)
def test_a_wrong_plan_is_named(pack: Path, change, said: str) -> None:  # type: ignore[no-untyped-def]
    text = change((pack / PLAN).read_text(encoding="utf-8"))
    (pack / PLAN).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(PlanWrong) as wrong:
        drawing(read_plan(pack))
    assert said in wrong.value.words.en
    assert "ground.toml" in wrong.value.words.zh


@pytest.mark.parametrize("folder", PLANNED, ids=lambda folder: folder.name)
def test_the_committed_ground_is_what_its_plan_gives(folder: Path) -> None:
    made = texts(drawing(read_plan(folder)), folder)
    assert made.keys() == set(MADE)
    for name, text in made.items():
        assert text == (folder / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("folder", PLANNED, ids=lambda folder: folder.name)
def test_no_two_grids_of_a_tier_have_one_name(folder: Path) -> None:
    names = Counter((grid.tier, grid.name.zh) for grid in load(folder).nouns.grids)
    assert max(names.values()) == 1


@pytest.mark.parametrize("folder", PLANNED, ids=lambda folder: folder.name)
def test_the_page_of_a_pack_says_how_many_there_are(folder: Path) -> None:
    page = (folder / "README.md").read_text(encoding="utf-8")
    nouns = load(folder).nouns
    tiers = Counter(grid.tier for grid in nouns.grids)
    assert f"| streets, communities | {tiers[Tier.STREET]}, {tiers[Tier.COMMUNITY]} |" in page
    assert f"| unit grids | {tiers[Tier.UNIT]:,};" in page
    assert f"| named roads in `roads.csv` | {len(nouns.roads)} |" in page
    for line, count in Counter(grid.line for grid in nouns.former_grids).items():
        assert f"{count:,} {line.value}" in page


def test_the_program_knows_no_district(pack: Path) -> None:
    """Names and codes are in plans: no file of the generator has one of them."""
    source = "".join(file.read_text(encoding="utf-8") for file in _sources())
    for folder in PLANNED:
        plan = plan_of(tomllib.loads((folder / PLAN).read_text(encoding="utf-8")))
        for name in (plan.division, *(s.short.zh for s in plan.streets), *(t.name.zh for t in plan.towns)):
            assert not re.search(re.escape(name), source), name


def _sources() -> list[Path]:
    import xiuhua.simulate.ground as package

    return sorted(Path(str(package.__file__)).parent.glob("*.*"))
