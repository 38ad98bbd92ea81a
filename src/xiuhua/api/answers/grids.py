"""Grids, who answers for them, and their ties to the former ones."""

from datetime import date

from ninja import Schema

from xiuhua.api.answers.nouns import Named, W


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
