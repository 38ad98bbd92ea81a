// The map, drawn over the picture of the ground that stands in the page. Without WebGL the picture stays.
// It asks nobody but this server; the ground is grey so that the case is seen.

const light = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function webgl() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

// The ground has no glyphs of a map service; names are drawn by the browser as markers of their own.
function style(ground) {
  return {
    version: 8,
    sources: { grids: { type: "geojson", data: ground } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": light("--map-ground") } },
      { id: "lines", type: "line", source: "grids", paint: { "line-color": light("--map-line"), "line-width": 1 } },
    ],
  };
}

function ring(colour) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  element.setAttribute("viewBox", "-16 -16 32 32");
  element.setAttribute("width", "32");
  element.setAttribute("height", "32");
  for (const [radius, fill, stroke] of [[13, "none", colour], [4, colour, "none"]]) {
    const circle = document.createElementNS(element.namespaceURI, "circle");
    circle.setAttribute("r", radius);
    circle.setAttribute("fill", fill);
    circle.setAttribute("stroke", stroke);
    circle.setAttribute("stroke-width", "2.5");
    element.append(circle);
  }
  return element;
}

function names(library, map, ground) {
  for (const feature of ground.features) {
    const label = document.createElement("span");
    label.className = "grid-name";
    label.textContent = feature.properties.short;
    new library.Marker({ element: label, offset: [0, -26] }).setLngLat(feature.properties.middle).addTo(map);
  }
}

function picking(library, map, place) {
  const form = place.closest("form");
  const [lon, lat] = [form.querySelector("[data-lon]"), form.querySelector("[data-lat]")];
  const marker = new library.Marker({ element: ring(light("--thread")) });
  const show = () => lon.value && lat.value && marker.setLngLat([Number(lon.value), Number(lat.value)]).addTo(map);
  map.on("click", (event) => {
    lon.value = event.lngLat.lng.toFixed(6);
    lat.value = event.lngLat.lat.toFixed(6);
    show();
  });
  for (const input of [lon, lat]) input.addEventListener("change", show);
  show();
}

async function draw(place) {
  const library = await import("/static/vendor/maplibre-gl/maplibre-gl.mjs");
  const answer = await fetch(place.dataset.ground);
  if (!answer.ok) return;
  const ground = await answer.json();
  const canvas = document.createElement("div");
  canvas.className = "canvas";
  place.append(canvas);
  const centre = [Number(place.dataset.lon), Number(place.dataset.lat)];
  const map = new library.Map({
    container: canvas, style: style(ground), center: centre, zoom: place.dataset.pick ? 11.5 : 14,
    attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, cooperativeGestures: false,
  });
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.on("error", () => {}); // the picture below still stands
  map.once("load", () => place.classList.add("drawn"));
  names(library, map, ground);
  const near = () => canvas.classList.toggle("near", map.getZoom() > 13);
  map.on("zoomend", near);
  near();
  if (place.dataset.pick) picking(library, map, place);
  else new library.Marker({ element: ring(light("--thread")) }).setLngLat(centre).addTo(map);
}

if (webgl()) document.querySelectorAll("[data-map]").forEach(draw);
