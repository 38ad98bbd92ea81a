"""What goes out: the shapes of the interface's answers. Texts for people come in both languages."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field


class W(Schema):
    zh: str
    en: str


class Named(W):
    code: str


class FieldProblem(Schema):
    field: str
    code: str
    detail: str


class Problem(Schema):
    """RFC 9457. `code` names the rule, `field` the input that has to change; `version` comes with a lost race."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str = ""
    errors: list[FieldProblem] = Field(default_factory=list)
    version: int | None = None


class DoneOut(Schema):
    """What was done, as it was written; the same for a repeat with the same key."""

    kind: str
    number: str
    version: int
    move: str
    stage: str
    at: datetime


class PhotoOut(Schema):
    """`received` and `stored` are SHA-256 digests: of the bytes as they came, and of the copy without metadata."""

    id: str
    received: str
    stored: str
    size: int
    width: int
    height: int


class ReleasedOut(Schema):
    id: str
    released_at: datetime | None


class LineOut(Schema):
    number: str
    version: int
    stage: Named
    open: bool
    due_state: str
    due_at: datetime | None
    channel: Named | None
    class_: Annotated[Named | None, Field(alias="class")]
    unit: Named | None
    grid: Named | None
    street: Named | None
    place: list[float] | None
    place_text: str
    photo: str
    flags: list[str]
    opened_at: datetime
    closed_at: datetime | None


class PageOut(Schema):
    """`next` is the cursor of the following page, null at the end."""

    items: list[LineOut]
    next: str | None


class FigureOut(Schema):
    """A registered figure. `parts` say what it is made of, `bucket` which part it counts."""

    bucket: str
    names: W
    numerator: int
    denominator: int | None
    text: W
    parts: W


class CountsOut(Schema):
    """`division` says in whose grids a figure by grid is read: those of the day, or today's."""

    metric: str
    names: W
    division: str
    as_of: datetime
    total: int
    figures: list[FigureOut]


class MetricOut(Schema):
    key: str
    names: W
    unit: W
    period: str
    by: str | None
    numerator: Named
    denominator: Named | None


class ClockOut(Schema):
    """A running limit. `why` adds up to the due moment, sentence by sentence."""

    name: Named
    started: datetime
    limit: W | None
    calendar: str
    due: datetime | None
    warn: datetime | None
    due_state: str
    paused: bool
    then: str
    why: list[W]
    provisional: bool


class DutyOut(Schema):
    row: str
    organisation: Named
    why: W


class UnitWhyOut(Schema):
    """The row of the duty list that hit, or the candidates among which a person decides; and the rows that lost."""

    clear: bool
    code: str
    why: W
    unit: Named | None
    candidates: list[DutyOut]
    lost: list[DutyOut]


class StepOut(Schema):
    """A transition. `person` and `name` are empty where this reader sees the post only."""

    sequence: int
    move: Named
    stage_from: str
    stage_to: str
    at: datetime
    post: Named
    organisation: str
    person: str
    name: str
    round: int
    due: datetime | None
    in_time: bool | None
    reason: str
    evidence: list[str]
    edition: str
    calendar: str
    grid: str
    unit: str
    facts: dict[str, Any]
    texts: dict[str, str | None]


class RequestOut(Schema):
    name: Named
    at: datetime
    post: Named
    organisation: str
    endorsed: bool
    given: dict[str, Any]


class MarkOut(W):
    """How sure a class or condition is, where it is not seen in a source."""

    confidence: str


class SubjectOut(Schema):
    """One subject, whole. `facts` are codes, `names` says those that have a name; `marks` what is not confirmed."""

    kind: str
    number: str
    version: int
    stage: Named
    group: str
    since: datetime | None
    round: int
    flags: list[str]
    facts: dict[str, Any]
    names: dict[str, W]
    marks: dict[str, MarkOut]
    clocks: list[ClockOut]
    requests: list[RequestOut]
    unit_why: UnitWhyOut | None
    transitions: list[StepOut]


class ChoiceOut(W):
    value: str


class FormFieldOut(Schema):
    """`source` is where the values of a field without choices are listed."""

    name: str
    kind: str
    words: W
    required: bool
    choices: list[ChoiceOut]
    source: str


class RefusalOut(W):
    code: str


class MoveOut(Schema):
    """A move of this post from this stage; `refusal` says why it cannot be made now."""

    name: str
    words: W
    to: str
    possible: bool
    refusal: RefusalOut | None
    fields: list[FormFieldOut]


class MovesOut(Schema):
    number: str
    version: int
    stage: str
    moves: list[MoveOut]


class PersonTextOut(Schema):
    """`text` is null where it was erased."""

    sequence: int
    field: str
    text: str | None


class PersonsOut(Schema):
    items: list[PersonTextOut]


