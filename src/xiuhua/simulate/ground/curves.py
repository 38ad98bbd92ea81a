"""Lines as a surveyor would draw them: smooth through given points, and bent together as an old town's roads are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

STEP_M: Final = 60.0  # ours: between the vertices of a curve
STRAIGHT_M: Final = 0.6  # ours: a vertex nearer to the straight line than this is left out

Points = Sequence[Sequence[float]]


def smooth(points: Points, *, step_m: float = STEP_M) -> Any:
    """A Catmull-Rom curve through the points."""
    given = np.asarray(points, dtype=float)
    before, after = 2 * given[0] - given[1], 2 * given[-1] - given[-2]
    knots = np.vstack([before, given, after])
    parts = [_arc(knots[i : i + 4], step_m) for i in range(len(given) - 1)]
    return shapely.LineString(np.vstack([*parts, given[-1:]]))


def _arc(knots: Any, step_m: float) -> Any:
    p0, p1, p2, p3 = knots
    count = max(int(math.dist(p1, p2) / step_m), 1)
    t = (np.arange(count) / count)[:, None]
    bent = (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3
    return 0.5 * (2 * p1 + (p2 - p0) * t + bent)


def dense(shape: Any, step_m: float = STEP_M) -> Any:
    return shapely.segmentize(shape, step_m)


def straight(shape: Any, tolerance_m: float = STRAIGHT_M) -> Any:
    return shapely.simplify(shape, tolerance_m, preserve_topology=False)


@dataclass(frozen=True, slots=True)
class Bend:
    """Turns the paper by an angle and pushes it out of square in long waves, up to `sway_m` each way."""

    turn_deg: float
    sway_m: float
    wave_m: float
    phase: tuple[float, float, float, float]

    def pairs(self, given: Any) -> Any:
        x, y = given[:, 0], given[:, 1]
        a, b, c, d = self.phase
        wave = 2 * math.pi / self.wave_m
        east = x + self.sway_m * (
            0.6 * np.sin(y * wave + a) + 0.4 * np.sin(x * wave * 1.37 + y * wave * 0.6 + b)
        )
        north = y + self.sway_m * (
            0.6 * np.sin(x * wave + c) + 0.4 * np.sin(y * wave * 1.21 - x * wave * 0.7 + d)
        )
        turn = math.radians(self.turn_deg)
        return np.column_stack(
            [east * math.cos(turn) - north * math.sin(turn), east * math.sin(turn) + north * math.cos(turn)]
        )

    def __call__(self, shape: Any) -> Any:
        return straight(shapely.transform(dense(shape), self.pairs))
