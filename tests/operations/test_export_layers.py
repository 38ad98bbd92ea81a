"""The district's own layers in a file: the grids of a day, the base map, places, components; by right."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.cast import Time, tiny_world
from tests.operations.test_put_ground import ADMINISTRATOR, acting, places, put, roads, written
from xiuhua.domain.grid import Grids, Tier
from xiuhua.domain.people import RIGHTS, Post, Right
from xiuhua.domain.words import Refusal
from xiuhua.operations.export_layers import Exported, Wanted, export_layers
from xiuhua.operations.world import World
from xiuhua.space.layers import LayerWrong, layer_names, read_layer
from xiuhua.store.models import ComponentRow

pytestmark = pytest.mark.django_db
LEADER = acting(Post.LEADER)


@pytest.fixture
def world() -> World:
    return tiny_world(Time())


def test_grids_come_out_by_tier_as_they_went_in(world: World, tmp_path: Path) -> None:
    done = export_layers(tmp_path / "a.gpkg", Wanted(("grid-unit", "grid-street"), crs="EPSG:4490"), LEADER, world)
    assert isinstance(done, Exported)
    units = read_layer(tmp_path / "a.gpkg", "grid_unit")
    expected = {g.code: g for g in world.district.grids.active(world.today, Tier.UNIT)}
    assert units.crs.name == "EPSG:4490"
    assert sorted(units.codes("code")) == sorted(expected)
    for code, shape, parent in zip(units.codes("code"), units.wgs84(), units.texts("parent"), strict=True):
        assert [(round(x, 9), round(y, 9)) for x, y in shape.exterior.coords[:-1]] == [(p.lon, p.lat) for p in expected[code].outline]
        assert parent == expected[code].parent


def test_the_grids_of_a_past_day_come_out_as_they_were(world: World, tmp_path: Path) -> None:
    first = "990101001001001"
    until = date(2023, 3, 1)
    ended = Grids(tuple(replace(g, valid_to=until) if g.code == first else g for g in world.district.grids.grids))
    world = replace(world, district=replace(world.district, grids=ended))
    for day, there in ((until, True), (date(2023, 3, 2), False)):
        export_layers(tmp_path / f"{day}.gpkg", Wanted(("grid-unit",), day), LEADER, world)
        assert (first in read_layer(tmp_path / f"{day}.gpkg").codes("code")) is there


def test_all_layers_come_out_and_can_be_loaded_again(world: World, tmp_path: Path) -> None:
    source = written(tmp_path, roads(), places())
    put(source, world)
    ComponentRow.objects.create(
        code="9901010101000001", class_key="tiny/component/cover", name="井盖", longitude=110.001, latitude=30.001,
        state="intact", accuracy="A", origin="surveyed", recorded=date(2023, 1, 1), survey="s", label="W-1",
    )  # fmt: skip
    out = tmp_path / "all.gpkg"
    export_layers(out, Wanted(crs="EPSG:4546"), LEADER, world)
    names = layer_names(out)
    assert {"grid_unit", "grid_responsibility", "grid_street", "grid_district", "road", "place", "component"} <= set(names)
    cover = read_layer(out, "component")
    assert (cover.texts("label")[0], cover.texts("recorded")[0], cover.texts("changed")[0]) == ("W-1", "2023-01-01", "")
    again = put(replace(source, path=out), world)
    assert {name: (one.new, one.gone) for name, one in again.items()} == {"road": (0, 0), "place": (0, 0)}


@pytest.mark.parametrize("post", [post for post in Post if Right.EXPORT not in RIGHTS[post]])
def test_who_may_not_export_gets_nothing(post: Post, world: World, tmp_path: Path) -> None:
    done = export_layers(tmp_path / "a.gpkg", Wanted(), acting(post), world)
    assert isinstance(done, Refusal)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("wanted", "code"), [(Wanted(("grids",)), "layer-unknown"), (Wanted(("water",)), "layer-empty")]
)
def test_a_layer_that_is_not_there_is_refused(wanted: Wanted, code: str, world: World, tmp_path: Path) -> None:
    done = export_layers(tmp_path / "a.gpkg", wanted, ADMINISTRATOR, world)
    assert isinstance(done, Refusal)
    assert done.code == code
    assert not list(tmp_path.iterdir())


def test_a_system_that_does_not_suit_the_place_is_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(LayerWrong, match="EPSG:4546"):  # 111°E is the nearest central meridian
        export_layers(tmp_path / "a.gpkg", Wanted(("grid-unit",), crs="EPSG:4534"), LEADER, world)
    assert not list(tmp_path.iterdir())
