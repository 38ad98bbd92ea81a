// What lies on the ground: components, cases, collectors on shift, what was chosen; and which of it is shown.

import { FONT, TIERS, colours, named, source } from "./style.js";
import { addSigns } from "./signs.js";

const SOURCES = {
  components: ["component", "component-count"],
  cases: ["case", "case-count"],
  positions: ["position"],
  former: ["former", "former-name"],
};

function query(pairs) {
  const given = Object.entries(pairs).filter(([, value]) => value);
  return given.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join("");
}

// Not greater than the ground's deepest zoom; a case is never so near to another that more would help.
const fresh = (name, datum, pairs) => source(name, datum, query(pairs), 17);

function counted(colour, id, name, sourceLayer, more) {
  return {
    id,
    type: "symbol",
    source: name,
    "source-layer": sourceLayer,
    layout: {
      "text-field": ["to-string", ["get", "count"]],
      "text-font": FONT,
      "text-size": 11,
      "icon-allow-overlap": true,
      "text-allow-overlap": true,
      "icon-text-fit": "both",
      "icon-text-fit-padding": [2, 4, 2, 4],
      ...more,
    },
    paint: { "text-color": colour },
  };
}

// Numbers of components give way to what lies above them: they step beside a case, so that both are seen and clicked.
// Places to try in this order, in letters from their own: there, a step to every side, a longer one.
const step = (across, down) => [
  ...["top", [0, down], "bottom", [0, -down], "left", [across, 0], "right", [-across, 0]],
  ...["top-left", [across, down], "top-right", [-across, down], "bottom-left", [across, -down]],
  ...["bottom-right", [-across, -down]],
];
const GIVING_WAY = {
  "icon-image": "count-components",
  "text-variable-anchor-offset": ["center", [0, 0], ...step(1.5, 1.5), ...step(2.5, 2.5)],
};

function components(c) {
  return [
    {
      id: "component",
      type: "circle",
      source: "components",
      "source-layer": "component",
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 13, 1.2, 16, 2.6, 19, 6],
        "circle-color": ["match", ["get", "state"], "intact", c.sheet, "removed", c.ground, c.soft],
        "circle-stroke-color": c.soft,
        "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 13, 0.5, 17, 1.2],
      },
    },
    counted(c.soft, "component-count", "components", "component_count", GIVING_WAY),
  ];
}

function cases(c) {
  return [
    {
      id: "case",
      type: "symbol",
      source: "cases",
      "source-layer": "case",
      layout: {
        "icon-image": ["concat", "light-", ["get", "light"]],
        "icon-allow-overlap": true,
        "symbol-sort-key": ["match", ["get", "light"], "overdue", 3, "warning", 2, "in-time", 1, 0],
      },
    },
    counted(c.ink, "case-count", "cases", "case_count", { "icon-image": ["concat", "count-", ["get", "light"]] }),
  ];
}

function positions(c) {
  return [
    {
      id: "position",
      type: "circle",
      source: "positions",
      "source-layer": "position",
      paint: { "circle-radius": 6, "circle-color": c.thread, "circle-stroke-color": c.sheet, "circle-stroke-width": 2 },
    },
    {
      id: "position-name",
      type: "symbol",
      source: "positions",
      "source-layer": "position",
      minzoom: 12,
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": 11,
        "text-anchor": "left",
        "text-offset": [0.9, 0],
      },
      paint: { "text-color": c.thread, "text-halo-color": c.halo, "text-halo-width": 1.5 },
    },
  ];
}

function former(c, language) {
  const source = "former";
  const text = { "text-field": named(language), "text-font": FONT, "text-size": 11 };
  return [
    {
      id: "former",
      type: "line",
      source,
      "source-layer": "former",
      paint: { "line-color": c.yellowEdge, "line-width": 1.5, "line-dasharray": [1, 1.5] },
    },
    {
      id: "former-name",
      type: "symbol",
      source,
      "source-layer": "former_name",
      minzoom: 11,
      layout: text,
      paint: { "text-color": c.yellowEdge, "text-halo-color": c.halo, "text-halo-width": 1.5 },
    },
  ];
}

