"""The ground before it is divided: the network put right, its faces, and which of them are part of a road."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from xiuhua.space.divide.faces import Faces, faces_of
from xiuhua.space.divide.given import CROSSING, GAP, Flags, Lines, Rules, Shapes
from xiuhua.space.divide.narrow import Narrow, crossings, narrow, within
from xiuhua.space.divide.network import Network, gaps, network


@dataclass(frozen=True)
class Town:
    """`loose` are faces that are no block: medians, roundabouts, islands. `found` are they before medians were cut."""

    net: Network
    faces: Faces
    loose: Flags
    before: Shapes
    found: Narrow
    gaps: Shapes
    crossings: Shapes

    def cleaned(self) -> Mapping[str, tuple[int, float]]:
        """What was put right: how often, and how many metres."""
        around = shapely.length(self.before)
        dead = shapely.length(self.net.edges[self.faces.dead])
        return {
            "medians": (
                int(self.found.median.sum()),
                float((around / 2 - self.found.width)[self.found.median].sum()),
            ),
            "roundabouts": (int(self.found.roundabout.sum()), float(around[self.found.roundabout].sum())),
            "islands": (int(self.found.island.sum()), float(around[self.found.island].sum())),
            "hairs": (int(self.found.hair.sum()), float((around / 2)[self.found.hair].sum())),
            "gaps": (len(self.gaps), float(shapely.length(self.gaps).sum())),
            "crossings": (len(self.crossings), float(shapely.length(self.crossings).sum())),
            "dead-ends": (len(dead), float(dead.sum())),
        }


def town(grounds: Sequence[shapely.Geometry], lines: Lines, rules: Rules) -> Town:
    net = network(grounds, lines, rules)
    closed = gaps(net, shapely.union_all(grounds), rules.gap_m)
    net = net.with_lines(closed, GAP)
    faces = faces_of(net, grounds)
    found = narrow(faces, net.table, rules)
    before, medians = faces.shapes, faces.shapes[found.median]
    across = crossings(net, faces, found)
    if len(across):
        net = net.with_lines(across, CROSSING)
        faces = faces_of(net, grounds)
    loose = narrow(faces, net.table, rules).any | within(faces.shapes, medians)
    return Town(net, faces, _not_alone(faces, loose), before, found, closed, across)


def _not_alone(faces: Faces, loose: Flags) -> Flags:
    """A street that is nothing but loose ground has no other ground to put it to: it is a block then."""
    some = np.zeros(int(faces.area.max()) + 1, dtype=bool)
    some[faces.area[~loose]] = True
    return loose & some[faces.area]
