"""Points and polygons in memory: where a point lies, and whether the grids fit together."""