class BasisOut(W):
    confidence: str
    confirmed: bool
    source: str


class EditionOut(Schema):
    id: str
    names: W
    standard: str
    valid_from: str
    valid_to: str | None
    basis: BasisOut


class ConditionOut(Schema):
    id: str
    area_class: str | None
    words: W
    limit: W
    closing: W
    basis: BasisOut


class ClassOut(Schema):
    key: str
    names: W
    major: Named
    geometry: str
    component: str | None
    successors: list[str]
    basis: BasisOut
    conditions: list[ConditionOut]


class CatalogueOut(Schema):
    """`current` is the edition of new cases today. Limits and names that no source confirms say so in their basis."""

    current: str
    editions: list[EditionOut]
    classes: list[ClassOut]


class OrganisationOut(Schema):
    code: str
    names: W
    kind: Named
    parent: str
    attributes: list[str]
    handles: bool


class OrganisationsOut(Schema):
    items: list[OrganisationOut]


class GroundMetricOut(Schema):
    """What is measured of a grid; `how` says what is counted."""

    key: str
    names: W
    unit: W
    how: W


class MetricsOut(Schema):
    """`items` are counted of cases, `ground` is measured of grids."""

    items: list[MetricOut]
    ground: list[GroundMetricOut]


class HolderOut(Schema):
    """`name` is empty where you may not know it."""

    role: Named
    name: str
    organisation: Named | None
    valid_from: date
    valid_to: date | None
    current: bool


class GridNumberOut(Schema):
    metric: str
    names: W
    value: int | None
    text: W
    how: W


class GridChangeOut(Schema):
    number: str
    stage: str
    change: Named
    day: date | None


class FormerOut(Schema):
    line: Named
    code: str
    share: float


class GridOut(Schema):
    """`follows` are the grids whose ground it took over, `followed_by` those that took over its own."""

    code: str
    names: W
    street: str
    active: bool
    valid_from: date
    valid_to: date | None
    holders: list[HolderOut]
    without_b: bool
    numbers: list[GridNumberOut]
    neighbours: list[Named]
    follows: list[Named]
    followed_by: list[Named]
    changes: list[GridChangeOut]
    former: list[FormerOut]


class HolderDoneOut(Schema):
    grid: str
    role: str
    day: date


class TieOut(Schema):
    """A former grid and a grid that share ground or components; shares are parts of either's whole, 0 to 1."""

    former: str
    grid: str
    area_m2: float
    share_of_former: float
    share_of_grid: float
    components: int
    components_of_former: int
    components_of_grid: int


class TiesOut(Schema):
    line: Named
    items: list[TieOut]


class PostOut(Schema):
    """`name` goes into the header Xiuhua-Post to act in this post."""

    name: str
    post: Named
    organisation: str
    grids: list[str]
    rights: list[str]
    current: bool


class MeOut(Schema):
    """`now` is the moment here, in a demo that of its own clock: what is noticed later is refused."""

    now: datetime
    username: str
    name: str
    language: str
    posts: list[PostOut]


class ComponentOut(Schema):
    """`error_m` is what its accuracy class allows; `place` is WGS 84."""

    code: str
    class_: Annotated[Named | None, Field(alias="class")]
    name: str
    place: list[float]
    state: Named
    accuracy: str
    error_m: float
    origin: Named
    recorded: date
    changed: date | None
    competent: Named | None
    owner: Named | None
    keeper: Named | None
    label: str
    circuit: str
    grid: Named | None
    street: Named | None
    note: str


class NearComponentOut(ComponentOut):
    distance_m: float


class NearOut(Schema):
    items: list[NearComponentOut]


class ComponentsOut(Schema):
    """`next` is the cursor of the following page, null at the end."""

    items: list[ComponentOut]
    next: str | None


class PastComponentOut(ComponentOut):
    """A version that was replaced, when and by whom; `entry` is the journal's entry that wrote it."""

    version: int
    entry: str
    ended_at: datetime
    ended_by: str


class WholeComponentOut(ComponentOut):
    version: int
    entry: str
    past: list[PastComponentOut]


class ShiftOut(Schema):
    """`at`: when the last place came. Nothing is kept once the shift has ended."""

    on_shift: bool
    began_at: datetime | None
    at: datetime | None


class FoundOut(Schema):
    """`sort`: grid, component, case, or the kind of a place. `place` is longitude and latitude in WGS 84."""

    sort: str
    code: str
    name: W
    what: W
    place: list[float]
    zoom: int
    level: str
    confidence: float


class PlacesOut(Schema):
    items: list[FoundOut]


class RoadNearOut(Schema):
    name: W
    metres: float


class SomewhereOut(Schema):
    words: W
    grid: Named | None
    street: Named | None
    roads: list[RoadNearOut]
