// Signs drawn once on small canvases: the three lights, each with its shape, and a sheet for counts with a light on it.

const RATIO = 2; // pixels of a sign for one of the page, so that it is sharp on fine screens

const SHAPES = {
  "in-time": (pen, x, y, r) => pen.arc(x, y, r, 0, 2 * Math.PI),
  warning: (pen, x, y, r) => {
    pen.moveTo(x, y - r * 1.15);
    pen.lineTo(x + r * 1.1, y + r * 0.85);
    pen.lineTo(x - r * 1.1, y + r * 0.85);
    pen.closePath();
  },
  overdue: (pen, x, y, r) => pen.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8),
  paused: (pen, x, y, r) => pen.arc(x, y, r * 0.85, 0, 2 * Math.PI),
  "no-clock": (pen, x, y, r) => pen.arc(x, y, r * 0.7, 0, 2 * Math.PI),
};

const FILLS = (c) => ({ "in-time": c.green3, warning: c.yellow, overdue: c.red, paused: c.sheet, "no-clock": c.grey });

function canvas(size) {
  const sheet = document.createElement("canvas");
  sheet.width = sheet.height = size * RATIO;
  const pen = sheet.getContext("2d");
  pen.scale(RATIO, RATIO);
  return [pen, () => pen.getImageData(0, 0, sheet.width, sheet.height)];
}

function light(c, name, size, radius) {
  const [pen, done] = canvas(size);
  pen.beginPath();
  SHAPES[name](pen, size / 2, size / 2, radius);
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = c.sheet;
  pen.stroke();
  pen.fillStyle = FILLS(c)[name];
  pen.fill();
  pen.lineWidth = name === "paused" ? 2 : 1;
  pen.strokeStyle = name === "paused" ? c.grey : c.ink;
  pen.globalAlpha = name === "paused" ? 1 : 0.35;
  pen.stroke();
  return done();
}

// A sheet with a rim that can be stretched around a count.
function counter(c, rim, width, corner) {
  const size = 24;
  const [pen, done] = canvas(size);
  pen.beginPath();
  pen.roundRect(1, 1, size - 2, size - 2, corner);
  pen.fillStyle = c.sheet;
  pen.fill();
  pen.lineWidth = width;
  pen.strokeStyle = rim;
  pen.stroke();
  return done();
}

export function addSigns(map, c) {
  const options = { pixelRatio: RATIO };
  const around = (between) => ({ ...options, stretchX: [between], stretchY: [between], content: [10, 8, 38, 40] });
  map.addImage("count-components", counter(c, c.soft, 1, 11), around([23, 25]));
  for (const name of Object.keys(SHAPES)) {
    map.addImage(`light-${name}`, light(c, name, 22, 7), options);
    map.addImage(`small-${name}`, light(c, name, 14, 4), options);
    const rim = FILLS(c)[name] === c.sheet ? c.grey : FILLS(c)[name];
    map.addImage(`count-${name}`, counter(c, rim, 2, 5), around([12, 36]));
  }
}
