"""The files of a pack that its ground makes: grids, former grids, roads, and who answers for a grid.

The same plan gives the same bytes. What is written is whole: every text is made before the first file is touched.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xiuhua.domain.former_grid import FormerGrid, rows_of_former_grids
from xiuhua.domain.grid import Grid, GridRole
from xiuhua.domain.grid_file import organisations_from, rows_of_grid_roles, rows_of_grids
from xiuhua.domain.district import Road
from xiuhua.simulate.ground.plan import Plan, plan_of

PLAN: Final = "plan/ground.toml"
