"""Components as they are and as they were."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from xiuhua.api.answers.nouns import Named


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
