"""The pieces of a clock's way as sentences a clerk can check with a calendar in hand, in Chinese and English.

Whole working days that follow each other are one sentence, with the days off between them named; what does not count
between two that do is one sentence too. Times are those of the calendar's zone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from xiuhua.domain.clock import Unit, spelled, spelled_seconds
from xiuhua.domain.deadline.pieces import COUNTED, REST, Kind, Piece
from xiuhua.domain.words import Words

MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
SPECIAL: Final = frozenset({Kind.make_up, Kind.extension})  # said in brackets behind what is counted
NO_YEAR: Final = 0  # none goes without saying


@dataclass(slots=True)
class Line:
    """One sentence in the making: pieces that are told together."""

    pieces: list[Piece]
    whole_days: bool = False
    between: list[Piece] = field(default_factory=list)  # days off inside a run of whole days

    @property
    def kind(self) -> Kind:
        return self.pieces[0].kind

    @property
    def off(self) -> bool:
        return self.kind not in COUNTED and self.kind is not Kind.pause

    @property
    def counted(self) -> Fraction:
        return sum((piece.counted for piece in self.pieces), Fraction(0))


def sentences(pieces: Sequence[Piece], unit: Unit, tz: ZoneInfo) -> tuple[Words, ...]:
    """The year of the start goes without saying; every other one is named."""
    full = _full_days(pieces)
    lines: list[Line] = []
    for piece in pieces:
        _place(lines, piece, full)
    clock = Clock(tz, pieces[0].start.astimezone(tz).year if pieces else NO_YEAR)
    return tuple(_said(line, unit, clock) for line in lines)


def dated(moment: datetime, tz: ZoneInfo) -> Words:
    return Clock(tz, NO_YEAR).moment(moment)


def filled(template: Words, **given: Words) -> Words:
    """Each language filled with its own words."""
    return Words(
        template.zh.format(**{key: words.zh for key, words in given.items()}),
        template.en.format(**{key: words.en for key, words in given.items()}),
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """Days and times of one zone, as words."""

    tz: ZoneInfo
    year: int

    def day(self, day: date) -> Words:
        zh, en = f"{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]}"
        return Words(zh, en) if day.year == self.year else Words(f"{day.year}年{zh}", f"{en} {day.year}")

    def days(self, first: date, last: date) -> Words:
        start, end = self.day(first), self.day(last)
        return start if first == last else Words(f"{start.zh}–{end.zh}", f"{start.en} – {end.en}")

    def moment(self, moment: datetime) -> Words:
        local = moment.astimezone(self.tz)
        day, time = self.day(local.date()), _time(local)
        return Words(f"{day.zh} {time}", f"{day.en} {time}")

    def span(self, start: datetime, end: datetime) -> Words:
        """Midnight at the end of the same day is 24:00."""
        first, last = start.astimezone(self.tz), end.astimezone(self.tz)
        begin = self.moment(start)
        midnight = last.date() - timedelta(days=1) == first.date() and _time(last) == "00:00"
        if first.date() == last.date() or midnight:
            time = "24:00" if midnight else _time(last)
            return Words(f"{begin.zh}–{time}", f"{begin.en}–{time}")
        finish = self.moment(end)
        return Words(f"{begin.zh}–{finish.zh}", f"{begin.en} – {finish.en}")


def _time(local: datetime) -> str:
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def _full_days(pieces: Iterable[Piece]) -> frozenset[tuple[date, Kind]]:
    """Days of which every second of every shift counted, in one kind."""
    seconds: Counter[tuple[date, Kind]] = Counter()
    lengths: dict[tuple[date, Kind], int] = {}
    for piece in pieces:
        if piece.day_seconds:
            seconds[piece.day, piece.kind] += piece.seconds
            lengths[piece.day, piece.kind] = piece.day_seconds
    return frozenset(key for key, length in lengths.items() if seconds[key] == length)


def _place(lines: list[Line], piece: Piece, full: frozenset[tuple[date, Kind]]) -> None:
    whole = bool(piece.day_seconds) and (piece.day, piece.kind) in full
    last = lines[-1] if lines else None
    if last and last.off and piece.kind not in COUNTED and piece.kind is not Kind.pause:
        last.pieces.append(piece)
        return
    run = _run_before(lines, piece) if whole else None
    if run is None:
        lines.append(Line([piece], whole))
        return
    if lines[-1] is not run:
        run.between += [off for off in lines.pop().pieces if off.kind in REST]
    run.pieces.append(piece)


def _run_before(lines: Sequence[Line], piece: Piece) -> Line | None:
    """The run of whole days that this piece carries on: same kind, days of the same length."""
    run = next((line for line in reversed(lines[-2:]) if not line.off), None)
    if run and run.whole_days and run.kind is piece.kind and run.pieces[0].day_seconds == piece.day_seconds:
        return run
    return None


def _said(line: Line, unit: Unit, clock: Clock) -> Words:
    if line.whole_days:
        return _whole_days(line, unit, clock)
    span = clock.span(line.pieces[0].start, line.pieces[-1].end)
    if line.kind is Kind.pause:
        return Words(f"{span.zh} 暂停，不计", f"{span.en}: paused, not counted")
    if line.off:
        why = _joined(_reasons(line.pieces))
        return Words(f"{span.zh} 不计（{why.zh}）", f"{span.en}: not counted ({why.en})")
    return _part(line.pieces[0], unit, span)


def _part(piece: Piece, unit: Unit, span: Words) -> Words:
    counted = spelled(piece.counted, unit)
    notes = [piece.name] if piece.kind in SPECIAL else []
    if unit is Unit.WORKING_DAY and piece.day_seconds:
        part, day = spelled_seconds(piece.seconds), spelled_seconds(piece.day_seconds)
        notes.append(Words(f"当日 {day.zh}中的 {part.zh}", f"{part.en} of the day's {day.en}"))
    said = _bracketed(notes)
    return Words(f"{span.zh} 计 {counted.zh}{said.zh}", f"{span.en}: {counted.en}{said.en}")


def _whole_days(line: Line, unit: Unit, clock: Clock) -> Words:
    days = sorted({piece.day for piece in line.pieces})
    span, count = clock.days(days[0], days[-1]), len(days)
    zh, en = f"{span.zh}，{count} 个整工作日", f"{span.en}: {count} whole working day{'' if count == 1 else 's'}"
    if unit is not Unit.WORKING_DAY:
        counted = spelled(line.counted, unit)
        zh, en = f"{zh}，计 {counted.zh}", f"{en}, {counted.en}"
    notes = [line.pieces[0].name] if line.kind in SPECIAL else []
    if line.between:
        between = _joined(_days_off(line.between))
        notes.append(Words(f"其间不计：{between.zh}", f"not counted: {between.en}"))
    said = _bracketed(notes)
    return Words(zh + said.zh, en + said.en)


def _days_off(pieces: Iterable[Piece]) -> list[Words]:
    days: Counter[Words] = Counter()
    for piece in pieces:
        days[piece.name] += piece.days_off
    return [Words(f"{name.zh} {n} 天", f"{name.en} {n} day{'' if n == 1 else 's'}") for name, n in days.items()]


def _reasons(pieces: Iterable[Piece]) -> list[Words]:
    """Each once, in order; evenings say nothing beside a day off."""
    names = dict.fromkeys(piece.name for piece in pieces if piece.kind in REST)
    return list(names or dict.fromkeys(piece.name for piece in pieces))


def _joined(words: Sequence[Words]) -> Words:
    return Words("、".join(w.zh for w in words), ", ".join(w.en for w in words))


def _bracketed(notes: Sequence[Words]) -> Words:
    if not notes:
        return Words("", "")
    return Words(f"（{'；'.join(n.zh for n in notes)}）", f" ({'; '.join(n.en for n in notes)})")
