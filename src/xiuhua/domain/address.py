"""What place words are made of: a road with a plate, a crossing, a distance from somewhere, or just a name.

The grammar goes division -> road, lane or neighbourhood -> plate -> point of interest (grid_and_codes clause 6:
recall).
Divisions are cut off by their known names: by their endings, 东市场路 would lose its market.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST_CHARACTERS: Final = 200  # ours: longer than any address; the rest says what happened there
FARTHEST_M: Final = 2_000  # ours: nobody paces out more from a corner

_NEAR: Final = re.compile(r"(?:的?(?:附近|旁边|旁|门前|门口|门外|对面|院内|路边|边上|处))+$")
_CROSSING: Final = re.compile(
    r"^(?P<one>.{2,}?)\s*(?:与|和|同|、|/|×|&|\band\b|交)\s*(?P<other>.{2,}?)\s*"
    r"(?:的?(?:交叉路?口|十字路口|丁字路口|路口|交汇处?|交口|交界处?|口))?$"
)
_ROAD_WORD: Final = r"(?:大道|大街|路|街|道|巷|胡同|弄|里|桥|线|road|street|avenue|lane)"
_PLATE: Final = re.compile(
    rf"^(?P<road>.+?{_ROAD_WORD})\s*(?P<plate>\d+(?:\s*[-之]\s*\d+)?)\s*(?:号楼|号院|号|號)?(?P<rest>.*)$"
)
_OFFSET: Final = re.compile(
    r"^(?P<of>.{2,}?)(?:往|向|以)?(?P<way>东北|东南|西北|西南|东|南|西|北)(?:侧|边|面)?"
    r"约?(?P<metres>\d{1,4})\s*(?:米|m)(?:处|左右)*$"
)
_WAYS: Final = {
    "东": (1, 0), "西": (-1, 0), "北": (0, 1), "南": (0, -1),
    "东北": (0.7071, 0.7071), "东南": (0.7071, -0.7071), "西北": (-0.7071, 0.7071), "西南": (-0.7071, -0.7071),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offset:
    east_m: float
    north_m: float


@dataclass(frozen=True, slots=True)
class Address:
    """`name` is what is left when all that could be told apart was; `near` says that it was only about there.

    `road` with `plate`, or `road` with `crossing`, or neither.
    """

    name: str
    road: str = ""
    plate: str = ""
    crossing: str = ""
    offset: Offset | None = None
    near: bool = False


def folded(text: str) -> str:
    """Half width, lower case, one space at most: as names are compared."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def address(text: str, divisions: Iterable[str] = ()) -> Address:
    """`divisions` are names of the district, its streets and communities, folded."""
    core = without_divisions(folded(text)[:MOST_CHARACTERS], divisions)
    offset = _OFFSET.match(core)
    away = None
    if offset and int(offset["metres"]) <= FARTHEST_M:
        east, north = _WAYS[offset["way"]]
        metres = int(offset["metres"])
        core, away = offset["of"], Offset(east * metres, north * metres)
    plain = _NEAR.sub("", core) or core
    return _parted(plain, away, near=plain != core or away is not None)


def _parted(plain: str, away: Offset | None, *, near: bool) -> Address:
    plate = _PLATE.match(plain)
    if plate:
        number = re.sub(r"\s*[-之]\s*", "-", plate["plate"])
        rest = plate["rest"].strip()
        return Address(rest or plain, road=plate["road"], plate=number, offset=away, near=near or bool(rest))
    crossing = _CROSSING.match(plain)
    if crossing:
        return Address(plain, road=crossing["one"], crossing=crossing["other"], offset=away, near=near)
    return Address(plain, offset=away, near=near)


def without_divisions(text: str, divisions: Iterable[str]) -> str:
    """What follows the last division it begins with; the whole where nothing would be left."""
    known = sorted((name for name in divisions if name), key=len, reverse=True)
    rest, cut = text, True
    while cut:
        cut = False
        for name in known:
            where = rest.find(name)
            if 0 <= where <= _LEAD and len(rest) > where + len(name) and (where == 0 or rest is text):
                rest, cut = rest[where + len(name) :].strip(), True
                break
    return rest


_LEAD: Final = 12  # ours: a province and a city may stand before the district
