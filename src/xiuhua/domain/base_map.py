"""A base map from outside that lies under our own drawing: where it comes from and which datum it is in.

Nothing is asked of it unless a district says so. What is drawn over a map in GCJ-02 is shifted for drawing only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from xiuhua.domain.words import Words


class BaseKind(StrEnum):
    NONE = "none"
    RASTER = "raster"  # pictures by {z}/{x}/{y}
    VECTOR = "vector"  # a style document of MapLibre; its labels are left out, ours are drawn


class BaseDatum(StrEnum):
    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"


DEEPEST: Final = 22
WRONG: Final[Mapping[str, Words]] = {
    "address": Words("“{text}”不是 http 或 https 地址", "“{text}” is no http or https address"),
    "places": Words(
        "栅格地址应含 {{z}}、{{x}}、{{y}}：“{text}”",
        "an address of pictures has {{z}}, {{x}} and {{y}} in it: “{text}”",
    ),
    "deep": Words("最大级别不能超过{most}", "no zoom above {most}"),
    "host": Words("“{text}”应为 https://主机 的形式", "“{text}” must be like https://host"),
}


@dataclass(frozen=True, slots=True)
class BaseMap:
    """`hosts` are origins that the map's own documents point to, beside that of its address."""

    kind: BaseKind = BaseKind.NONE
    url: str = ""
    attribution: str = ""
    datum: BaseDatum = BaseDatum.WGS84
    max_zoom: int = 18
    hosts: tuple[str, ...] = ()

    @property
    def shifted(self) -> bool:
        return self.kind is not BaseKind.NONE and self.datum is BaseDatum.GCJ02

    @property
    def origins(self) -> tuple[str, ...]:
        """What the browser has to be allowed to ask."""
        if self.kind is BaseKind.NONE:
            return ()
        return tuple(sorted({origin_of(self.url), *self.hosts} - {""}))


def origin_of(url: str) -> str:
    """ "https://tiles.example:8443"; empty where it is no address."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        return ""
    # A host goes into a header word by word: nothing but letters, digits, dots and hyphens may be in it.
    plain = all(part.isascii() and part.replace("-", "").isalnum() for part in parts.hostname.split("."))
    return f"{parts.scheme}://{parts.hostname}{port}" if plain else ""


def faults_of(base: BaseMap) -> dict[str, Words]:
    """What is wrong, by key."""
    if base.kind is BaseKind.NONE:
        return {}
    found: dict[str, Words] = {}
    if not origin_of(base.url):
        found["url"] = WRONG["address"].filled(text=base.url)
    elif base.kind is BaseKind.RASTER and not all(mark in base.url for mark in ("{z}", "{x}", "{y}")):
        found["url"] = WRONG["places"].filled(text=base.url)
    if base.max_zoom > DEEPEST:
        found["max_zoom"] = WRONG["deep"].filled(most=DEEPEST)
    wrong = next((host for host in base.hosts if origin_of(host) != host), None)
    if wrong is not None:
        found["hosts"] = WRONG["host"].filled(text=wrong)
    return found
