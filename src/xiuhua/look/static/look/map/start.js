// A map in an element of the page: the library, the base map, and the ways between stored places and drawn ones.

import { fromGcj, toGcj } from "./gcj.js";
import { style } from "./style.js";

export function webgl() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

// An outside base map, only where the district's settings name one. What does not answer leaves our own ground.
async function under(base) {
  if (!base) return null;
  if (base.kind === "raster") {
    const raster = {
      type: "raster",
      tiles: [base.url],
      tileSize: 256,
      maxzoom: base.maxZoom,
      attribution: base.attribution,
    };
    return {
      kind: "raster",
      sources: { outside: raster },
      layers: [{ id: "outside", type: "raster", source: "outside", paint: { "raster-saturation": -0.7 } }],
    };
  }
  try {
    const found = await (await fetch(base.url)).json();
    const plain = found.layers.filter(
      (layer) => layer.type !== "symbol" && !layer.paint?.["fill-pattern"] && !layer.paint?.["line-pattern"],
    );
    const renamed = (name) => `outside-${name}`;
    const layers = plain.map((layer) => ({
      ...layer,
      id: renamed(layer.id),
      ...(layer.source && { source: renamed(layer.source) }),
    }));
    const sources = Object.fromEntries(Object.entries(found.sources).map(([name, source]) => [renamed(name), source]));
    return { kind: "vector", sources, layers };
  } catch {
    return null;
  }
}

// Numbers and words go to the screen; degrees that are kept or asked about are always WGS 84.
export const drawn = (config, lonLat) => (config.shifted ? toGcj(lonLat) : lonLat);
export const stored = (config, lonLat) => (config.shifted ? fromGcj(lonLat) : lonLat);

export async function start(container, config, options) {
  const library = await import("/static/vendor/maplibre-gl/maplibre-gl.mjs");
  const map = new library.Map({
    container,
    style: style(config, await under(config.base)),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 19,
    minZoom: 7,
    ...options,
    ...(options.center && { center: drawn(config, options.center) }),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  const words = config.words;
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.getCanvas().setAttribute("aria-label", words.map);
  for (const [name, said] of [
    ["in", words.zoomIn],
    ["out", words.zoomOut],
  ]) {
    const button = container.querySelector(`.maplibregl-ctrl-zoom-${name}`);
    button?.setAttribute("aria-label", said);
    button?.setAttribute("title", said);
  }
  if (config.base?.attribution) map.addControl(new library.AttributionControl({ compact: true }), "bottom-right");
  return { library, map };
}