const DRAWN = { components, cases, positions, former };
const EMPTY = { type: "FeatureCollection", features: [] };

function chosenLayers(c) {
  return [
    {
      id: "chosen-grid",
      type: "line",
      source: "grids",
      "source-layer": "grid",
      filter: ["==", ["get", "code"], ""],
      paint: { "line-color": c.thread, "line-width": 3 },
    },
    {
      id: "chosen-ring",
      type: "circle",
      source: "chosen",
      paint: { "circle-radius": 14, "circle-opacity": 0, "circle-stroke-color": c.thread, "circle-stroke-width": 2.5 },
    },
  ];
}

export class Layers {
  constructor(map, config) {
    this.map = map;
    this.datum = config.shifted ? "gcj02" : "wgs84";
    this.colours = colours();
    this.day = config.day;
    this.language = config.language;
    addSigns(map, this.colours);
    map.addSource("chosen", { type: "geojson", data: EMPTY });
    for (const layer of chosenLayers(this.colours)) map.addLayer(layer);
  }

  // A source with other filters is another source: what the old one was still loading is dropped with it.
  show(name, wanted, pairs = {}) {
    for (const id of [...SOURCES[name], `${name.slice(0, -1)}-name`])
      if (this.map.getLayer(id)) this.map.removeLayer(id);
    if (this.map.getSource(name)) this.map.removeSource(name);
    if (!wanted) return;
    this.map.addSource(name, fresh(name, this.datum, pairs));
    const before = name === "components" && this.map.getLayer("case") ? "case" : "chosen-grid";
    for (const layer of DRAWN[name](this.colours, this.language)) this.map.addLayer(layer, before);
  }

  // What moves by itself is asked for again; what stands on the screen stays until the new tiles are there.
  refresh() {
    for (const name of ["cases", "positions"]) if (this.map.getSource(name)) this.map.refreshTiles(name);
  }

  showTier(tier, wanted) {
    for (const id of [`grid-${tier}`, `name-${tier}`]) {
      if (this.map.getLayer(id)) this.map.setLayoutProperty(id, "visibility", wanted ? "visible" : "none");
    }
  }

  showDay(day) {
    this.day = day;
    this.map.getSource("grids").setTiles(source("grids", this.datum, `&day=${day}`).tiles);
  }

  choose(at, grid = "") {
    this.map.setFilter("chosen-grid", ["==", ["get", "code"], grid]);
    const point = { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at ?? [0, 0] } };
    this.map.getSource("chosen").setData(at ? point : EMPTY);
  }

  // What lies under a point of the screen, the most particular first; what is only near where nothing is hit.
  under(point, tiers) {
    const near = [
      [point.x - 6, point.y - 6],
      [point.x + 6, point.y + 6],
    ];
    return this.thing(point) ?? this.thing(near) ?? this.grid(point, tiers);
  }

  thing(where) {
    for (const [id, sort] of [
      ["case", "case"],
      ["case-count", "count"],
      ["position", "position"],
      ["component", "component"],
      ["component-count", "count"],
    ]) {
      if (!this.map.getLayer(id)) continue;
      const [found] = this.map.queryRenderedFeatures(where, { layers: [id] });
      if (found) return { sort, tags: found.properties, at: found.geometry.coordinates };
    }
    return null;
  }

  // The smallest grid of those shown: its area is asked for in the tile, since only its line is drawn.
  grid(point, tiers) {
    const at = this.map.unproject(point);
    const zoom = this.map.getZoom();
    const order = Object.keys(TIERS).filter((tier) => tiers.has(tier) && zoom >= TIERS[tier][0]);
    const all = this.map.queryRenderedFeatures(point, { layers: ["grid-area"] }).map((feature) => feature.properties);
    for (const tier of order) {
      const found = all.find((tags) => tags.tier === tier);
      if (found) return { sort: "grid", tags: found, at: [at.lng, at.lat] };
    }
    return null;
  }
}
