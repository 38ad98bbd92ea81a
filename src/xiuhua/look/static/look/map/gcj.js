// WGS 84 to GCJ-02 and back, as domain/place.py has it (a browser test compares the two): what is drawn over a
// shifted base map is shifted for the eye, and a click is shifted back before it means anything.

const AXIS = 6378245,
  E2 = 0.00669342162296594323;
const CHINA = [72.004, 0.8293, 137.8347, 55.8271];

const wave = (x, ...terms) =>
  (terms.reduce((sum, [metres, often]) => sum + metres * Math.sin(x * often * Math.PI), 0) * 2) / 3;

function shift(lon, lat) {
  const [x, y] = [lon - 105, lat - 35];
  const both = wave(x, [20, 6], [20, 2]) + 0.1 * x * y;
  const root = Math.sqrt(Math.abs(x));
  const east =
    300 + x + 2 * y + 0.1 * x * x + 0.1 * root + both + wave(x, [20, 1], [40, 1 / 3], [150, 1 / 12], [300, 1 / 30]);
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.2 * root +
    both +
    wave(y, [20, 1], [40, 1 / 3], [160, 1 / 12], [320, 1 / 30]);
  return [east, north];
}

export function toGcj([lon, lat]) {
  const [west, south, east, north] = CHINA;
  if (lon < west || lon > east || lat < south || lat > north) return [lon, lat];
  const [eastM, northM] = shift(lon, lat);
  const radians = (lat * Math.PI) / 180;
  const bend = 1 - E2 * Math.sin(radians) ** 2;
  const across = (AXIS / Math.sqrt(bend)) * Math.cos(radians);
  const along = (AXIS * (1 - E2)) / (bend * Math.sqrt(bend));
  return [lon + ((eastM / across) * 180) / Math.PI, lat + ((northM / along) * 180) / Math.PI];
}

export function fromGcj([lon, lat]) {
  let [x, y] = [lon, lat];
  for (let step = 0; step < 30; step += 1) {
    const there = toGcj([x, y]);
    const [offX, offY] = [there[0] - lon, there[1] - lat];
    [x, y] = [x - offX, y - offY];
    if (Math.abs(offX) + Math.abs(offY) < 1e-10) break;
  }
  return [x, y];
}
