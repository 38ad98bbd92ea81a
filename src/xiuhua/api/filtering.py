"""The filters of a list as query parameters, and the cursor of its pages."""

import base64
import binascii
import json
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from xiuhua.api.problems import Refused
from xiuhua.domain.counting import By
from xiuhua.domain.division import Division
from xiuhua.domain.due_state import DueState
from xiuhua.domain.moves import Table
from xiuhua.domain.notice import Channel
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.acting import Acting
from xiuhua.store.queries import Cursor, Filter, cursor

CURSOR_WRONG = Refusal(
    "cursor-wrong", Words("翻页标记无效，请从第一页开始", "this cursor is not valid; begin at the first page"), "cursor"
)
STAGE_UNKNOWN = Words("没有阶段“{it}”", "there is no stage “{it}”")
BOX_WRONG = Refusal("box-wrong", Words("范围应为：西,南,东,北", "a box is west,south,east,north"), "box")

Code = Annotated[str, Field(max_length=120)]


class Filters(Schema):
    """What to list. Left out means any. `box` is west,south,east,north in WGS 84."""

    stage: list[Code] = Field(default_factory=list)
    open: bool | None = None
    channel: Channel | None = None
    class_key: Annotated[str, Field(alias="class", max_length=120)] = ""
    unit: Code = ""
    grid: Code = ""
    street: Code = ""
    due: Literal["", "in-time", "warning", "overdue", "no-clock"] = ""
    mine: Literal["", "tasks", "reported"] = ""
    text: Annotated[str, Field(max_length=200)] = ""
    box: Annotated[str, Field(max_length=120)] = ""

    def filter(self, table: Table, acting: Acting) -> Filter:
        unknown = next((stage for stage in self.stage if stage not in table.stages), None)
        if unknown is not None:
            raise Refused(Refusal("stage-unknown", STAGE_UNKNOWN.filled(it=unknown), "stage"))
        return Filter(
            kind=table.kind, stages=tuple(self.stage), is_open=self.open,
            channel=self.channel.value if self.channel else "", class_key=self.class_key, unit=self.unit,
            grid=self.grid, street=self.street, due=DueState(self.due) if self.due else None,
            assignee=acting.username if self.mine == "tasks" else "",
            reporter=acting.username if self.mine == "reported" else "", text=self.text, box=_box(self.box),
        )  # fmt: skip


class Counted(Schema):
    """Which figure, of which days (both counted; left out: of all so far), and by what it is broken down.

    By grid: `division` is that of the day or today's. By former grid: `line` says whose. `corrected`: with what was
    found of the days since: granted appeals, wrong dispatches, cases voided and merged.
    """

    metric: Code = "open-by-stage"
    by: By | None = None
    first: Annotated[str, Field(alias="from", max_length=20)] = ""
    until: Annotated[str, Field(max_length=20)] = ""
    division: Division = Division.THEN
    line: Code = ""
    corrected: bool = False


def _box(text: str) -> tuple[float, float, float, float] | None:
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise Refused(BOX_WRONG) from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # also refuses "not a number"
        raise Refused(BOX_WRONG)
    return west, south, east, north


def written(after: Cursor | None) -> str | None:
    if after is None:
        return None
    text = json.dumps([after.opened_at.isoformat(), after.number])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str) -> Cursor | None:
    if not text:
        return None
    try:
        at, number = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError, binascii.Error):
        raise Refused(CURSOR_WRONG) from None
    found = cursor(at, number)
    if found is None:
        raise Refused(CURSOR_WRONG)
    return found
