"""OGC API Features, read by a client that is not ours: GDAL's own, in a process of its own, as it comes in the lock."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.cast import LAMP
from tests.maps import terrain
from xiuhua.domain.journal import SYSTEM
from xiuhua.operations.tokens import Created, create_token
from xiuhua.operations.world import World

CLIENT = """
import json, sys
import pyogrio
address, token, asked = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
pyogrio.set_gdal_config_options({"GDAL_HTTP_AUTH": "BEARER", "GDAL_HTTP_BEARER": token})
if not asked:
    print(json.dumps([name for name, _ in pyogrio.list_layers(f"OAPIF:{address}/ogc").tolist()]))
else:
    asked |= {"bbox": tuple(asked["bbox"])} if "bbox" in asked else {}
    meta, _, shapes, columns = pyogrio.raw.read(f"OAPIF:{address}/ogc", **asked)
    values = {name: column.tolist() for name, column in zip(meta["fields"].tolist(), columns)}
    print(json.dumps({"crs": meta["crs"], "types": meta["dtypes"].tolist(), "count": len(shapes), "columns": values}, default=str))
"""
Client = Callable[..., Any]


@pytest.fixture
def client(served: str, district: World) -> Iterator[Client]:
    terrain.lay()
    created = create_token("pai1", "gis", SYSTEM, district)
    assert isinstance(created, Created)

    def asks(**asked: Any) -> Any:
        command = [sys.executable, "-W", "error", "-c", CLIENT, served, created.text, json.dumps(asked)]
        plain = {name: value for name, value in os.environ.items() if name != "OGR_SKIP"}  # ours leaves most drivers out
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=plain)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    yield asks
    terrain.forget()


def test_it_lists_every_collection(client: Client) -> None:
    assert {"grid-unit", "grid-responsibility", "road", "place", "component", "case"} <= set(client())


def test_it_reads_what_lies_in_a_box(client: Client) -> None:
    all_lamps = client(layer="component", where=f"class = '{LAMP}'")
    near = client(layer="component", where=f"class = '{LAMP}'", bbox=[110.001, 30.002, 110.00305, 30.003])
    assert (all_lamps["count"], near["count"]) == (45, 6)
    assert near["columns"]["label"] == [f"D-{n:04d}" for n in range(6)]


def test_it_reads_them_in_cgcs2000(client: Client) -> None:
    assert client(layer="grid-street", CRS="EPSG:4490")["crs"] == "EPSG:4490"


def test_it_goes_on_from_page_to_page(client: Client) -> None:
    paged = client(layer="component", PAGE_SIZE=10)
    assert paged["count"] == 46 and len(set(paged["columns"]["code"])) == 46


def test_a_measure_is_no_whole_number(client: Client) -> None:
    """Told by the first values, a column of whole numbers would lose the halves of the others."""
    road = client(layer="road")
    assert dict(zip(road["columns"], road["types"], strict=True))["width_m"] == "float64"
    assert sorted(road["columns"]["width_m"]) == [6.5, 11.0]
