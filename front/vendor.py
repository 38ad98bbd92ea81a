"""Copy the browser files that pages load out of node_modules into the package; no bundler between.

The list below is complete: a file that is not in it is not served. Maps of sources are left out.
"""

import gzip
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "src" / "xiuhua" / "look" / "static" / "vendor"
FILES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    # The library finds its worker beside itself, so the two keep their names and their folder.
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl/maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl/maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl/maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "maplibre-gl/LICENSE.txt",
}


def copy() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        place = VENDOR / target
        place.parent.mkdir(parents=True, exist_ok=True)
        content = (HERE / "node_modules" / source).read_bytes()
        place.write_bytes(content)
        # WhiteNoise sends the packed file that lies beside a file; a time of 0 keeps the bytes the same.
        place.with_name(f"{place.name}.gz").write_bytes(gzip.compress(content, mtime=0))


if __name__ == "__main__":
    copy()
