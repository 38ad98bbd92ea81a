"""Figures with their parts, and the registry they come from."""

from datetime import datetime

from ninja import Schema

from xiuhua.api.answers.nouns import Named, W


class FigureOut(Schema):
    """A registered figure. `parts` say what it is made of, `bucket` which part it counts."""

    bucket: str
    names: W
    numerator: int
    denominator: int | None
    text: W
    parts: W


class CountsOut(Schema):
    """`division` says in whose grids a figure by grid is read: those of the day, or today's.

    `start` and `end` say of which span it is; both are null where it is of all so far. `whole` is the figure of all
    parts together, `total` its numerator.
    """

    metric: str
    names: W
    by: str | None
    division: str
    start: datetime | None
    end: datetime | None
    as_of: datetime
    corrected: bool
    total: int
    whole: FigureOut
    figures: list[FigureOut]


class MetricOut(Schema):
    key: str
    names: W
    unit: W
    period: str
    by: str | None
    numerator: Named
    denominator: Named | None


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
