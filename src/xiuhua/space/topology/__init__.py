"""Whether polygons fit together: the grids of a district, and any layer of polygons in a file.

Source: unit grids leave no gap and do not overlap, and nest by their codes (grid_and_codes clause 1, source). What is
found is named with its place and its size. Nothing is repaired.
"""

from xiuhua.space.topology.fault import FAULTS, GroundFault
from xiuhua.space.topology.grids import ground_faults
from xiuhua.space.topology.layer import Checking, check_layer
from xiuhua.space.topology.report import Report

__all__ = ["FAULTS", "Checking", "GroundFault", "Report", "check_layer", "ground_faults"]
