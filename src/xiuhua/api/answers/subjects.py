"""A case, or a subject of another register: in a list, whole, and what can be done with it."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from xiuhua.api.answers.nouns import Named, W


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
