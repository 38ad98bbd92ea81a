"""District packs: folders of CSV, TOML and GeoJSON, read into a `District` with every fault named, and written again.

`files` what lies in the folders · `layout` which files and columns there are · `csv_text`, `toml_text`, `outlines`
the three formats · `nouns` files to nouns · `crossing` faults between files · `loading` all together · `writing` back.
"""

from xiuhua.store.pack.files import PackFiles, flat, read_pack, unflat
from xiuhua.store.pack.loading import Loaded, PackWrong, load, load_files, open_district, parse, version_of
from xiuhua.store.pack.nouns import Nouns
from xiuhua.store.pack.writing import save, written

__all__ = [
    "Loaded",
    "Nouns",
    "PackFiles",
    "PackWrong",
    "flat",
    "load",
    "load_files",
    "open_district",
    "parse",
    "read_pack",
    "save",
    "unflat",
    "version_of",
    "written",
]
