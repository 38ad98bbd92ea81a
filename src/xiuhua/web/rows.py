"""What the pages show, as plain frozen rows. Nothing here asks or decides; `reading` fills them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from xiuhua.domain.due_state import DueState
from xiuhua.domain.moves import FieldKind
from xiuhua.domain.words import Words

Value = str | tuple[str, ...]
NOTHING: Final = Words("", "")  # where there are no words to say


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list or queue."""

    kind: str
    number: str
    stage: Words
    light: DueState
    due: datetime | None
    what: Words
    place: str
    area: Words
    unit: Words
    channel: Words
    photo: str
    round: int
    flags: tuple[Words, ...]
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a form or filter. `group` heads the options that share it."""

    value: str
    words: Words
    group: Words = NOTHING
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """A way to narrow the list, with its count where the counts were asked for. `metric` names the figure."""

    name: str
    value: str
    words: Words
    current: bool
    href: str
    count: int | None = None
    metric: Words = NOTHING
    light: DueState | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    id: str
    src: str
    thumb: str
    at: datetime
    move: Words


@dataclass(frozen=True, slots=True)
class ClockView:
    """A running limit: its light, its due moment, and why it is then, sentence by sentence."""

    name: Words
    light: DueState
    due: datetime | None
    started: datetime
    limit: Words
    paused: bool
    why: tuple[Words, ...]
    provisional: bool
    then: Words = NOTHING


@dataclass(frozen=True, slots=True)
class LostRow:
    id: str
    organisation: Words
    why: Words


@dataclass(frozen=True, slots=True)
class UnitWhy:
    """Whose the case is by the duty list: the row that hit, or why it is unclear with the candidates."""

    organisation: Words
    why: Words
    source: Words
    unclear: bool
    candidates: tuple[LostRow, ...]
    lost: tuple[LostRow, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    label: Words
    value: Words
    moment: datetime | None = None
    mark: Words = NOTHING
    wide: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class RequestView:
    """Something asked for beside the stage that is not decided yet."""

    what: Words
    post: Words
    at: datetime
    organisation: Words
    details: tuple[Fact, ...]
    endorsed: bool


@dataclass(frozen=True, slots=True)
class ClassView:
    """Class, conditions, and how sure they are; a mark is empty where there is a source."""

    name: Words = NOTHING
    mark: Words = NOTHING
    condition: Words = NOTHING
    closing: Words = NOTHING
    condition_mark: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Said:
    """Words about persons beside a transition; None where they were erased."""

    label: Words
    text: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One transition as this reader may see it. `person` is empty where he may not know the name."""

    sequence: int
    move: Words
    stage: Words
    moved: bool
    at: datetime
    post: Words
    person: str
    organisation: Words
    in_time: bool | None
    due: datetime | None
    details: tuple[Fact, ...]
    texts: tuple[Said, ...]
    photos: tuple[Picture, ...]
    round: int


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a move's form: what it asks, what may be chosen, what was typed, what was wrong with it."""

    name: str
    kind: FieldKind
    words: Words
    required: bool
    choices: tuple[Choice, ...] = ()
    value: Value = ""
    wrong: Words | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    short: bool = False


@dataclass(frozen=True, slots=True)
class MoveView:
    name: str
    words: Words
    key: str
    refusal: Words | None
    fields: tuple[FieldView, ...]
    open: bool = False
    wrong: Words | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A grid's outline as an SVG path in the picture's own units, with where its name stands."""

    path: str
    name: str
    x: float
    y: float
    here: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground around a point, for the picture that needs no script; the map is drawn over it."""

    lon: float
    lat: float
    shapes: tuple[Shape, ...]
    x: float
    y: float
    invented: bool
    metres: int  # how wide it is


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A number of all grids that change together, by how much it differs, and of each where there are several."""

    label: Words
    how: Words
    before: Words
    after: Words
    difference: Words
    each: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class GridHead:
    """A grid of a change; one that is `there` has a page."""

    code: str
    name: Words
    there: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit grid that a change ends or begins; `new`: it begins."""

    code: str
    name: Words
    grid: str
    area: Words
    new: bool


@dataclass(frozen=True, slots=True)
class OpinionView:
    """`said` are its words; `person` is empty where he may not be known; `last`: the party said nothing later."""

    party: Words
    opinion: Words
    objects: bool
    said: str
    at: datetime
    post: Words
    person: str
    organisation: Words
    last: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A grid change before and after, drawn and in numbers."""

    before_ground: Ground | None
    after_ground: Ground | None
    before_words: Words
    after_words: Words
    old: tuple[GridHead, ...]
    new: tuple[GridHead, ...]
    parts: tuple[GridHead, ...]
    reckoned_on: str
    rows: tuple[MetricRow, ...]
    opinions: tuple[OpinionView, ...]
    units: tuple[UnitRow, ...]
    facts: tuple[Fact, ...]
    anew: tuple[Words, ...]
    hindrance: Words | None
    undo: str


@dataclass(frozen=True, slots=True)
class Page:
    """One subject, whole."""

    row: Row
    register: Words
    version: int
    class_view: ClassView
    story: str
    ground: Ground | None
    before: tuple[Picture, ...]
    after: tuple[Picture, ...]
    clocks: tuple[ClockView, ...]
    unit_why: UnitWhy | None
    requests: tuple[RequestView, ...]
    facts: tuple[Fact, ...]
    steps: tuple[Step, ...]
    moves: tuple[MoveView, ...]
    change: ChangeView | None = None

    @property
    def refused(self) -> tuple[MoveView, ...]:
        return tuple(move for move in self.moves if move.refusal)
