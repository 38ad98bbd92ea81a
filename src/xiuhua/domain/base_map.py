"""A base map from outside that lies under our own drawing: where it comes from and which datum it is in.

Nothing is asked of it unless a district says so. What is drawn over a map in GCJ-02 is shifted for drawing only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

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
HIGHEST_PORT: Final = 65_535
# The host goes into a header word by word: nothing but letters, digits, dots and hyphens may be in it.
_ADDRESS: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9-]+(\.[a-z0-9-]+)*)(:(?P<port>[0-9]{1,5}))?(?=[/?#]|$)",
    re.IGNORECASE | re.ASCII,
)
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
    found = _ADDRESS.match(url)
    if found is None or int(found["port"] or 1) > HIGHEST_PORT:
        return ""
    port = f":{found['port']}" if found["port"] else ""
    return f"{found['scheme']}://{found['host']}{port}".lower()


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
