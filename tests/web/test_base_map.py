"""An outside base map: asked only when the district names one, shifted where it is shifted, allowed for its host only."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.cast import EAST, TINY
from tests.maps import terrain
from tests.web.browsing import Desk, jpeg
from tests.web.conftest import SignIn
from tests.web.test_map import Map
from xiuhua.domain.place import Gcj02, Wgs84, distance_m, wgs84_to
from xiuhua.operations.world import World, forget
from xiuhua.store.pack import load_files, read_pack, written
from xiuhua.store.reference import add_edition

SETTING = '\n[basemap]\nkind = "{kind}"\nurl = "{url}"\nattribution = "示例地图"\ndatum = "gcj02"\nmax_zoom = 17\n'


# a style of MapLibre with an area and a label, whose glyphs would have to be fetched
STYLE = {
    "version": 8,
    "glyphs": "https://glyphs.example/{fontstack}/{range}.pbf",
    "sources": {"sea": {"type": "geojson", "data": {"type": "Point", "coordinates": [110.0, 30.0]}}},
    "layers": [
        {"id": "paper", "type": "background", "paint": {"background-color": "#ffeecc"}},
        {"id": "sea", "type": "circle", "source": "sea"},
        {"id": "label", "type": "symbol", "source": "sea", "layout": {"text-field": "Sea"}},
    ],
}


class _Tiles(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        styled = self.path.endswith(".json")
        picture = json.dumps(STYLE).encode() if styled else jpeg()
        self.send_response(200)
        self.send_header("Content-Type", "application/json" if styled else "image/jpeg")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(picture)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def outside() -> Iterator[tuple[str, list[str]]]:
    """A server of pictures that is not ours, and what it was asked for."""
    asked: list[str] = []
    server = HTTPServer(("127.0.0.1", 0), type("Tiles", (_Tiles,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def with_base_map(world: World, url: str, kind: str = "raster") -> None:
    pack = read_pack(TINY)
    text = pack.texts["district.toml"] + SETTING.format(kind=kind, url=url)
    loaded = load_files(replace(pack, texts={**pack.texts, "district.toml": text}))
    assert loaded.faults == ()
    assert loaded.district
    add_edition(loaded.files, loaded.district.version, "system", world.now())
    forget()


def test_the_setting_is_written_again_as_it_was_read() -> None:
    pack = read_pack(TINY)
    text = pack.texts["district.toml"] + SETTING.format(kind="raster", url="https://t.example/{z}/{x}/{y}.png")
    loaded = load_files(replace(pack, texts={**pack.texts, "district.toml": text}))
    again = load_files(replace(pack, texts={**pack.texts, "district.toml": written(loaded)["district.toml"]}))
    assert again.district is not None
    assert loaded.district is not None
    assert again.district.settings.base_map == loaded.district.settings.base_map


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('url = "map.png"', "basemap.url"), ('datum = "mars"', "basemap.datum"), ('kind = "globe"', "basemap.kind"),
        ("max_zoom = 99", "basemap.max_zoom"), ('colour = "blue"', "basemap.colour"), ('hosts = ["x"]', "basemap.hosts"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_with_its_line(line: str, field: str) -> None:
    good = SETTING.format(kind="raster", url="https://t.example/{z}/{x}/{y}.png").strip().splitlines()
    key = line.split(" = ")[0]
    lines = [*(one for one in good if not one.startswith(f"{key} =")), line]
    pack = read_pack(TINY)
    text = pack.texts["district.toml"] + "\n" + "\n".join(lines) + "\n"
    loaded = load_files(replace(pack, texts={**pack.texts, "district.toml": text}))
    faults = [fault for fault in loaded.faults if fault.field == field]
    assert len(loaded.faults) == 1, loaded.faults
    assert text.splitlines()[faults[0].line - 1] == line


@pytest.mark.django_db
def test_the_policy_names_the_host_of_the_map_and_no_other(sign_in: SignIn, district: World) -> None:
    client = sign_in("pai1")
    assert "tiles.example" not in client.get("/map/").headers["Content-Security-Policy"]
    with_base_map(district, "https://tiles.example/{z}/{x}/{y}.png")
    for path in ("/map/", "/static/vendor/maplibre-gl/maplibre-gl-worker.mjs"):
        answer = client.get(path)
        answer.close()
        policy = answer.headers["Content-Security-Policy"]
        assert "connect-src 'self' https://tiles.example;" in policy
        assert "img-src 'self' data: blob: https://tiles.example;" in policy
        assert "default-src 'self';" in policy
    assert "tiles.example" not in client.get("/api/v1/me").headers["Content-Security-Policy"]


def test_our_own_drawing_is_shifted_with_a_shifted_map_and_a_click_is_shifted_back(
    page: Page, served: str, district: World, outside: tuple[str, list[str]]
) -> None:
    terrain.lay()
    address, asked = outside
    with_base_map(district, f"{address}/{{z}}/{{x}}/{{y}}.jpg")
    shown = Map(Desk(page, served))
    shown.open("pai1")
    assert any(path.startswith("/1") for path in asked)
    page.get_by_role("combobox", name="搜索地图").fill(terrain.POLE)
    expect(page.locator("#hits [role=option]")).to_contain_text(terrain.POLE)
    page.get_by_label("部件", exact=True).check()
    page.get_by_role("combobox", name="搜索地图").press("Enter")
    expect(shown.chosen).to_contain_text(terrain.POLE)
    shown.still()
    there, pole = Wgs84(*shown.place()), Wgs84(110.001 + 42 * 0.0004, 30.0027)
    assert 100 < distance_m(there, pole) < 1000  # where the shifted map has it
    page.keyboard.press("Escape")
    shown.click()  # and there it is drawn
    expect(shown.chosen).to_contain_text(terrain.POLE)
    terrain.forget()


def test_a_style_of_another_map_lies_under_ours_without_its_labels(
    page: Page, served: str, district: World, outside: tuple[str, list[str]]
) -> None:
    terrain.lay()
    address, asked = outside
    with_base_map(district, f"{address}/style.json", kind="vector")
    shown = Map(Desk(page, served))
    there = wgs84_to(EAST, Gcj02)
    shown.open("pai1", Wgs84(there.lon, there.lat))  # where that map has it
    assert asked == ["/style.json"]
    shown.click()
    expect(shown.chosen).to_contain_text("单元网格")  # ours is drawn over it
    assert shown.desk.troubles == []  # and nothing of it was refused
    terrain.forget()


def test_a_place_picked_on_a_shifted_map_is_kept_unshifted(
    page: Page, served: str, district: World, outside: tuple[str, list[str]]
) -> None:
    address, _ = outside
    with_base_map(district, f"{address}/{{z}}/{{x}}/{{y}}.jpg")
    desk = Desk(page, served)
    desk.sign_in("cai1")
    page.goto(f"{served}/case/new/report")
    expect(page.locator(".map.drawn canvas")).to_be_visible()
    middle = [float(page.locator(".map").get_attribute(f"data-{name}") or 0) for name in ("lon", "lat")]
    page.locator(".map canvas").click()
    lon, lat = (float(page.get_by_label(name).input_value()) for name in ("经度", "纬度"))
    assert distance_m(Wgs84(lon, lat), Wgs84(*middle)) < 60  # a pixel or two at that scale
    assert re.fullmatch(r"\d+\.\d{6}", page.get_by_label("经度").input_value())
    assert distance_m(Wgs84(lon, lat), EAST) < 5_000
