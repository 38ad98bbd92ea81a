// The district's own ground as a style of MapLibre: grey, so that cases are seen. Colours are the page's tokens.
// It asks this server only. There is no glyph address: the browser draws every letter with the fonts it has.

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const FONT = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "sans-serif"];

export function colours() {
  const names = ["ground", "line", "text", "water", "green", "land", "building", "road", "edge", "halo"];
  const found = Object.fromEntries(names.map((name) => [name, token(`--map-${name}`)]));
  const more = {
    thread: "--thread",
    sheet: "--sheet",
    ink: "--ink",
    red: "--red",
    yellow: "--yellow-fill",
    green3: "--green",
    grey: "--grey",
    soft: "--soft",
    yellowEdge: "--yellow",
  };
  return { ...found, ...Object.fromEntries(Object.entries(more).map(([key, name]) => [key, token(name)])) };
}

// OSM highway words, widest first: pixels at zoom 12 and 17.
const ROADS = [
  [["motorway", "trunk"], 2.4, 18],
  [["primary"], 2, 15],
  [["secondary"], 1.4, 12],
  [["tertiary"], 1, 9],
  [["unclassified", "residential", "living_street"], 0.5, 6],
  [["service", "pedestrian"], 0.3, 3.5],
];
const OTHER = [0.2, 1.5];
const PAVED = ["!", ["in", ["get", "kind"], ["literal", ["wall", "rail"]]]];

function width(more = 0) {
  const at = (column, other) => [
    "match",
    ["get", "kind"],
    ...ROADS.flatMap(([kinds, ...px]) => [kinds, px[column] + more]),
    other + more,
  ];
  return ["interpolate", ["exponential", 1.5], ["zoom"], 12, at(0, OTHER[0]), 17, at(1, OTHER[1])];
}

export const named = (language) =>
  language.startsWith("en") ? ["coalesce", ["get", "en"], ["get", "zh"]] : ["get", "zh"];

function text(colour, size, field, more = {}) {
  return {
    layout: { "text-field": field, "text-font": FONT, "text-size": size, "text-padding": 3, ...more.layout },
    paint: { "text-color": colour.text, "text-halo-color": colour.halo, "text-halo-width": 1.4, ...more.paint },
  };
}

const tiles = (name, datum, query = "") => [
  `${location.origin}/api/v1/tiles/${name}/{z}/{x}/{y}.mvt?datum=${datum}${query}`,
];
export const source = (name, datum, query, maxzoom = 17) => ({
  type: "vector",
  tiles: tiles(name, datum, query),
  minzoom: 7,
  maxzoom,
});

function ground(c) {
  const fill = (id, colour, more = {}) => ({
    id,
    type: "fill",
    source: "ground",
    "source-layer": id,
    paint: { "fill-color": colour },
    ...more,
  });
  const line = (id, paint, more = {}) => ({
    id,
    type: "line",
    source: "ground",
    "source-layer": "road",
    layout: { "line-cap": "round", "line-join": "round" },
    paint,
    ...more,
  });
  return [
    fill("land", c.land),
    fill("green", c.green),
    fill("water", c.water),
    {
      id: "stream",
      type: "line",
      source: "ground",
      "source-layer": "water",
      paint: { "line-color": c.water, "line-width": ["interpolate", ["linear"], ["zoom"], 11, 1, 17, 8] },
    },
    fill("building", c.building, { minzoom: 15 }),
    line("wall", { "line-color": c.edge, "line-width": 1 }, { minzoom: 15, filter: ["==", ["get", "kind"], "wall"] }),
    line(
      "rail",
      { "line-color": c.line, "line-width": 1.5, "line-dasharray": [3, 2] },
      { filter: ["==", ["get", "kind"], "rail"] },
    ),
    line("road-edge", { "line-color": c.edge, "line-width": width(1) }, { minzoom: 13, filter: PAVED }),
    line("road", { "line-color": c.road, "line-width": width() }, { filter: PAVED }),
  ];
}

// From small to large, so that a street's border lies over a unit grid's.
export const TIERS = {
  unit: [14, 0.5, [2, 2]],
  community: [12, 0.8, [4, 2]],
  management: [11, 0.8],
  evaluation: [10, 1],
  responsibility: [11, 1],
  street: [7, 1.8],
  district: [7, 2.4],
};

function grids(c) {
  return Object.entries(TIERS).map(([tier, [minzoom, px, dash]]) => ({
    id: `grid-${tier}`,
    type: "line",
    source: "grids",
    "source-layer": "grid",
    minzoom,
    filter: ["==", ["get", "tier"], tier],
    paint: {
      "line-color": c.line,
      "line-width": ["interpolate", ["linear"], ["zoom"], minzoom, px * 0.5, minzoom + 3, px],
      ...(dash && { "line-dasharray": dash }),
    },
  }));
}

function names(c, language) {
  const of = (tier) => ["==", ["get", "tier"], tier];
  const grid = (tier, minzoom, maxzoom, size, field, more) => ({
    id: `name-${tier}`,
    type: "symbol",
    source: "grids",
    "source-layer": "grid_name",
    filter: of(tier),
    minzoom,
    maxzoom,
    ...text(c, size, field, more),
  });
  const spaced = { layout: { "text-letter-spacing": 0.2 }, paint: { "text-color": c.soft } };
  return [
    {
      id: "road-name",
      type: "symbol",
      source: "ground",
      "source-layer": "road",
      minzoom: 13,
      ...text(c, 11, named(language), {
        layout: { "symbol-placement": "line", "symbol-spacing": 320, "text-max-angle": 30 },
      }),
    },
    {
      id: "river-name",
      type: "symbol",
      source: "ground",
      "source-layer": "water",
      minzoom: 12,
      filter: ["==", ["geometry-type"], "LineString"],
      ...text(c, 11, named(language), { layout: { "symbol-placement": "line", "symbol-spacing": 400 } }),
    },
    {
      id: "place-name",
      type: "symbol",
      source: "ground",
      "source-layer": "name",
      minzoom: 13,
      ...text(c, ["match", ["get", "of"], "plate", 9, "poi", 10, 11], named(language), {
        layout: {
          "symbol-sort-key": ["get", "rank"],
          "text-max-width": 7,
          "text-padding": ["interpolate", ["linear"], ["zoom"], 13, 28, 15, 12, 17, 2],
        },
      }),
    },
    grid("unit", 16, 24, 9, ["get", "short"]),
    grid("responsibility", 12.5, 17, 11, ["get", "short"], { paint: { "text-color": c.thread } }),
    grid("community", 13.5, 16, 11, named(language), spaced),
    grid("street", 9, 13, 13, named(language), spaced),
  ];
}

// `under` are layers and sources of an outside base map, which then stands where our own ground would.
export function style(config, under) {
  const c = colours();
  const datum = config.shifted ? "gcj02" : "wgs84";
  const own = under ? [] : ground(c);
  const labels = names(c, config.language).filter((layer) => under?.kind !== "raster" || layer.source !== "ground");
  return {
    version: 8,
    sources: {
      ...under?.sources,
      ground: source("ground", datum),
      grids: source("grids", datum, `&day=${config.day}`),
    },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": c.ground } },
      ...(under?.layers ?? []),
      ...own,
      ...grids(c),
      ...labels,
    ],
  };
}
