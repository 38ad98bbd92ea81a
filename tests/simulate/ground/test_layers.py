"""The layers of an invented ground: what stands on kerbs stands there, and the same plan gives the same bytes."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from xiuhua.domain.codes import ClassKey, ComponentCode
from xiuhua.domain.component import ACCURACY_M, Origin, State
from xiuhua.domain.ground import Layer, PlaceKind
from xiuhua.simulate.ground import Drawing, Plan, Size, drawing, layers, write
from xiuhua.simulate.ground.layers import COLUMNS, Table
from xiuhua.simulate.ground.rules import rules

BRIDGE = "gbt30428-2013/component/0209"
Layers = Mapping[str, Table]


def column(layers: Layers, layer: str, name: str) -> list[str]:
    return list(layers[layer].columns[name])


def test_every_layer_has_something_and_every_column(full: Layers) -> None:
    for name, columns in COLUMNS.items():
        assert len(full[name].shapes)
        assert set(full[name].columns) == set(columns)
        assert {len(values) for values in full[name].columns.values()} == {len(full[name].shapes)}


def test_every_shape_is_valid_as_the_file_has_it(drawn: Drawing, full: Layers) -> None:
    for name, table in full.items():
        shapes = drawn.frame.degrees(table.shapes)
        assert shapely.is_valid(shapes).all(), name
        assert not shapely.is_empty(shapes).any(), name


def test_no_component_stands_in_a_house(full: Layers) -> None:
    hits, _ = shapely.STRtree(full["building"].shapes).query(full["component"].shapes, predicate="intersects")
    assert not len(hits)


def test_a_part_of_the_ground_is_the_same_as_in_the_whole(drawn: Drawing, full: Layers) -> None:
    small = layers(drawn, Size.SMALL)
    for layer in ("land", "place"):
        there = set(zip(column(full, layer, "name_zh"), shapely.to_wkb(full[layer].shapes), strict=True))
        assert (
            set(zip(column(small, layer, "name_zh"), shapely.to_wkb(small[layer].shapes), strict=True))
            <= there
        )
    assert len(small["component"].shapes) < len(full["component"].shapes) / 2


def test_a_million_has_more_components_on_the_same_ground(drawn: Drawing, full: Layers) -> None:
    more = layers(drawn, Size.MILLION)
    assert 4 < len(more["component"].shapes) / len(full["component"].shapes) < 5
    assert (
        shapely.to_wkb(more["building"].shapes).tolist() == shapely.to_wkb(full["building"].shapes).tolist()
    )


def test_no_component_stands_in_the_water_but_bridges(drawn: Drawing, full: Layers) -> None:
    wet = shapely.union_all([water.area for water in drawn.bones.waters])
    standing = full["component"].shapes[np.array(column(full, "component", "class")) != BRIDGE]
    assert not shapely.intersects(wet, standing).any()
    assert BRIDGE in column(full, "component", "class")


def test_lamps_stand_beside_roads_and_on_none(drawn: Drawing, full: Layers) -> None:
    lamps = full["component"].shapes[np.array(column(full, "component", "name")) == "路灯"]
    assert len(lamps) > 200
    for line in drawn.cells.lines:
        if line.way.road:
            assert not shapely.dwithin(line.shape, lamps, line.half_m).any()


def test_every_component_lies_in_a_street(drawn: Drawing, full: Layers) -> None:
    assert shapely.contains(drawn.platform, full["component"].shapes).all()


def test_component_codes_are_of_their_class_and_number_it_without_gaps(full: Layers) -> None:
    numbers: dict[str, list[int]] = {}
    for code, key in zip(column(full, "component", "code"), column(full, "component", "class"), strict=True):
        parsed = ComponentCode.parse(code)
        assert parsed.division == "990101"
        assert parsed.class_key == ClassKey.parse(key)
        numbers.setdefault(key, []).append(int(parsed.sequence))
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())


def test_sequences_follow_the_survey(full: Layers) -> None:
    lines = zip(column(full, "component", "class"), column(full, "component", "recorded"), strict=True)
    for (key, day), (next_key, next_day) in pairwise(lines):
        assert key != next_key or day <= next_day


def test_words_of_components_are_those_of_the_register(full: Layers) -> None:
    assert set(column(full, "component", "state")) <= {state.value for state in State} - {State.REMOVED.value}
    assert set(column(full, "component", "accuracy")) <= set(ACCURACY_M)
    assert set(column(full, "component", "origin")) <= {origin.value for origin in Origin}
    intact = np.array(column(full, "component", "state")) == State.INTACT.value
    assert 0.95 < intact.mean() < 1


def test_a_pole_number_is_there_once_and_its_circuit_feeds_few_lamps(full: Layers) -> None:
    labels = [label for label in column(full, "component", "label") if label]
    assert len(labels) == len(set(labels)) == column(full, "component", "name").count("路灯")
    circuits = [circuit for circuit in column(full, "component", "circuit") if circuit]
    assert max(np.unique(circuits, return_counts=True)[1]) <= 24


def test_layers_and_place_kinds_are_those_that_are_loaded(full: Layers) -> None:
    assert set(full) == {layer.value for layer in Layer} | {"place", "component"}
    assert set(column(full, "place", "kind")) == {kind.value for kind in PlaceKind}


def test_there_are_as_many_restaurants_as_planned_and_villages_have_people(full: Layers, plan: Plan) -> None:
    assert column(full, "place", "use").count("restaurant") == plan.restaurants
    kinds, people = np.array(column(full, "land", "kind")), np.array(column(full, "land", "people"))
    assert (people[kinds == "village"] > 0).all()
    assert (people[kinds == "works"] == 0).all()


def test_what_everybody_knows_is_there(full: Layers, plan: Plan) -> None:
    names = set(column(full, "place", "name_zh"))
    for known in (plan.landmarks, plan.towns, plan.streets):
        assert {one.name.zh for one in known} <= names
    assert {"station", "school", "restaurant", "toilet", "village", "town"} <= set(column(full, "place", "use"))


def test_plates_are_odd_on_one_side_and_even_on_the_other(drawn: Drawing, full: Layers) -> None:
    codes, plates = column(full, "place", "road"), column(full, "place", "plate")
    street = next(road for road in drawn.named.values() if road.name.zh == "东西街")
    mine = [at for at, code in enumerate(codes) if code == street.code and plates[at]]
    doors = full["place"].shapes[mine]
    on_it = shapely.get_coordinates(shapely.shortest_line(doors, street.shape)).reshape(-1, 2, 2)
    north = on_it[:, 0, 1] > on_it[:, 1, 1]
    odd = np.array([int(plates[at]) % 2 == 1 for at in mine])
    assert len(mine) > 100
    assert (north == odd).all()


def test_every_name_is_in_chinese_and_in_english(full: Layers) -> None:
    for layer in ("road", "water", "land", "place"):
        for zh, en in zip(column(full, layer, "name_zh"), column(full, layer, "name_en"), strict=True):
            assert bool(zh) == bool(en)


def test_carriageways_are_two_lines_and_the_river_has_bridges(full: Layers) -> None:
    kinds = np.array(column(full, "road", "kind"))
    named = np.array(column(full, "road", "name_zh"))
    street = shapely.union_all(full["road"].shapes[(kinds == "primary") & (named == "东西街")])
    across = shapely.LineString([(600, -400), (600, 400)])
    assert len(shapely.get_parts(street.intersection(across))) == 2
    assert {"trunk", "trunk_link", "primary", "tertiary", "residential", "service", "track"} <= set(kinds)


def test_rules_name_classes_once(plan: Plan) -> None:
    classes = [rule.cls for given in rules().values() for rule in given]
    assert len(classes) == len(set(classes))
    assert {rule.industry for given in rules().values() for rule in given} == plan.owners.keys()


def test_the_same_plan_gives_the_same_bytes(plan: Plan, drawn: Drawing, tmp_path: Path) -> None:
    for name, one in (("a", drawn), ("b", drawing(plan))):
        write(tmp_path / f"{name}.gpkg", layers(one, Size.SMALL), one.frame)
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()


def test_the_file_has_the_layers_in_degrees(drawn: Drawing, full: Layers, plan: Plan, tmp_path: Path) -> None:
    write(tmp_path / "ground.gpkg", full, drawn.frame)
    assert [name for name, _ in pyogrio.list_layers(tmp_path / "ground.gpkg")] == list(COLUMNS)
    found = pyogrio.read_info(tmp_path / "ground.gpkg", layer="component")
    assert found["crs"] == "EPSG:4326"
    assert found["features"] == len(full["component"].shapes)
    west, south, east, north = found["total_bounds"]
    assert 109.9 < west < 110 < east < 110.1
    assert 29.9 < south < 30 < north < 30.1


def test_what_cannot_be_written_leaves_nothing_behind(
    drawn: Drawing, full: Layers, plan: Plan, tmp_path: Path
) -> None:
    (tmp_path / "ground.gpkg").write_text("kept")
    with pytest.raises(KeyError):
        write(tmp_path / "ground.gpkg", {"road": full["road"]}, drawn.frame)
    assert [file.name for file in tmp_path.iterdir()] == ["ground.gpkg"]
    assert (tmp_path / "ground.gpkg").read_text() == "kept"
