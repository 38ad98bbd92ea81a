"""Whose a case is. The table below can be read by whoever keeps a duty list."""

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.codes import ClassKey, Kind
from xiuhua.domain.dispatch import LOST, MOST_ELSEWHERE, UNCLEAR, Asked, Assigned, Unclear, Where, assign
from xiuhua.domain.duty import Basis, DutyList, DutyRow
from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.words import Words

DAY = date(2023, 3, 1)
FROM = date(2023, 1, 1)
HERE = Where(("u1", "r1", "c1"), "east", "990101")
COVER = ClassKey("gbt30428-2013", Kind.COMPONENT, "0101")
CLASS, GROUP = "gbt30428-2013/component/0101", "gbt30428-2013/component/01"
KIND = "gbt30428-2013/component"


def row(
    organisation: str, classes: str = CLASS, area: str = "*", *, number: str = "", road: str = "", owner: str = "",
    basis: Basis = Basis.LIST, first: date = FROM, last: date | None = None,
) -> DutyRow:  # fmt: skip
    words = Words("三定方案", "by statute")
    return DutyRow(
        number or organisation, classes, area, road, owner, organisation, basis, words, "", first, last
    )


def asked(
    *, key: ClassKey = COVER, major: str = "01", where: Where = HERE, road: str = "", owner: str = ""
) -> Asked:
    return Asked(key, major, where, road, owner, DAY)


STREET_FALLBACK = row("street-office", "*", "east")
WINS = [
    # (who wins over whom, stronger row, weaker row, what is asked)
    ("a class over its group", row("a"), row("b", GROUP), asked()),
    ("a group over the kind", row("a", GROUP), row("b", KIND), asked()),
    ("a kind over all", row("a", KIND), row("b", "*"), asked()),
    ("the class in this street over the class", row("a", area="east"), row("b"), asked()),
    ("the class everywhere over the group in this street", row("a"), row("b", GROUP, "east"), asked()),
    ("the group in this grid over the class in the street", row("a", GROUP, "r1"), row("b", area="east"), asked()),
    ("the smaller grid over the larger", row("a", area="u1"), row("b", area="r1"), asked()),
    ("a responsibility grid over a community", row("a", area="r1"), row("b", area="c1"), asked()),
    ("the group on a road over the class in a grid", row("a", GROUP, road="g1"), row("b", area="u1"), asked(road="g1")),
    ("the owner over the road", row("a", GROUP, owner="water"), row("b", road="g1"), asked(road="g1", owner="water")),
    ("the owner for all classes over a class", row("a", "*", owner="water"), row("b"), asked(owner="water")),
    ("a road for all classes over a class", row("a", "*", road="g1"), row("b"), asked(road="g1")),
    ("any row over the street's fallback", row("a", KIND), STREET_FALLBACK, asked()),
    ("a kind over a fallback for one grid", row("a", KIND), row("b", "*", "u1"), asked()),
    ("the street's fallback over the district's", STREET_FALLBACK, row("b", "*", "990101"), asked()),
    ("a ruling for a grid over a smaller grid", row("a", "*", "r1", basis=Basis.RULING), row("b", area="u1"), asked()),
    ("a ruling over the owner", row("a", area="r1", basis=Basis.RULING), row("b", owner="water"), asked(owner="water")),
]  # fmt: skip


@pytest.mark.parametrize(("winner", "loser", "question"), [w[1:] for w in WINS], ids=[w[0] for w in WINS])
def test_the_stronger_row_decides_and_the_weaker_is_listed(
    winner: DutyRow, loser: DutyRow, question: Asked
) -> None:
    for rows in ((winner, loser), (loser, winner)):
        answer = assign(question, DutyList(rows))
        assert isinstance(answer, Assigned)
        assert (answer.organisation, answer.row) == (winner.organisation, winner)
        assert [(lost.row, lost.code) for lost in answer.lost] == [(loser, "weaker")]
        assert answer.lost[0].why.zh


MISSES = [
    ("expired", row("b", last=date(2023, 2, 28)), asked()),
    ("not-yet-valid", row("b", first=date(2023, 3, 2)), asked()),
    ("other-area", row("b", area="west"), asked()),
    ("other-road", row("b", road="g2"), asked(road="g1")),
    ("other-owner", row("b", owner="power"), asked(owner="water")),
    ("owner-unknown", row("b", owner="power"), asked()),
]


@pytest.mark.parametrize(("code", "near", "question"), MISSES, ids=[m[0] for m in MISSES])
def test_a_near_miss_is_explained(code: str, near: DutyRow, question: Asked) -> None:
    answer = assign(question, DutyList((near, row("a", GROUP))))
    assert isinstance(answer, Assigned)
    assert answer.organisation == "a"
    assert [(lost.row, lost.code, lost.why) for lost in answer.lost] == [(near, code, LOST[code])]


def test_a_row_is_valid_on_its_first_and_last_day() -> None:
    only = DutyList((row("a", first=DAY, last=DAY),))
    assert isinstance(assign(asked(), only), Assigned)


