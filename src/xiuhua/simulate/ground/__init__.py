"""Invented ground for a district, from a short plan: a town with waters, rings, blocks and lanes, villages round it,
grids of all tiers drawn along its roads, components on its kerbs. The same plan gives the same bytes.

`plan`, `checking` what is given · `frame`, `chance`, `curves`, `ways` paper, dice, lines · `waters`, `arterials`,
`rural`, `skeleton` main lines ·
`mesh` lines cut at each other · `uses`, `splitting`, `plots`, `lanes`, `buildings` blocks and
what is in them · `network`, `register` roads · `cells`, `dividing`, `units`, `communities`, `tiers`, `former` grids ·
`rules`, `standing`, `components`, `names`, `places`, `surface` what stands there · `layers`, `roads`, `roles`, `pack`
files · `drawing`, `making` all together.
"""

from xiuhua.simulate.ground.checking import PLAN, PlanWrong
from xiuhua.simulate.ground.drawing import Drawing, drawing
from xiuhua.simulate.ground.layers import write
from xiuhua.simulate.ground.making import Size, layers
from xiuhua.simulate.ground.pack import read_plan, save, texts
from xiuhua.simulate.ground.plan import Plan, plan_of

__all__ = [
    "PLAN",
    "Drawing",
    "Plan",
    "PlanWrong",
    "Size",
    "drawing",
    "layers",
    "plan_of",
    "read_plan",
    "save",
    "texts",
    "write",
]
