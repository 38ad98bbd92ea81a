"""One small invented ground for all tests of it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from xiuhua.domain.grid import Grid
from xiuhua.simulate.ground import Drawing, Plan, Size, drawing, layers, plan_of
from xiuhua.simulate.ground.layers import Table
from xiuhua.simulate.ground.tiers import Nested, Tiers, nested

FILE = Path(__file__).with_name("plan.toml")


@pytest.fixture(scope="session")
def plan() -> Plan:
    return plan_of(tomllib.loads(FILE.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def drawn(plan: Plan) -> Drawing:
    return drawing(plan)


@pytest.fixture(scope="session")
def nesting(drawn: Drawing) -> Nested:
    return nested(drawn)


@pytest.fixture(scope="session")
def grids(drawn: Drawing, nesting: Nested) -> tuple[Grid, ...]:
    return tuple(Tiers(drawn, nesting).grids())


@pytest.fixture(scope="session")
def full(drawn: Drawing) -> Mapping[str, Table]:
    return layers(drawn, Size.FULL)
