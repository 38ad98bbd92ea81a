// The whole-page map: what is shown, what was clicked, and where the search leads. Every choice is a form field, so
// that the keyboard and a screen reader have them too.

import { Layers } from "./layers.js";
import { search } from "./search.js";
import { drawn, start, stored, webgl } from "./start.js";

const page = document.querySelector("[data-map-page]");
const config = JSON.parse(page.dataset.config);
const shown = document.getElementById("shown");
const panel = document.getElementById("chosen");
const said = panel.querySelector("[data-said]");
const told = document.getElementById("told");
const words = { ...JSON.parse(page.dataset.words), ...config.words };

const REFRESH_MS = Number(page.dataset.refresh) * 1000;
const value = (name) => shown.elements[name]?.value ?? "";
const ticked = (name) => Boolean(shown.elements[name]?.checked);
const tiers = () => new Set([...shown.querySelectorAll("[data-tier]:checked")].map((box) => box.dataset.tier));

function apply(layers, name) {
  if (name === "day") {
    layers.showDay(value("day") || config.day);
    close(layers); // what was chosen was of another day
    return apply(layers, "former");
  }
  if (name.startsWith("tier-")) return layers.showTier(name.slice(5), ticked(name));
  if (name === "components" || name === "class" || name === "state") {
    return layers.show("components", ticked("components"), { class: value("class"), state: value("state") });
  }
  if (name === "former") return layers.show("former", value("former") !== "", { line: value("former"), day: layers.day });
  if (name === "positions") return layers.show("positions", ticked("positions"));
  const light = value("light");
  return layers.show("cases", ticked("cases"), { due: light, open: ticked("open") ? "true" : "" });
}

// What was chosen, as the server says it in this reader's language and by his rights.
async function tell(address, none = words.gone) {
  panel.hidden = false;
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    said.innerHTML = answer.ok ? await answer.text() : "";
    if (!answer.ok) said.textContent = answer.status === 404 ? none : words.broken;
  } catch {
    said.textContent = words.broken;
  }
  panel.removeAttribute("aria-busy");
}

const ADDRESS = {
  grid: (code, day) => `/map/grid/${encodeURIComponent(code)}?day=${day}`,
  component: (code) => `/map/component/${encodeURIComponent(code)}`,
  case: (number) => `/map/case/${encodeURIComponent(number)}`,
};

function close(layers) {
  layers.choose(null);
  panel.hidden = true;
}

function open(map, layers, found) {
  if (!found) return close(layers);
  const { sort, tags, at } = found;
  if (sort === "count") return map.easeTo({ center: at, zoom: map.getZoom() + 2 });
  layers.choose(sort === "grid" ? null : at, sort === "grid" ? tags.code : "");
  if (sort === "position") {
    panel.hidden = false;
    said.textContent = words.position.replace("{name}", tags.name).replace("{n}", tags.minutes);
  } else tell(ADDRESS[sort](tags.code ?? tags.number, layers.day));
}

function flown(map, layers, hit) {
  const centre = drawn(config, hit.place);
  map.jumpTo({ center: centre, zoom: Math.max(map.getZoom(), hit.zoom) });
  layers.choose(centre, hit.sort === "grid" ? hit.code : "");
  if (ADDRESS[hit.sort]) tell(ADDRESS[hit.sort](hit.code, layers.day));
  else where(hit.place);
}

// An open map keeps up with its cases and collectors, while somebody may be looking at it.
function keepUp(layers) {
  const refresh = () => document.visibilityState === "visible" && layers.refresh();
  setInterval(refresh, REFRESH_MS);
  document.addEventListener("visibilitychange", refresh);
}

const where = ([lon, lat]) => tell(`/map/at?lon=${lon.toFixed(6)}&lat=${lat.toFixed(6)}`);

function keys(map, layers) {
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      const { clientWidth, clientHeight } = map.getCanvas();
      open(map, layers, layers.under({ x: clientWidth / 2, y: clientHeight / 2 }, tiers()));
    }
    if (event.key === "Escape") close(layers);
  });
}

// One field of each layer shows all of it, with its filters: a source drawn twice would be asked for twice.
const FIRST = ["cases", "components", "former", "positions"];

function listen(map, layers) {
  for (const field of shown.elements)
    if (field.name.startsWith("tier-") || FIRST.includes(field.name)) apply(layers, field.name);
  if (value("day") && value("day") !== config.day) apply(layers, "day"); // a browser that goes back keeps what was typed
  shown.addEventListener("change", (event) => apply(layers, event.target.name));
  shown.addEventListener("submit", (event) => event.preventDefault());
  panel.querySelector("[data-close]").addEventListener("click", () => {
    close(layers);
    map.getCanvas().focus();
  });
  map.on("click", (event) => open(map, layers, layers.under(event.point, tiers())));
  map.on("contextmenu", (event) => {
    layers.choose(event.lngLat.toArray());
    where(stored(config, event.lngLat.toArray()));
  });
  keys(map, layers);
  search(document.getElementById("find"), {
    near: () => stored(config, map.getCenter().toArray()),
    fly: (hit) => flown(map, layers, hit),
    words,
    language: config.language,
  });
}

// On a small screen the ground comes first, and one sheet at a time lies over it.
const small = matchMedia("(max-width: 760px)");
const choices = page.querySelector(".shown");
if (small.matches) choices.open = false;
choices.addEventListener("toggle", () => {
  if (small.matches && choices.open) panel.hidden = true;
});

// The whole district is seen beside what floats over the map, or below it.
function padding() {
  const over = page.querySelector(".over");
  return small.matches
    ? { top: over.offsetTop + over.offsetHeight + 16, right: 16, bottom: 40, left: 16 }
    : { top: 24, right: 56, bottom: 40, left: over.offsetLeft + over.offsetWidth + 16 };
}

async function begin() {
  const [west, south, east, north] = JSON.parse(page.dataset.bounds);
  const bounds = [drawn(config, [west, south]), drawn(config, [east, north])];
  const canvas = page.querySelector(".canvas");
  const { library, map } = await start(canvas, config, { bounds, fitBoundsOptions: { padding: padding() }, hash: "map" });
  map.addControl(new library.ScaleControl({ unit: "metric" }), "bottom-left");
  map.on("error", (event) => {
    console.warn(event.error?.message ?? event);
    told.textContent = event.error?.status === 401 ? words.ended : words.gap;
    told.hidden = false;
  });
  map.on("movestart", () => {
    told.hidden = true; // what is missing is asked for again, and told again
  });
  map.once("load", () => {
    map.addLayer(
      { id: "grid-area", type: "fill", source: "grids", "source-layer": "grid", paint: { "fill-opacity": 0 } },
      "grid-unit",
    );
    const layers = new Layers(map, config);
    listen(map, layers);
    keepUp(layers);
    page.classList.add("drawn");
  });
  map.on("dataloading", () => canvas.setAttribute("aria-busy", "true"));
  map.on("idle", () => {
    if (map.areTilesLoaded()) canvas.removeAttribute("aria-busy");
    page.dataset.idle = String(Number(page.dataset.idle ?? 0) + 1); // who waits can see it
  });
}

if (webgl()) begin();
else {
  document.getElementById("no-webgl").hidden = false;
  page.querySelector(".canvas").removeAttribute("aria-busy");
  page.querySelector(".over").remove(); // nothing of it would do anything
}
