"""What every answer is made of: texts in both languages, problems, what was done, photos."""

from datetime import datetime

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
