"""The base map and places with names: loaded whole, compared, journaled; a fault names layer, feature and column."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from tests.cast import Time, tiny_world
from xiuhua.domain.ground import Layer, PlaceKind
from xiuhua.domain.people import Holding, Post
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.acting import Acting
from xiuhua.operations.ground_rows import GroundWrong
from xiuhua.operations.put_ground import LayerPut, Source, put_ground
from xiuhua.operations.verify import verify
from xiuhua.operations.world import World
from xiuhua.space.layers import LayerOut, LayerWrong, write_layers
from xiuhua.store.boxes import Box
from xiuhua.store.ground import Put
from xiuhua.store.loading import transitions
from xiuhua.store.models import FeatureRow, NamedPlaceRow
from xiuhua.store.queries.features import count_of_layers, feature, features_in, features_of_layer
from xiuhua.store.queries.named_places import named_place, named_places, named_places_in, plates_of

pytestmark = pytest.mark.django_db

HERE = Box(110.0, 30.0, 110.01, 30.01)
ROADS = {
    "a": ("primary", shapely.LineString([(110.001, 30.001), (110.009, 30.001)])),
    "b": ("lane", shapely.LineString([(110.001, 30.005), (110.009, 30.005)])),
    "far": ("primary", shapely.LineString([(110.5, 30.5), (110.6, 30.5)])),
}
PLACES = {
    "school": ("poi", "东街小学", "", "", shapely.Point(110.0025, 30.0025)),
    "plate": ("plate", "胜利街18号", "a", "18", shapely.Point(110.0026, 30.0025)),
    "away": ("poi", "远方", "", "", shapely.Point(111.0, 30.0)),
}


def acting(post: Post) -> Acting:
    held = Holding(post, "centre", frozenset(), date(2020, 1, 1))
    return Acting(1, "guan1", "", "zh-hans", (held,), held)


ADMINISTRATOR = acting(Post.ADMINISTRATOR)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def world(time: Time) -> World:
    return tiny_world(time)


def roads(codes: str = "a b far", **more: Any) -> LayerOut:
    named = codes.split()
    columns = {
        "code": np.array(named, dtype=object),
        "kind": np.array([ROADS[code][0] for code in named], dtype=object),
        "name_zh": np.array([f"{code}路" for code in named], dtype=object),
        "lanes": np.array([4] * len(named)),
        "width_m": np.array([7.5] * len(named)),
        "people": np.array([0] * len(named)),
        **{name: np.array(values, dtype=object) for name, values in more.items()},
    }
    return LayerOut("road", np.array([ROADS[code][1] for code in named], dtype=object), columns)


def places(codes: str = "school plate away", **more: Any) -> LayerOut:
    kept = [PLACES[code] for code in codes.split()]
    columns = {
        "code": np.array(codes.split(), dtype=object),
        **{name: np.array([row[at] for row in kept], dtype=object) for at, name in enumerate(["kind", "name_zh", "road", "plate"])},
        "aliases": np.array(["东小; 老东小 ;"] * len(kept), dtype=object),
        **{name: np.array(values, dtype=object) for name, values in more.items()},
    }
    return LayerOut("place", np.array([row[-1] for row in kept], dtype=object), columns)


def written(folder: Path, *layers: LayerOut) -> Source:
    write_layers(folder / "ground.gpkg", layers)
    return Source(folder / "ground.gpkg")


def put(source: Source, world: World, **more: Any) -> dict[str, Put]:
    done = put_ground(source, ADMINISTRATOR, world, **more)
    assert isinstance(done, tuple)
    assert all(isinstance(one, LayerPut) for one in done)
    return {one.layer: one.put for one in done}


def test_a_layer_is_loaded_and_found_by_its_box(world: World, tmp_path: Path) -> None:
    assert put(written(tmp_path, roads()), world) == {"road": Put(new=3)}
    found = features_in(HERE, [Layer.ROAD])
    assert [one.feature.code for one in found] == ["a", "b"]
    assert (found[0].feature.kind, found[0].feature.name.zh) == ("primary", "a路")
    assert dict(found[0].feature.attributes) == {"lanes": 4, "width_m": 7.5}, "zero people are not said"
    assert shapely.from_wkb(found[0].feature.shape).equals(ROADS["a"][1])
    assert count_of_layers() == {Layer.ROAD: 3}


def test_at_a_low_zoom_only_large_roads_are_there(world: World, tmp_path: Path) -> None:
    put(written(tmp_path, roads()), world)
    assert [one.feature.code for one in features_in(HERE, zoom=12)] == ["a"]
    assert [one.feature.code for one in features_in(HERE, zoom=15)] == ["a", "b"]
    assert features_in(HERE, [Layer.WATER]) == []
    assert features_in(HERE, []) == []


def test_features_are_gone_through_page_by_page(world: World, tmp_path: Path) -> None:
    put(written(tmp_path, roads()), world)
    first = features_of_layer(Layer.ROAD, most=2)
    assert [one.feature.code for one in first + features_of_layer(Layer.ROAD, after="b")] == ["a", "b", "far"]
    one = feature(Layer.ROAD, "b")
    assert one is not None
    assert one.zoom == 15
    assert feature(Layer.ROAD, "none") is None


def test_loading_the_same_again_changes_nothing_and_is_not_journaled_twice(world: World, tmp_path: Path) -> None:
    source = written(tmp_path, roads(), places())
    put(source, world)
    before = list(FeatureRow.objects.order_by("code").values()), list(NamedPlaceRow.objects.order_by("code").values())
    assert put(source, world) == {"road": Put(same=3), "place": Put(same=3)}
    assert (list(FeatureRow.objects.order_by("code").values()), list(NamedPlaceRow.objects.order_by("code").values())) == before
    assert len(transitions("ground", "road")) == 1


def test_a_newer_file_replaces_the_layer(world: World, tmp_path: Path) -> None:
    put(written(tmp_path, roads("a b")), world)
    newer = roads("a far", kind=["secondary", "primary"])
    assert put(written(tmp_path, newer), world) == {"road": Put(new=1, changed=1, gone=1)}
    assert [one.feature.kind for one in features_in(HERE)] == ["secondary"]


def test_what_is_not_in_the_file_may_be_kept(world: World, tmp_path: Path) -> None:
    put(written(tmp_path, roads("a b")), world)
    assert put(written(tmp_path, roads("far")), world, whole=False) == {"road": Put(new=1)}
    assert count_of_layers() == {Layer.ROAD: 3}


def test_other_layers_are_left_alone(world: World, tmp_path: Path) -> None:
    put(written(tmp_path, roads("a"), places("school")), world)
    water = LayerOut("water", np.array([shapely.box(110.002, 30.002, 110.003, 30.003)]),
                     {"code": np.array(["w"]), "kind": np.array(["pond"])})  # fmt: skip
    put(written(tmp_path, water), world)
    assert count_of_layers() == {Layer.ROAD: 1, Layer.WATER: 1}
    assert len(named_places(world.today)) == 1


def test_a_place_gets_its_grid_and_street(world: World, tmp_path: Path) -> None:
    put(written(tmp_path, places()), world)
    school = named_place("school")
    assert school is not None
    assert (school.grid, school.street) == ("990101001001001", "990101001")
    assert (school.name, school.kind, school.aliases) == (Words("东街小学", ""), PlaceKind.POI, ("东小", "老东小"))
    away = named_place("away")
    assert away is not None
    assert (away.grid, away.street) == ("", "")


def test_places_are_found_by_box_and_by_road(world: World, tmp_path: Path) -> None:
    put(written(tmp_path, places()), world)
    assert [place.code for place in named_places_in(HERE, world.today)] == ["plate", "school"]
    assert [place.plate for place in plates_of("a", world.today)] == ["18"]


def test_a_place_that_has_gone_keeps_its_record(time: Time, tmp_path: Path) -> None:
    put(written(tmp_path, places("school plate")), tiny_world(time))
    time.to("2023-04-01 09:00")
    assert put(written(tmp_path, places("plate")), tiny_world(time)) == {"place": Put(gone=1, same=1)}
    assert [place.code for place in named_places(date(2023, 4, 1))] == ["plate"]
    assert [place.code for place in named_places(date(2023, 3, 31))] == ["plate", "school"]
    school = named_place("school")
    assert school is not None
    assert (school.valid_from, school.valid_to) == (date(2023, 3, 6), date(2023, 3, 31))


def test_a_place_that_has_gone_does_not_go_again_and_may_come_back(time: Time, tmp_path: Path) -> None:
    put(written(tmp_path, places("school plate")), tiny_world(time))
    time.to("2023-04-01 09:00")
    put(written(tmp_path, places("plate")), tiny_world(time))
    assert put(written(tmp_path, places("plate")), tiny_world(time)) == {"place": Put(same=1)}
    time.to("2023-05-01 09:00")
    put(written(tmp_path, places("school plate")), tiny_world(time))
    assert [place.code for place in named_places(date(2023, 5, 1))] == ["plate", "school"]


def test_a_place_that_came_and_went_on_one_day_leaves_no_record(world: World, tmp_path: Path) -> None:
    put(written(tmp_path, places("school plate")), world)
    assert put(written(tmp_path, places("plate")), world) == {"place": Put(gone=1, same=1)}
    assert named_place("school") is None


def test_the_journal_says_who_loaded_which_file(world: World, tmp_path: Path) -> None:
    put(written(tmp_path, roads()), world)
    (entry,) = transitions("ground", "road")
    assert (entry.move, entry.by.person) == ("put", "guan1")
    facts = entry.patch.facts
    assert (facts["file"], facts["new"], facts["whole"]) == ("ground.gpkg", 3, True)
    assert len(str(facts["sha256"])) == 64
    assert verify().ok


@pytest.mark.parametrize("post", [post for post in Post if post is not Post.ADMINISTRATOR])
def test_only_an_administrator_loads(post: Post, world: World, tmp_path: Path) -> None:
    done = put_ground(written(tmp_path, roads()), acting(post), world)
    assert isinstance(done, Refusal)
    assert done.code == "right-missing"
    assert not FeatureRow.objects.exists()


LONG = "长" * 121
BAD: dict[str, tuple[LayerOut, str, int, str]] = {
    "kind missing": (roads("a b", kind=["primary", None]), "kind", 2, "must be filled in"),
    "kind in words": (roads("a b", kind=["primary", "主干道"]), "kind", 2, "主干道"),
    "name too long": (roads("a b", name_zh=[LONG, ""]), "name_zh", 1, "121"),
    "lanes are a word": (roads("a b", lanes=["four", "2"]), "lanes", 1, "four"),
    "less than nobody": (roads("a b", people=["-1", "2"]), "people", 1, "-1"),
    "more than all": (roads("a b", people=["1", "inf"]), "people", 2, "inf"),
    "kind of a place": (places("school plate", kind=["poi", "house"]), "kind", 2, "house"),
    "plate without a road": (places("school plate", road=["", ""]), "road", 2, "road"),
    "place without a name": (places("school plate", name_zh=["", "x"]), "name_zh", 1, "name"),
    "no day": (places("school plate", valid_from=["1.4.2023", None]), "valid_from", 1, "1.4.2023"),
    "ends before it begins": (places("school plate", valid_to=["2020-01-01", None]), "valid_to", 1, "before"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_fault_names_layer_feature_and_column_and_nothing_is_loaded(case: str, world: World, tmp_path: Path) -> None:
    layer, column, feature_number, says = BAD[case]
    other = roads() if layer.name == "place" else places()
    with pytest.raises(GroundWrong) as refused:
        put_ground(written(tmp_path, *sorted((layer, other), key=lambda one: one.name)), ADMINISTRATOR, world)
    (fault,) = refused.value.faults
    assert (fault.file, fault.line, fault.field) == (f"ground.gpkg#{layer.name}", feature_number, column)
    assert says in fault.words.en
    assert not FeatureRow.objects.exists()
    assert not NamedPlaceRow.objects.exists()


def test_a_ring_that_crosses_itself_is_a_fault(world: World, tmp_path: Path) -> None:
    bow = shapely.Polygon([(110, 30), (110.01, 30.01), (110.01, 30), (110, 30.01)])
    layer = LayerOut("land", np.array([bow]), {"code": np.array(["x"]), "kind": np.array(["estate"])})
    with pytest.raises(GroundWrong) as refused:
        put_ground(written(tmp_path, layer), ADMINISTRATOR, world)
    words = refused.value.faults[0].words
    assert words.zh == "图形有误：边界自相交（110.005, 30.005 附近）"
    assert words.en == "the shape is wrong: the outline crosses itself, near 110.005, 30.005"


def test_a_hundred_faults_are_named_and_the_others_counted(world: World, tmp_path: Path) -> None:
    count = 150
    shapes = np.array([ROADS["a"][1]] * count)
    layer = LayerOut("road", shapes, {"code": np.arange(count), "kind": np.array([""] * count, dtype=object)})
    with pytest.raises(GroundWrong) as refused:
        put_ground(written(tmp_path, layer), ADMINISTRATOR, world)
    assert len(refused.value.faults) == 101
    assert refused.value.faults[-1].words.en == "and 50 more"


@pytest.mark.parametrize(
    ("layer", "says"),
    [
        (LayerOut("road", np.array([shapely.Point(110, 30)]), {"code": np.array(["x"])}), "lines only"),
        (LayerOut("place", np.array([ROADS["a"][1]]), {"code": np.array(["x"])}), "points only"),
        (LayerOut("land", np.array([shapely.Point(110, 30)]), {"code": np.array(["x"])}), "lines and polygons only"),
        (LayerOut("road", np.array([ROADS["a"][1]]), {"kind": np.array(["x"])}), "no column “code”"),
        (roads("a a"), "the same “code” more than once: a"),
    ],
)
def test_a_layer_that_cannot_be_used_at_all_is_refused(layer: LayerOut, says: str, world: World, tmp_path: Path) -> None:
    with pytest.raises(LayerWrong, match=says):
        put_ground(written(tmp_path, layer), ADMINISTRATOR, world)


def test_a_layer_of_another_name_is_loaded_as_what_it_is_said_to_be(world: World, tmp_path: Path) -> None:
    layer = LayerOut("道路", roads().shapes, roads().columns)
    source = written(tmp_path, layer)
    refused = put_ground(source, ADMINISTRATOR, world)
    assert isinstance(refused, Refusal)
    assert refused.code == "layer-none"
    assert put(Source(source.path, (("道路", "road"),)), world) == {"road": Put(new=3)}
    twice = put_ground(Source(source.path, (("道路", "road"), ("道路", "road"))), ADMINISTRATOR, world)
    assert isinstance(twice, Refusal)
    assert twice.code == "layer-twice"
    wrong = put_ground(Source(source.path, (("道路", "street"),)), ADMINISTRATOR, world)
    assert isinstance(wrong, Refusal)
    assert "“street”" in wrong.words.en
