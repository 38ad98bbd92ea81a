"""One line of the CSV as a case: read, or listed with the reason why it cannot be used.

A moment on the wall clock may be there twice (clocks set back) or not at all (set forward): the case is used, and a
remark says which moment was taken.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from xiuhua.domain.deciding import LONGEST_TEXT
from xiuhua.domain.notice import Channel
from xiuhua.domain.place import Wgs84, to_wgs84
from xiuhua.domain.words import Words, Wrong
from xiuhua.exchange.notices.mapping import Mapping
from xiuhua.exchange.notices.table import Line

LONGEST_CODE: Final = 40

EMPTY: Final = Words("没有填写", "is empty")
NOT_A_MOMENT: Final = Words("“{text}”不是时间", "“{text}” is not a moment")
NO_PLACE: Final = Words("没有位置", "has no place")
NOT_A_PLACE: Final = Words("“{text}”不是经纬度", "“{text}” are no degrees")
NO_CHANNEL: Final = Words("映射中没有渠道“{text}”", "the mapping has no channel for “{text}”")
CLOSED_FIRST: Final = Words("结案早于立案", "is closed before it was opened")
DUE_FIRST: Final = Words("期限早于立案", "is due before it was opened")
TOO_LONG: Final = Words("超过{most}字", "is longer than {most} characters")
TWICE: Final = Words("编号已在第 {line} 行出现", "the number is already on line {line}")
HOUR_TWICE: Final = Words(
    "{text} 当天出现两次，取较{zh}的一次", "{text} was there twice that day; the {en} is taken"
)
HOUR_NEVER: Final = Words("{text} 当天不存在，按冬令时计", "{text} was never there that day; winter time is taken")
NO_FLAG: Final = Words(
    "公布的按时标志为空；按其时间为{zh}", "the published on-time flag is empty; by its moments it was {en}"
)
UNKNOWN_FLAG: Final = Words("映射中没有按时标志“{text}”", "the mapping does not know the on-time flag “{text}”")


@dataclass(frozen=True, slots=True)
class Listed:
    """A line that was not used (`used` False), or was used with a remark."""

    line: int
    external: str
    code: str
    field: str
    words: Words
    used: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """A case as it stands elsewhere. `flag` is the published on-time flag, None where there is none."""

    line: int
    external: str
    opened: datetime
    due: datetime | None
    closed: datetime | None
    class_name: str
    group: str
    department: str
    place: Wgs84
    place_text: str
    description: str
    note: str
    channel: Channel
    flag: bool | None

    @property
    def in_time(self) -> bool:
        """Without a due moment nothing can be late."""
        return self.due is None or self.closed is None or self.closed <= self.due


class _Unusable(Exception):  # noqa: N818
    def __init__(self, code: str, field: str, words: Words) -> None:
        super().__init__(words.en)
        self.code, self.field, self.words = code, field, words


class Reader:
    """Reads line after line; knows which numbers were there before."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.listed: list[Listed] = []
        self._seen: dict[str, int] = {}

    def all(self, lines: Iterable[Line], progress: Callable[[int], None] = lambda _: None) -> list[Brought]:
        found = []
        for count, line in enumerate(lines, 1):
            case = self._one(line)
            if case is not None:
                found.append(case)
            progress(count)
        return found

    def _one(self, line: Line) -> Brought | None:
        try:
            return self._brought(line)
        except _Unusable as why:
            self._list(line, why.code, why.field, why.words)
            return None

    def _list(self, line: Line, code: str, field: str, words: Words, *, used: bool = False) -> None:
        self.listed.append(Listed(line.number, line.cells["external"], code, field, words, used))

    def _brought(self, line: Line) -> Brought:
        m, cells = self.mapping, line.cells
        for skip in m.skips:
            if line.skipped[skip.column] in skip.values:
                raise _Unusable("skipped", skip.column, skip.reason)
        self._first(line)
        channel = self._channel(cells.get("channel", ""))
        place = self._place(cells["longitude"], cells["latitude"])
        opened, due, closed = self._moments(line)
        return Brought(
            line=line.number, external=f"{m.source}:{cells['external']}", opened=opened, due=due, closed=closed,
            class_name=self._filled(cells, "class"), group=cells.get("group", ""),
            department=self._filled(cells, "department"),
            place=place, place_text=" ".join(cells.get("place_text", "").split()),
            description=self._text(cells, "description"), note=self._text(cells, "note"), channel=channel,
            flag=self._flag(line, due, closed),
        )  # fmt: skip

    def _filled(self, cells: dict[str, str], role: str) -> str:
        if not cells[role]:
            raise _Unusable("empty", self.mapping.columns[role], EMPTY)
        return cells[role]

    def _text(self, cells: dict[str, str], role: str) -> str:
        text = cells.get(role, "")
        if len(text) > LONGEST_TEXT:
            raise _Unusable("text-long", self.mapping.columns[role], TOO_LONG.filled(most=LONGEST_TEXT))
        return text

    def _first(self, line: Line) -> None:
        number = self._filled(line.cells, "external")
        earlier = self._seen.setdefault(number, line.number)
        if earlier != line.number:
            raise _Unusable("number-twice", self.mapping.columns["external"], TWICE.filled(line=earlier))

    def _channel(self, text: str) -> Channel:
        channel = self.mapping.channels.get(text, self.mapping.other_channel)
        if channel is None:
            field = self.mapping.columns.get("channel", "")
            raise _Unusable("channel-unknown", field, NO_CHANNEL.filled(text=text))
        return channel

    def _place(self, longitude: str, latitude: str) -> Wgs84:
        field = self.mapping.columns["longitude"]
        if not longitude or not latitude:
            raise _Unusable("no-place", field, NO_PLACE)
        try:
            place = to_wgs84(self.mapping.datum(float(longitude), float(latitude)))
        except (ValueError, Wrong):
            text = f"{longitude}, {latitude}"
            raise _Unusable("not-a-place", field, NOT_A_PLACE.filled(text=text)) from None
        return Wgs84(round(place.lon, 7), round(place.lat, 7))

    def _moments(self, line: Line) -> tuple[datetime, datetime | None, datetime | None]:
        self._filled(line.cells, "opened")
        opened = self._moment(line, "opened", None)
        assert opened is not None  # noqa: S101 - it is filled
        due = self._moment(line, "due", opened)
        closed = self._moment(line, "closed", opened)
        for at, role, words in ((closed, "closed", CLOSED_FIRST), (due, "due", DUE_FIRST)):
            if at is not None and at < opened:
                raise _Unusable(f"{role}-first", self.mapping.columns[role], words)
        return opened, due, closed

    def _moment(self, line: Line, role: str, after: datetime | None) -> datetime | None:
        text, field = line.cells.get(role, ""), self.mapping.columns.get(role, "")
        if not text:
            return None
        try:
            wall = datetime.strptime(text, self.mapping.form) if self.mapping.form else datetime.fromisoformat(text)  # noqa: DTZ007
        except ValueError:
            raise _Unusable("not-a-moment", field, NOT_A_MOMENT.filled(text=text[:40])) from None
        if wall.tzinfo is not None:
            return wall.astimezone(UTC)
        first, second = (wall.replace(tzinfo=self.mapping.zone, fold=fold) for fold in (0, 1))
        if first.utcoffset() == second.utcoffset():
            return first.astimezone(UTC)
        return self._of_two(line, field, text, (first.astimezone(UTC), second.astimezone(UTC)), after)

    def _of_two(
        self, line: Line, field: str, text: str, two: tuple[datetime, datetime], after: datetime | None
    ) -> datetime:
        """The first of the two, unless the case would end before it began."""
        first, second = two
        if second < first:
            self._list(line, "hour-never", field, HOUR_NEVER.filled(text=text), used=True)
            return first
        late = after is not None and first < after
        words = HOUR_TWICE.filled(text=text, zh="晚" if late else "早", en="later" if late else "earlier")
        self._list(line, "hour-twice", field, words, used=True)
        return second if late else first

    def _flag(self, line: Line, due: datetime | None, closed: datetime | None) -> bool | None:
        """An empty or unknown flag is listed; the case is used."""
        if "on_time" not in self.mapping.columns or closed is None:
            return None
        text, field = line.cells["on_time"], self.mapping.columns["on_time"]
        if text in self.mapping.on_time:
            return self.mapping.on_time[text]
        if text:
            self._list(line, "flag-unknown", field, UNKNOWN_FLAG.filled(text=text), used=True)
            return None
        late = due is not None and closed > due
        words = NO_FLAG.filled(zh="超时" if late else "按时", en="late" if late else "on time")
        self._list(line, "flag-empty", field, words, used=True)
        return None


def coded(names: Iterable[str]) -> dict[str, str]:
    """A code for each name: "Sidewalk Repair (Internal)" is sidewalk-repair-internal. The same for the same set."""
    codes: dict[str, str] = {}
    for name in sorted(set(names)):
        code = slug(name)
        if code in codes.values():
            code = f"{code[:LONGEST_CODE - 9]}-{_digest(name)}"
        codes[name] = code
    return codes


def slug(name: str) -> str:
    """Names without a Latin letter or digit become a digest."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if plain and len(plain) <= LONGEST_CODE:
        return plain
    return f"{plain[:LONGEST_CODE - 9].rstrip('-')}-{_digest(name)}".lstrip("-")


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]
