"""The people every test knows, and the little district they work in (`tests/tiny`).

Cai and Cai-er collect; Shou accepts, Zhi leads the shift, Pai and Pai-er dispatch; Gong's desk and hand are the works
office's, Jie's the cleaner's; Min and Min-er are citizens. Nobody of the works office may see a cleaner's case.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from xiuhua.domain.district import District
from xiuhua.domain.flow import CASE
from xiuhua.domain.moves import Table
from xiuhua.domain.people import Post
from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import By
from xiuhua.operations.world import World
from xiuhua.space.locators import Locators
from xiuhua.store.pack import open_district

TINY = Path(__file__).parent / "tiny"
SHANGHAI = ZoneInfo("Asia/Shanghai")

CAI = By("cai1", Post.COLLECTOR, "centre")
CAI_ER = By("cai2", Post.COLLECTOR, "centre")
SHOU = By("shou1", Post.ACCEPTOR, "centre")
ZHI = By("zhi1", Post.SHIFT_LEADER, "centre")
PAI = By("pai1", Post.DISPATCHER, "centre")
PAI_ER = By("pai2", Post.DISPATCHER, "centre")
DU = By("du1", Post.SUPERVISING_OFFICER, "centre")
KAO = By("kao1", Post.EVALUATOR, "centre")
LING = By("ling1", Post.LEADER, "centre")
GUAN = By("guan1", Post.ADMINISTRATOR, "centre")
JI = By("ji1", Post.MACHINE_SOURCE, "centre")
MIN = By("min1", Post.CITIZEN, "centre")
MIN_ER = By("min2", Post.CITIZEN, "centre")
GONG_DESK = By("gong-desk", Post.UNIT_DESK, "works")
GONG_HAND = By("gong-hand", Post.HANDLER, "works")
JIE_DESK = By("jie-desk", Post.UNIT_DESK, "cleaner")
JIE_HAND = By("jie-hand", Post.HANDLER, "cleaner")
RONG_DESK = By("rong-desk", Post.UNIT_DESK, "appearance")
SYSTEM = By("system", Post.SYSTEM, "")

COVER, LAMP = "tiny/component/cover", "tiny/component/lamp"
REFUSE, SPILL, STALL = "tiny/event/refuse", "tiny/event/spill", "tiny/event/stall"
POSTER = "tiny/event/notice"
EAST = Wgs84(110.0025, 30.0025)  # unit grid 990101001001001
MIDDLE = Wgs84(110.0125, 30.0125)
OUTSIDE = Wgs84(110.5, 30.5)


def at(text: str) -> datetime:
    """A moment on the wall clock of the district: "2023-03-06 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@cache
def tiny() -> District:
    return open_district(TINY)


@cache
def tiny_locators() -> Locators:
    return Locators(tiny().grids)


@dataclass
class Time:
    """A clock that tests set, and salts that can be told in advance."""

    now: datetime = field(default_factory=lambda: at("2023-03-06 09:00"))  # a Monday
    _salts: "count[int]" = field(default_factory=count)

    def __call__(self) -> datetime:
        return self.now

    def salt(self) -> str:
        return f"{next(self._salts):032x}"

    def to(self, text: str) -> None:
        self.now = at(text)

    def later(self, **length: int) -> None:
        self.now += timedelta(**length)


def tiny_world(time: Time, *tables: Table) -> World:
    district = tiny()
    return World(time, time.salt, district, tiny_locators(), {t.kind: t for t in (CASE, *tables)}, holds_in_the_pack)


def holds_in_the_pack(username: str, post: Post, organisation: str, day: date) -> bool:
    """The pack's own people, so that a story needs no accounts."""
    person = next((p for p in tiny().people if p.username == username), None)
    held = person.holdings_on(day) if person else ()
    return any(h.post is post and organisation in ("", h.organisation) for h in held)
