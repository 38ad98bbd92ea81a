// Where a click meets the borders that are there: a corner, or else a point on an edge. What is drawn along a border is
// then exactly the border, however large the map was drawn.

const CORNER_PX = 10;
const EDGE_PX = 8;

const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
const same = (a, b) => a[0] === b[0] && a[1] === b[1];

function nearest(found, reach) {
  const best = found.reduce((one, other) => (other.px < one.px ? other : one), { px: Infinity });
  return best.px <= reach ? best.at : null;
}

function onEdge(point, a, b, from, to) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const share = Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  const px = apart(point, { x: a.x + dx * share, y: a.y + dy * share });
  return { px, at: [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share] };
}

// `project` takes degrees as they are stored to pixels. Null where no border is near.
export function snapped(point, rings, project) {
  const pixels = rings.map((ring) => ring.map(project));
  const corners = rings.flatMap((ring, r) => ring.map((at, i) => ({ at, px: apart(point, pixels[r][i]) })));
  const edges = rings.flatMap((ring, r) =>
    ring.slice(1).map((at, i) => onEdge(point, pixels[r][i], pixels[r][i + 1], ring[i], at)),
  );
  return nearest(corners, CORNER_PX) ?? nearest(edges, EDGE_PX);
}

function between(ring, first, last) {
  const corners = ring.slice(0, -1);
  const [i, j] = [corners.findIndex((at) => same(at, first)), corners.findIndex((at) => same(at, last))];
  if (i < 0 || j < 0 || i === j) return null;
  const ahead = corners.concat(corners).slice(i + 1, j > i ? j : j + corners.length);
  const back = corners.concat(corners).slice(j + 1, i > j ? i : i + corners.length).reverse();
  return [ahead, back];
}

const length = (points) =>
  points.slice(1).reduce((sum, at, i) => sum + Math.hypot(at[0] - points[i][0], at[1] - points[i][1]), 0);

// From a corner to another of the same grid the line follows its border, the shorter way round.
export function along(first, last, rings) {
  const ways = rings.flatMap((ring) => between(ring, first, last) ?? []);
  const measured = ways.map((way) => ({ way, length: length([first, ...way, last]) }));
  return measured.reduce((one, other) => (other.length < one.length ? other : one), { way: [], length: Infinity }).way;
}
