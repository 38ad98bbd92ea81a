"""4,995 real cases in and out: what is brought in and what is listed balance, and the flags agree."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.exchange.boston import MAPPING, real_cases
from xiuhua.domain.case import KIND
from xiuhua.exchange.notices import import_notices
from xiuhua.operations.world import forget
from xiuhua.store.loading import transitions
from xiuhua.store.models import SubjectRow, TransitionRow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_district_in_memory() -> Iterator[None]:
    forget()
    yield
    forget()


def test_the_real_cases_of_boston_come_in_and_balance(tmp_path: Path) -> None:
    report = import_notices(real_cases(), MAPPING, tmp_path, "guan1")
    assert (report.read, report.brought, report.closed, report.balanced) == (4995, 4963, 4963, True)
    # 32 have no place; one flag is empty, one closing lies in the hour that was there twice; no flag differs.
    assert report.reasons == {"no-place": 32, "flag-empty": 1, "hour-twice": 1}
    assert [x.external for x in report.remarks if x.code == "flag-empty"] == ["101001856894"]
    moves = TransitionRow.objects.filter(kind=KIND).values_list("move", flat=True)
    assert (len(moves), set(moves)) == (2 * 4963, {"adopt", "close"})
    late = TransitionRow.objects.filter(move="close", in_time=False).count()
    assert late == 470 + 1  # published as OVERDUE with a place, and the one with the empty flag
    first = SubjectRow.objects.get(external="boston-311:101004128563")
    assert [t.at for t in transitions(KIND, first.number)] == [
        datetime(2022, 1, 17, 16, 20, tzinfo=UTC),  # 11:20 Eastern standard time
        datetime(2022, 1, 18, 15, 8, 24, tzinfo=UTC),
    ]
