"""The text of a pack's files. Everything is UTF-8 without a byte order mark; what is not, is a fault with its line.

Notes for people (README, licences) beside the data are left alone.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xiuhua.domain.fault import Fault
from xiuhua.domain.words import Words
from xiuhua.store.pack.layout import SETTINGS, known

BASES: Final = "base"  # the key of district.toml
DATA: Final = frozenset({".csv", ".toml", ".geojson"})
BOM: Final = b"\xef\xbb\xbf"
NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

NO_FOLDER = Words("没有配置包文件夹“{name}”", "there is no pack folder “{name}”")
NO_FILES = Words("文件夹“{name}”里没有配置包的文件", "there is no file of a pack in the folder “{name}”")
NOT_A_NAME = Words("“{name}”不是配置包名称", "“{name}” is not the name of a pack")
IN_A_CIRCLE = Words("基础包成环：{path}", "the base packs run in a circle: {path}")
WITH_BOM = Words(
    "文件以字节顺序标记（BOM）开头，请存为不带 BOM 的 UTF-8",
    "the file begins with a byte order mark; save it as UTF-8 without one",
)
NOT_UTF8 = Words("不是 UTF-8 编码，请存为 UTF-8", "not in UTF-8; save the file as UTF-8")
NOT_A_FILE = Words("配置包没有这种文件", "a pack has no such file")


@dataclass(frozen=True)
class PackFiles:
    """A pack's own files by name, those of its bases, and what could not be read. `path(name)` is used in faults."""

    name: str
    texts: Mapping[str, str]
    bases: tuple["PackFiles", ...] = ()
    faults: tuple[Fault, ...] = ()

    def path(self, file: str) -> str:
        return f"{self.name}/{file}"

    @property
    def all_faults(self) -> tuple[Fault, ...]:
        return (*(fault for base in self.bases for fault in base.all_faults), *self.faults)

    def layers(self) -> tuple["PackFiles", ...]:
        """Every pack once, bases first."""
        found: dict[str, PackFiles] = {}
        for base in self.bases:
            found |= {layer.name: layer for layer in base.layers()}
        return (*found.values(), self)


def flat(files: PackFiles) -> dict[str, str]:
    """All files of the pack and its bases as one mapping, "china/classes.csv": to be kept as an edition."""
    return {layer.path(name): text for layer in files.layers() for name, text in layer.texts.items()}


def unflat(texts: Mapping[str, str]) -> PackFiles:
    """The same again. The pack is the one with a district.toml; a base that is not there is a fault."""
    packs: dict[str, dict[str, str]] = {}
    for path, text in texts.items():
        name, _, file = path.partition("/")
        packs.setdefault(name, {})[file] = text
    top = next((name for name, own in packs.items() if SETTINGS in own), "")
    own = packs.get(top, {})
    wanted = _base_names(own.get(SETTINGS, ""))
    faults = [
        Fault(f"{top}/{SETTINGS}", 0, BASES, NO_FOLDER.filled(name=base))
        for base in wanted
        if base not in packs
    ]
    bases = tuple(PackFiles(base, packs[base]) for base in wanted if base in packs)
    return PackFiles(top, own, bases, tuple(faults))


def read_pack(folder: Path, above: tuple[str, ...] = ()) -> PackFiles:
    """Bases are folders beside this one. Every file is read; a fault never hides the next."""
    name = folder.name
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.suffix in DATA and file.is_file():
            if known(file.name):
                texts[file.name] = _text(file, f"{name}/{file.name}", faults)
            else:
                faults.append(Fault(f"{name}/{file.name}", 0, "", NOT_A_FILE))
    if not folder.is_dir():
        faults.append(Fault(name, 0, "", NO_FOLDER.filled(name=name)))
    elif not texts:
        faults.append(Fault(name, 0, "", NO_FILES.filled(name=name)))
    bases = [_base(folder, base, (*above, name), faults) for base in _base_names(texts.get(SETTINGS, ""))]
    return PackFiles(name, texts, tuple(base for base in bases if base), tuple(faults))


def _base(folder: Path, base: str, path: tuple[str, ...], faults: list[Fault]) -> PackFiles | None:
    at = f"{folder.name}/{SETTINGS}"
    if not NAME.fullmatch(base):
        faults.append(Fault(at, 0, BASES, NOT_A_NAME.filled(name=base)))
    elif base in path:
        faults.append(Fault(at, 0, BASES, IN_A_CIRCLE.filled(path=" → ".join((*path, base)))))
    elif not (folder.parent / base).is_dir():
        faults.append(Fault(at, 0, BASES, NO_FOLDER.filled(name=base)))
    else:
        return read_pack(folder.parent / base, path)
    return None


def _base_names(settings: str) -> list[str]:
    """As far as they can be read; what is wrong with the file is said where it is parsed."""
    try:
        bases = tomllib.loads(settings).get(BASES, [])
    except tomllib.TOMLDecodeError:
        return []
    return [str(base) for base in bases] if isinstance(bases, list) else []


def _text(file: Path, path: str, faults: list[Fault]) -> str:
    content = file.read_bytes()
    if content.startswith(BOM):
        faults.append(Fault(path, 1, "", WITH_BOM))
        content = content[len(BOM) :]
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.append(Fault(path, content[: error.start].count(b"\n") + 1, "", NOT_UTF8))
        return ""
