"""The copied browser files work as they are, under the policy that every answer carries."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from xiuhua.shell.headers import POLICY

VENDOR = Path(__file__).resolve().parent.parent.parent / "src" / "xiuhua" / "look" / "static" / "vendor"
PAGE = """<!doctype html><meta charset="utf-8"><title>waiting</title>
<meta name="htmx-config" content='{"includeIndicatorStyles": false, "allowEval": false}'>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/vendor/maplibre-gl/maplibre-gl.css">
<link rel="stylesheet" href="/page.css"><script src="/vendor/htmx.min.js" defer></script>
<script type="module" src="/page.mjs"></script>
<div id="map"></div><div id="swapped" hx-get="/fragment.html" hx-trigger="load">before</div>"""
SCRIPT = """import {Map} from '/vendor/maplibre-gl/maplibre-gl.mjs';
const ring = [[116.5, 35.3], [116.7, 35.3], [116.7, 35.5], [116.5, 35.5], [116.5, 35.3]];
const data = {type: 'Feature', properties: {}, geometry: {type: 'Polygon', coordinates: [ring]}};
const style = {version: 8, sources: {ground: {type: 'geojson', data}},
  layers: [{id: 'grids', type: 'fill', source: 'ground', paint: {'fill-color': '#c33'}}]};
const map = new Map({container: 'map', center: [116.6, 35.4], zoom: 10, attributionControl: false, style});
map.on('idle', () => {
  document.title = map.queryRenderedFeatures({layers: ['grids']}).length ? 'drawn' : 'empty';
});"""


class Guarded(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}  # noqa: RUF012

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "vendor").symlink_to(VENDOR)
    (tmp_path / "page.css").write_text("#map { width: 400px; height: 300px }")
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "page.mjs").write_text(SCRIPT)
    (tmp_path / "fragment.html").write_text("<b>after</b>")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Guarded, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_map_is_drawn_and_a_fragment_swapped(address: str, page: Page) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/page.html")
    expect(page).to_have_title("drawn", timeout=30_000)
    expect(page.locator("#swapped")).to_have_text("after")
    assert complaints == []


def test_every_file_has_a_packed_copy_beside_it() -> None:
    plain = [file for file in VENDOR.rglob("*.*") if file.suffix in {".js", ".mjs", ".css"}]
    assert plain
    assert [file for file in plain if not file.with_name(f"{file.name}.gz").exists()] == []
