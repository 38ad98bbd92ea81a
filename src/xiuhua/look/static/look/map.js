// The small map, drawn over the picture of the ground that stands in the page. Without WebGL the picture stays.

import { sketching } from "./map/sketch.js";
import { drawn, start, stored, webgl } from "./map/start.js";

function ring() {
  const element = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  element.setAttribute("viewBox", "-16 -16 32 32");
  element.setAttribute("width", "32");
  element.setAttribute("height", "32");
  for (const [radius, name] of [[13, "ring"], [4, "point"]]) {
    const circle = document.createElementNS(element.namespaceURI, "circle");
    circle.setAttribute("r", radius);
    circle.setAttribute("class", name);
    element.append(circle);
  }
  return element;
}

function picking(library, map, place, config) {
  const form = place.closest("form");
  const [lon, lat] = [form.querySelector("[data-lon]"), form.querySelector("[data-lat]")];
  const marker = new library.Marker({ element: ring() });
  const show = () => lon.value && lat.value && marker.setLngLat(drawn(config, [Number(lon.value), Number(lat.value)])).addTo(map);
  map.on("click", (event) => {
    const [east, north] = stored(config, event.lngLat.toArray());
    lon.value = east.toFixed(6);
    lat.value = north.toFixed(6);
    show();
  });
  for (const input of [lon, lat]) input.addEventListener("change", show);
  show();
}

// So near that the map shows as much ground as the picture under it.
function nearness(place) {
  const [metres, lat] = [Number(place.dataset.metres), Number(place.dataset.lat)];
  const whole = 40_075_017 * Math.cos((lat * Math.PI) / 180); // the equator, at this latitude
  return Math.min(18, Math.log2((whole * place.clientWidth) / (512 * metres)));
}

async function draw(place) {
  const config = JSON.parse(place.dataset.config);
  const canvas = document.createElement("div");
  canvas.className = "canvas ground";
  place.append(canvas);
  const centre = [Number(place.dataset.lon), Number(place.dataset.lat)];
  const { library, map } = await start(canvas, config, { center: centre, zoom: place.dataset.pick ? nearness(place) : 15 });
  map.on("error", () => {}); // the picture below still stands
  map.once("load", () => place.classList.add("drawn"));
  if (place.dataset.pick === "line") sketching(map, place, config);
  else if (place.dataset.pick) picking(library, map, place, config);
  else new library.Marker({ element: ring() }).setLngLat(drawn(config, centre)).addTo(map);
}

if (webgl()) document.querySelectorAll("[data-map]").forEach(draw);
