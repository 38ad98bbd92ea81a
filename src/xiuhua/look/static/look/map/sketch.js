// A line drawn on the small map, point by point, as GeoJSON in the text field beside it. What is written there is drawn too.

import { colours } from "./style.js";
import { drawn, stored } from "./start.js";

const DIGITS = 6;

function points(text) {
  try {
    const found = JSON.parse(text);
    return found.type === "LineString" ? found.coordinates : null;
  } catch {
    return null;
  }
}

const line = (coordinates) => ({ type: "LineString", coordinates });

function lay(map) {
  const c = colours();
  map.addSource("sketch", { type: "geojson", data: line([]) });
  map.addLayer({ id: "sketch", type: "line", source: "sketch", paint: { "line-color": c.thread, "line-width": 3 } });
  map.addLayer({
    id: "sketch-points",
    type: "circle",
    source: "sketch",
    paint: { "circle-color": c.sheet, "circle-radius": 4, "circle-stroke-color": c.thread, "circle-stroke-width": 2 },
  });
}

export function sketching(map, place, config) {
  const field = place.closest(".field");
  const [text, undo] = [field.querySelector("textarea"), field.querySelector("[data-undo]")];
  const show = () => {
    const found = points(text.value) ?? [];
    undo.disabled = !found.length;
    const shown = found.map((one) => drawn(config, one));
    map.getSource("sketch").setData(shown.length > 1 ? line(shown) : { type: "MultiPoint", coordinates: shown });
  };
  const write = (found) => {
    text.value = found.length ? JSON.stringify(line(found)) : "";
    show();
  };
  map.once("load", () => {
    lay(map);
    show();
    map.getCanvas().style.cursor = "crosshair";
    map.on("click", (event) => {
      if (text.value.trim() && !points(text.value)) return; // areas were pasted: they are not drawn over
      const here = stored(config, event.lngLat.toArray()).map((degree) => Number(degree.toFixed(DIGITS)));
      write([...(points(text.value) ?? []), here]);
    });
    undo.addEventListener("click", () => write((points(text.value) ?? []).slice(0, -1)));
    text.addEventListener("change", show);
  });
}
