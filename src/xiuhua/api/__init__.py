"""The HTTP interface for programs: notices in, cases out, moves made. `site` lists its addresses."""
