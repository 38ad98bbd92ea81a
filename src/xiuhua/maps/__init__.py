"""The ground for eyes and for other programs: vector tiles, OGC API Features, exports, and place words to points."""
