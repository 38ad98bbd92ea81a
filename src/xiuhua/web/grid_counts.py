"""Figures by grid in the register: which ones, of which days, in the grids of the day, today's, or former ones."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import QueryDict

from xiuhua.domain.counting import By
from xiuhua.domain.district import District
from xiuhua.domain.division import DIVISIONS, Division
from xiuhua.domain.flow import CASE
from xiuhua.domain.former_grid import LINES, Line, names_of
from xiuhua.domain.metric import METRICS, Breakdown, Figure, Metric, breakdown, metric_of
from xiuhua.domain.people import Right
from xiuhua.domain.words import Refusal, Words, Wrong
from xiuhua.look.page import Desk
from xiuhua.operations.days import span_of
from xiuhua.operations.dividing import division_of
from xiuhua.store.queries import Filter, Question, figures_of
from xiuhua.web.rows import NOTHING, Choice

ALWAYS = ("cases", "open-cases")
# The figures whose cases the list of cases can show, of a grid as it was fixed with each and of all days: what else the
# list is narrowed by, and what stands in it.
LISTED = {
    "cases": ("", Words("这些案件的列表（含作废、并案）", "the list of these cases, void and merged ones too")),
    "open-cases": ("view=open&", Words("这些案件的列表", "the list of these cases")),
}
NOT_COUNTED = Words("不统计案件", "cases not counted")
NO_MORE = Words("案件总数、未结数", "cases and open ones")
READ_IN = Words("按原{zh}统计", "by former {en}")
NOWHERE = Words("不在任何网格内", "outside every grid")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, what it is made of in words, and of a rate in numbers; and where what it counts is listed."""

    text: Words
    parts: Words
    over: str
    listed: str = ""
    listed_words: Words = NOTHING


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A grid that is not in the list of the day, with its figures."""

    code: str
    name: Words
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class GridCounts:
    """`by_code`: the parts of each of `found`. `line` is set where former grids are shown instead of the register's,
    `as_listed` where the list of cases knows grid and days as these figures do."""

    found: tuple[Breakdown, ...]
    by_code: tuple[Mapping[str, Figure], ...]
    line: Line | None
    as_listed: bool

    @property
    def names(self) -> tuple[Words, ...]:
        return tuple(it.whole.metric.names for it in self.found)

    @property
    def made_of(self) -> tuple[tuple[Words, Words], ...]:
        """What each figure counts."""
        return tuple((it.whole.metric.names, it.whole.metric.made_of) for it in self.found)

    def cells(self, code: str) -> tuple[Cell, ...]:
        pairs = zip(self.found, self.by_code, strict=True)
        figures = (parts[code] if code in parts else _sum(it, ()) for it, parts in pairs)
        return tuple(_cell(it, code if self.as_listed else "") for it in figures)

    def total(self, codes: Collection[str] | None) -> tuple[Cell, ...]:
        """Of all, or of what is shown only."""
        if codes is None:
            return tuple(_cell(it.whole) for it in self.found)
        return tuple(_cell(_sum(it, [p for p in it.parts if p.bucket in codes])) for it in self.found)

    def others(self, listed: Collection[str], district: District) -> tuple[CountedRow, ...]:
        """What was counted in grids that are not in the list: ended, or former ones."""
        codes = sorted({code for parts in self.by_code for code in parts} - set(listed))
        former = names_of(district.former_grids, self.line) if self.line else {}
        names = [former.get(code) or district.words("grid", code) or NOWHERE for code in codes]
        return tuple(CountedRow(code, name, self.cells(code)) for code, name in zip(codes, names, strict=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks for, as it was typed."""

    division: str
    metric: str
    first: str
    until: str
    corrected: bool

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        get = query.get
        metric = get("metric", "")
        known = metric if metric in {m.key for m in offered()} else ""
        return cls(get("division", ""), known, get("from", "")[:20], get("until", "")[:20], bool(get("corrected")))

    def divisions(self) -> list[Choice]:
        """Not counted at first: counting a year's cases takes longer than a list may."""
        listed = [("", NOT_COUNTED), *((d.value, words) for d, words in DIVISIONS.items())]
        listed += [(line.value, READ_IN.filled(zh=w.zh, en=w.en.lower())) for line, w in LINES.items()]
        return [Choice(value, words, chosen=value == self.division) for value, words in listed]

    def metrics(self) -> list[Choice]:
        listed = [("", NO_MORE), *((m.key, m.names) for m in offered() if m.key not in ALWAYS)]
        return [Choice(value, words, chosen=value == self.metric) for value, words in listed]


def offered() -> Sequence[Metric]:
    """Whole figures; what has parts of its own cannot be broken down by grid."""
    return [metric for metric in METRICS.values() if metric.by is None]


def grid_counts(asked: Asked, street: str, desk: Desk) -> GridCounts | None | Refusal:
    """None: nothing is asked for, or this post sees no figures. A change never leads out of a street."""
    if asked.division not in {*Division, *Line} or not desk.viewer.acting.may(Right.SEE_FIGURES):
        return None
    line = Line(asked.division) if asked.division in set(Line) else None
    by = By.FORMER_GRID if line else By.GRID
    division = Division.NOW if line else Division(asked.division)
    span = span_of(asked.first, asked.until, desk.world)
    if isinstance(span, Refusal):
        return span
    elsewhere = division_of(by, division, line or "", desk.world)
    if isinstance(elsewhere, Refusal):
        return elsewhere
    metrics = tuple(metric_of(key) for key in (*ALWAYS, asked.metric) if key)
    question = Question(metrics, span, by, elsewhere, asked.corrected)
    try:
        found = figures_of(question, Filter(street=street), desk.viewer.scope, desk.world.now(), CASE)
    except Wrong as wrong:
        return wrong.refusal()
    by_code = tuple({part.bucket: part for part in it.parts} for it in found)
    as_listed = asked.division == Division.THEN and span is None
    return GridCounts(found, by_code, line, as_listed)


def _sum(it: Breakdown, parts: Sequence[Figure]) -> Figure:
    return breakdown(it.whole.metric, By.GRID, tuple(parts), it.whole.period).whole


def _cell(it: Figure, grid: str = "") -> Cell:
    """`grid` is the one whose cases can be listed."""
    over = "" if it.denominator is None else f"{it.numerator}/{it.denominator}"
    listed = LISTED.get(it.metric.key) if grid and it.numerator else None
    if listed is None:
        return Cell(it.text, it.parts, over)
    narrowed, words = listed
    return Cell(it.text, it.parts, over, f"/case/?{narrowed}grid={quote(grid)}", words)
