"""What programs and browsers read of the ground: vector tiles, OGC API Features, base-map settings."""