def test_rows_that_do_not_concern_the_class_are_not_listed() -> None:
    duty = DutyList((row("a"), row("b", "gbt30428-2013/event"), row("c", "gbt30428-2013/component/0102")))
    answer = assign(asked(), duty)
    assert isinstance(answer, Assigned)
    assert answer.lost == ()


def test_equally_strong_rows_of_two_units_are_unclear() -> None:
    rows = (row("water", number="D1"), row("drains", number="D2"), row("water", number="D3"), row("x", GROUP))
    answer = assign(asked(), DutyList(rows))
    assert isinstance(answer, Unclear)
    assert answer.code == "several-units"
    assert answer.candidates == rows[:3]
    assert answer.organisations == ("water", "drains")
    assert [lost.code for lost in answer.lost] == ["weaker"]
    assert answer.why.zh


def test_equally_strong_rows_of_one_unit_decide() -> None:
    answer = assign(asked(), DutyList((row("water", number="D2"), row("water", number="D1"))))
    assert isinstance(answer, Assigned)
    assert answer.row.id == "D1"
    assert [lost.code for lost in answer.lost] == ["same-unit"]
    assert answer.why == Words("权责清单 D1：三定方案", "duty list D1: by statute")


def test_no_row_is_unclear_without_candidates() -> None:
    answer = assign(asked(), DutyList((row("a", area="west"),)))
    assert answer == Unclear("no-row", (), answer.lost)
    assert [lost.code for lost in answer.lost] == ["other-area"]


def test_rows_for_named_owners_are_candidates_where_the_owner_is_not_known() -> None:
    rows = (row("power-co", owner="power"), row("water-co", owner="water"))
    answer = assign(asked(), DutyList(rows))
    assert isinstance(answer, Unclear)
    assert (answer.code, answer.candidates) == ("owner-unknown", rows)
    assert set(UNCLEAR) == {"several-units", "owner-unknown", "no-row"}


def test_the_territory_takes_what_nobody_has_only_where_the_list_says_so() -> None:
    answer = assign(asked(), DutyList((STREET_FALLBACK,)))
    assert isinstance(answer, Assigned)
    assert answer.organisation == "street-office"


def test_a_local_class_has_no_group() -> None:
    local = ClassKey("harbour", Kind.EVENT, "pot-hole")
    answer = assign(
        asked(key=local, major=""), DutyList((row("a", "harbour/event"), row("b", "harbour/event/")))
    )
    assert isinstance(answer, Assigned)
    assert answer.organisation == "a"
    assert answer.lost == ()


def test_only_a_few_rows_of_other_areas_are_listed() -> None:
    rows = tuple(row(f"o{n:02}", area=f"area-{n}") for n in range(11))
    assert len(assign(asked(), DutyList(rows)).lost) == MOST_ELSEWHERE


def test_where_is_taken_from_the_chain_of_grids() -> None:
    tiers = [("u1", Tier.UNIT), ("r1", Tier.RESPONSIBILITY), ("east", Tier.STREET), ("990101", Tier.DISTRICT)]
    chain = [Grid(code, tier, "", Words("", ""), "east", "", (), FROM) for code, tier in tiers]
    assert Where.of(chain) == Where(("u1", "r1"), "east", "990101")
    assert Where.of(chain[:2]) == Where(("u1", "r1"), "", "")


PATTERNS = st.sampled_from([CLASS, GROUP, KIND, "*"])
AREAS = st.sampled_from(["u1", "r1", "c1", "east", "990101", "*", "west"])
ROWS = st.builds(
    row,
    st.sampled_from("abc"),
    PATTERNS,
    AREAS,
    road=st.sampled_from(["", "g1"]),
    owner=st.sampled_from(["", "water"]),
    basis=st.sampled_from(Basis),
)


@given(st.lists(ROWS, max_size=8), st.sampled_from(["", "g1"]), st.sampled_from(["", "water"]), st.randoms())
def test_the_order_of_the_rows_never_decides(rows, road, owner, random) -> None:  # type: ignore[no-untyped-def]
    numbered = [replace(r, id=f"D{n}") for n, r in enumerate(rows)]
    shuffled = random.sample(numbered, len(numbered))
    question = asked(road=road, owner=owner)
    one, other = assign(question, DutyList(tuple(numbered))), assign(question, DutyList(tuple(shuffled)))
    assert (type(one), one.why) == (type(other), other.why)
    assert set(one.lost) == set(other.lost)


def test_two_thousand_rows_are_asked_quickly() -> None:
    classes = [f"gbt30428-2013/component/01{n:02}" for n in range(1, 91)]
    rows = [row(f"o{n % 20}", c, f"street-{n % 11}", number=f"D{n}-{c}") for n in range(22) for c in classes]
    duty = DutyList((*rows, row("a", area="r1"), row("b", GROUP, "east"), STREET_FALLBACK))
    question = asked()
    rounds = 2000
    start = time.process_time()
    for _ in range(rounds):
        assign(question, duty)
    assert (time.process_time() - start) / rounds < 100e-6  # aim 20 us; five times that for a busy machine
