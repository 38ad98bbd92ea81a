// A line drawn on the small map, point by point, as GeoJSON in the text field beside it. What is written there is drawn too.
// The grids that are to change are drawn with the unit grids in them, and a click near one of their borders is on it.

import { along, snapped } from "./snap.js";
import { drawn, stored } from "./start.js";
import { colours } from "./style.js";

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

const EMPTY = { type: "FeatureCollection", features: [] };

function lay(map) {
  const c = colours();
  map.addSource("changing", { type: "geojson", data: EMPTY });
  const unit = ["==", ["get", "tier"], "unit"];
  const border = { "line-color": c.thread, "line-width": ["case", unit, 1, 2], "line-opacity": ["case", unit, 0.6, 1] };
  map.addLayer({ id: "changing", type: "line", source: "changing", paint: border });
  map.addSource("sketch", { type: "geojson", data: line([]) });
  map.addLayer({ id: "sketch", type: "line", source: "sketch", paint: { "line-color": c.red, "line-width": 3 } });
  map.addLayer({
    id: "sketch-points",
    type: "circle",
    source: "sketch",
    paint: { "circle-color": c.sheet, "circle-radius": 4, "circle-stroke-color": c.red, "circle-stroke-width": 2 },
  });
}

// The named grids with those in them, as they are kept; a code that is none has none.
async function changing(codes) {
  const asked = codes.map((code) => fetch(`/api/v1/grids?within=${encodeURIComponent(code)}`));
  const answers = await Promise.all(asked.map((one) => one.then((answer) => (answer.ok ? answer.json() : EMPTY))));
  return answers.flatMap((found) => found.features.filter((feature) => feature.geometry));
}

const shifted = (feature, config) => {
  const rings = feature.geometry.coordinates.map((ring) => ring.map((at) => drawn(config, at)));
  return { ...feature, geometry: { ...feature.geometry, coordinates: rings } };
};
const rings = (features) => features.flatMap((feature) => feature.geometry.coordinates);
const rounded = (at) => at.map((degree) => Number(degree.toFixed(DIGITS)));

// Under the line there is what is to change; typed anew, it is asked for anew.
function ground(map, field, config) {
  const here = { features: [] };
  let asked = 0;
  const show = async () => {
    const mine = (asked += 1);
    const codes = field.value.split(/[\s,;，；、]+/).filter(Boolean);
    const features = await changing(codes).catch(() => []);
    if (mine !== asked) return; // an older answer came late
    here.features = features;
    map.getSource("changing").setData({ ...EMPTY, features: here.features.map((one) => shifted(one, config)) });
  };
  field.addEventListener("change", show);
  show();
  return here;
}

export function sketching(map, place, config) {
  const field = place.closest(".field");
  const [text, undo] = [field.querySelector("textarea"), field.querySelector("[data-undo]")];
  const clicks = []; // how many points there were before each
  let here = { features: [] };
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
  const clicked = (event) => {
    if (text.value.trim() && !points(text.value)) return; // areas were pasted: they are not drawn over
    const before = points(text.value) ?? [];
    const at = snapped(event.point, rings(here.features), (one) => map.project(drawn(config, one)));
    const next = at ?? rounded(stored(config, event.lngLat.toArray()));
    const units = here.features.filter((feature) => feature.properties.tier === "unit");
    const way = at && before.length ? along(before.at(-1), at, rings(units)) : [];
    clicks.push(before.length);
    write([...before, ...way, next]);
  };
  map.once("load", () => {
    lay(map);
    show();
    const named = place.closest("form").querySelector("[name='f-grids']");
    if (named) here = ground(map, named, config);
    map.getCanvas().style.cursor = "crosshair";
    map.on("click", clicked);
    undo.addEventListener("click", () => {
      const found = points(text.value) ?? [];
      write(found.slice(0, Math.min(clicks.pop() ?? Infinity, found.length - 1)));
    });
    text.addEventListener("change", show);
  });
}
