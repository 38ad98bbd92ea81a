"""The life of a grid change: proposed, reckoned, consulted, approved, in force at 00:00 of its day, undone by another."""

from datetime import date
from pathlib import Path

import pytest

from tests.cast import EAST, GONG_DESK, GUAN, KAO, LING, PAI, PAI_ER, SYSTEM, TINY, ZHI
from tests.stories.redrawing import DONG, G1, G2, G3, UPRIGHT, Redrawing, in_force
from xiuhua.domain.grid import Tier
from xiuhua.domain.words import Refusal
from xiuhua.operations.install import install, install_loaded, write_out
from xiuhua.operations.move import Done
from xiuhua.store.models import ReferenceRow, TransitionRow
from xiuhua.store.pack import PackFiles, PackWrong, load_files
from xiuhua.store.reference import files

pytestmark = pytest.mark.django_db

DAY = date(2023, 3, 10)


@pytest.fixture
def play() -> Redrawing:
    return Redrawing()


def lies(play: Redrawing) -> str:
    """The responsibility grid of a case reported now, in the east of the old grid 1."""
    answer = play.sends(place=EAST)
    assert isinstance(answer, Done), answer
    return str(play.facts_of("case", answer.number)["responsibility_grid"])


def test_a_split_takes_effect_at_midnight_and_not_before(play: Redrawing) -> None:
    assert isinstance(play.proposes("split", G1, drawing=UPRIGHT), Done)
    change = play.number
    assert play.scheduled("2023-03-10").stage == "scheduled"
    assert play.swept("2023-03-09 23:58").moved == 0
    play.time.to("2023-03-09 23:59")
    assert lies(play) == G1
    play.time.to("2023-03-10 00:00")
    assert lies(play) == "990101001-g4"
    play.number = change
    assert play.swept("2023-03-10 00:01").moved >= 1
    assert play.case.stage == "effective"
    assert play.does(KAO, "verify").facts["gap_overlap_m2"] == 0
    assert (play.case.stage, play.case.facts["approved_to_effect"]) == ("verified", 4)


def test_the_old_grid_ends_the_day_before_and_its_unit_grids_go_over(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")
    grids = play.district.grids
    assert grids.on(G1, date(2023, 3, 9)) and grids.on(G1, DAY) is None
    new = [g for g in grids.active(DAY, Tier.RESPONSIBILITY) if g.valid_from == DAY]
    assert [(g.code, g.name.zh) for g in new] == [
        ("990101001-g4", "东街道第4网格"), ("990101001-g5", "东街道第5网格"),
    ]  # fmt: skip
    inside = {g.code: [u.code[-3:] for u in grids.children(g.code, DAY)] for g in new}
    assert inside == {"990101001-g4": ["001", "003"], "990101001-g5": ["002", "004"]}
    assert [g.code for g in grids.active(date(2023, 3, 9), Tier.RESPONSIBILITY) if g.street == "990101001"] == [G1, G2, G3]


def test_everybody_is_asked_before_it_can_be_approved(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    assert play.refused(PAI, "consult") == "move-not-possible"
    play.does(PAI, "reckon")
    play.does(PAI, "consult")
    assert play.refused(PAI, "conclude") == "not-answered"
    assert play.refused(GONG_DESK, "answer-street", opinion="agree") == "other-unit"
    play.does(DONG, "answer-street", opinion="object", said="商户会不知找谁")
    play.does(ZHI, "record-police", opinion="agree", said="公函5号")
    play.does(ZHI, "record-community", opinion="agree-if", said="先公示")
    assert play.refused(PAI, "conclude") == "answer-missing"
    assert play.does(PAI, "conclude", answer="公示十日").stage == "consulted"
    assert play.refused(ZHI, "approve") == "post-may-not"
    assert play.does(LING, "approve").stage == "approved"
    assert play.refused(LING, "schedule", day="2023-03-10") == "post-may-not"


def test_nobody_answers_for_a_street_that_answered_itself(play: Redrawing) -> None:
    consulting(play)
    play.does(ZHI, "record-street", opinion="object", said="电话：不同意")
    play.does(DONG, "answer-street", opinion="object", said="商户会不知找谁")
    assert play.refused(PAI, "record-street", opinion="agree", said="电话同意") == "street-answered"
    play.does(DONG, "answer-street", opinion="agree", said="公示后同意")
    assert play.case.fact("opinion_street") == "agree"


@pytest.mark.parametrize("party", ["police", "community", "street"])
def test_an_objection_is_answered_though_a_later_letter_agrees(play: Redrawing, party: str) -> None:
    consulting(play)
    others = {"street", "police", "community"} - {party}
    for one in sorted(others):
        play.does(ZHI, f"record-{one}", opinion="agree", said="公函")
    play.does(ZHI, f"record-{party}", opinion="object", said="公函5号")
    play.does(PAI, f"record-{party}", opinion="agree", said="公函6号")
    assert play.refused(PAI, "conclude") == "answer-missing"
    assert play.does(PAI, "conclude", answer="已商定公示十日").stage == "consulted"


@pytest.mark.parametrize("unit", ["", "street-1"])
def test_the_street_that_is_asked_is_that_of_the_grids(play: Redrawing, unit: str) -> None:
    play.proposes("split", G1, drawing=UPRIGHT, unit=unit)
    assert play.case.fact("unit") == "street-1"
    play.scheduled("2023-03-10")
    play.swept("2023-03-10 00:00")
    play.proposes_undo(play.number)
    assert play.case.fact("unit") == "street-1"


def test_a_street_that_is_not_on_the_platform_answers_by_letter(play: Redrawing) -> None:
    loaded_with(play, "990101001,,,street-1,", "990101001,,,works,", file="duty.csv")
    answer = play.proposes("split", G1, drawing=UPRIGHT, unit="street-1")
    assert isinstance(answer, Refusal) and "来函" in answer.words.zh
    play.proposes("split", G1, drawing=UPRIGHT)
    assert play.case.fact("unit") == ""
    play.does(PAI, "reckon")
    play.does(PAI, "consult")
    assert play.does(ZHI, "record-street", opinion="agree", said="公函").fact("opinion_street") == "agree"


def consulting(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    play.does(PAI, "reckon")
    play.does(PAI, "consult")


def test_a_rejected_or_withdrawn_change_leaves_the_division_alone(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    play.does(PAI_ER, "withdraw", reason="另有方案")
    assert (play.case.stage, ReferenceRow.objects.count()) == ("withdrawn", 1)


def test_called_off_before_the_day_nothing_happens_on_it(play: Redrawing) -> None:
    before = files().texts
    play.proposes("split", G1, drawing=UPRIGHT)
    change = play.number
    play.scheduled("2023-03-10")
    assert files().texts["grids.csv"] != before["grids.csv"]
    assert play.does(LING, "call-off", reason="会期冲突").stage == "approved"
    assert files().texts["grids.csv"] == before["grids.csv"]
    assert files().texts["grids.geojson"] == before["grids.geojson"]
    play.time.to("2023-03-10 00:05")
    assert lies(play) == G1
    play.number = change
    assert play.refused(SYSTEM, "take-effect") == "move-not-possible"
    assert play.does(GUAN, "schedule", day="2023-03-20").stage == "scheduled"


def test_after_its_moment_a_change_is_undone_and_not_called_off(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")
    play.time.to("2023-03-10 00:01")
    assert play.refused(LING, "call-off", reason="迟了") == "after-due"


def test_two_changes_of_the_same_grid_are_not_scheduled_together(play: Redrawing) -> None:
    play.proposes("merge", f"{G1};{G2}")
    first = play.number
    play.proposes("split", G1, drawing=UPRIGHT)
    play.approved()
    second, play.number = play.number, first
    play.scheduled("2023-03-10")
    play.number = second
    assert play.refused(GUAN, "schedule", day="2023-03-12") == "change-scheduled"
    answer = play.proposes("shift", f"{G2};{G3}", drawing=UPRIGHT)
    assert isinstance(answer, Refusal) and answer.code == "change-scheduled"
    assert ReferenceRow.objects.count() == 2


def test_undone_by_another_the_former_grid_has_its_ground_and_its_code_again(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    split = play.number
    outline = play.district.grids.ever(G1)[0].outline
    early = play.proposes_undo(split)
    assert isinstance(early, Refusal) and early.code == "not-effective"
    play.number = split
    play.scheduled("2023-03-10")
    play.swept("2023-03-10 00:00")
    assert isinstance(play.proposes_undo(split), Done)
    play.scheduled("2023-03-20")
    play.swept("2023-03-20 00:00")
    grids, after = play.district.grids, date(2023, 3, 20)
    back = grids.on(G1, after)
    assert back is not None and back.outline == outline
    assert [u.code[-3:] for u in grids.children(G1, after)] == ["001", "002", "003", "004"]
    assert [g.code for g in grids.active(after, Tier.RESPONSIBILITY) if g.street == "990101001"] == [G1, G2, G3]
    assert grids.on("990101001-g4", date(2023, 3, 19)) and grids.on("990101001-g4", after) is None
    assert lies(play) == G1


def test_a_change_whose_grids_were_changed_since_cannot_be_undone_first(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    split = play.number
    play.scheduled("2023-03-10")
    play.swept("2023-03-10 00:00")
    play.proposes("merge", "990101001-g4;990101001-g5")
    play.scheduled("2023-03-12")
    play.swept("2023-03-12 00:00")
    answer = play.proposes_undo(split)
    assert isinstance(answer, Refusal) and answer.code == "changed-since"


def test_what_is_undone_instead_is_said_by_where_it_stands(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    number = play.number

    def instead() -> str:
        answer = play.proposes_undo(number)
        assert isinstance(answer, Refusal) and answer.code == "not-effective"
        return answer.words.zh.partition("，")[2]

    assert instead() == "撤回即可"
    play.scheduled("2023-03-10")
    assert instead() == "取消排期即可"
    play.does(LING, "call-off", reason="会期冲突")
    play.does(PAI, "withdraw", reason="另有方案")
    assert "无需恢复" in instead()


def test_a_change_whose_grids_have_gone_goes_no_further_from_any_step(play: Redrawing) -> None:
    steps = ("reckon", "consult", "conclude", "approve", "schedule")
    numbers = []
    for _ in steps:
        play.proposes("split", G1, drawing=UPRIGHT)
        numbers.append(play.number)
        for move, by in zip(steps[: len(numbers) - 1], (PAI, PAI, PAI, LING), strict=False):
            if move == "conclude":
                for party in ("street", "police", "community"):
                    play.does(ZHI, f"record-{party}", opinion="agree", said="公函")
            play.does(by, move)
    in_force(play)
    for number, move, by in zip(numbers, steps, (PAI, PAI, PAI, LING, GUAN), strict=True):
        play.number = number
        assert play.refused(by, move, **({"day": "2023-03-20"} if move == "schedule" else {})) == "grid-changed", move
    assert play.does(PAI, "withdraw", reason="网格已变").stage == "withdrawn"


def test_a_code_is_never_other_ground_again(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")
    play.swept("2023-03-10 00:00")
    play.proposes("merge", "990101001-g4;990101001-g5")
    assert [b.code for b in play.plan.new] == ["990101001-g6"]


def test_a_pack_from_before_a_change_does_not_wipe_it_out(play: Redrawing, tmp_path: Path) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")
    with pytest.raises(PackWrong) as wrong:
        install(TINY, GUAN, play.time.now)
    assert {fault.words.en.split("“")[1][:14] for fault in wrong.value.faults} == {"990101001-g4”,", "990101001-g5”,"}
    write_out(tmp_path)
    assert install(tmp_path / "tiny", GUAN, play.time.now).changed == ()


def test_a_pack_from_before_an_undo_does_not_wipe_it_out(play: Redrawing, tmp_path: Path) -> None:
    in_force(play)
    write_out(tmp_path / "before")
    play.proposes_undo(play.number)
    play.scheduled("2023-03-20")
    with pytest.raises(PackWrong) as wrong:
        install(tmp_path / "before" / "tiny", GUAN, play.time.now)
    (fault,) = wrong.value.faults
    assert f"“{G1}”" in fault.words.zh and "2023-03-20" in fault.words.zh and "write-pack" in fault.words.zh
    assert f"“{G1}”, which a grid change begins on 2023-03-20, is missing" in fault.words.en
    write_out(tmp_path / "after")
    assert install(tmp_path / "after" / "tiny", GUAN, play.time.now).changed == ()


def loaded_with(play: Redrawing, old: str, new: str, file: str = "grids.csv") -> None:
    """A pack that somebody has edited by hand, without a change."""
    pack = files()
    text = pack.texts[file]
    assert text.count(old) == 1
    install_loaded(load_files(PackFiles(pack.name, {**pack.texts, file: text.replace(old, new)})), GUAN, play.time.now)


@pytest.mark.parametrize(
    ("old", "new", "grid", "says"),
    [
        ("990101001001001,unit,990101001-g4,", "990101001001001,unit,990101001-g5,", "990101001001001", "990101001-g5"),
        (f"{G1},responsibility,990101001,东街道第1网格,East Street grid 1,990101001,,2020-01-01,2023-03-09",
         f"{G1},responsibility,990101001,东街道第1网格,East Street grid 1,990101001,,2020-01-01,2023-03-10", G1, "2023-03-09"),
    ],
    ids=["a unit grid elsewhere", "the old grid still there"],
)  # fmt: skip
def test_it_is_not_verified_where_the_data_do_not_follow_it(
    play: Redrawing, old: str, new: str, grid: str, says: str
) -> None:
    in_force(play)
    loaded_with(play, old, new)
    answer = play.tries(KAO, "verify")
    assert isinstance(answer, Refusal) and answer.code == "change-not-in-force"
    for said in (answer.words.zh, answer.words.en):
        assert grid in said and says in said and "write-pack" in said
    loaded_with(play, new, old)
    assert play.does(KAO, "verify").stage == "verified"


def test_a_change_whose_grids_were_changed_again_is_verified_as_well(play: Redrawing) -> None:
    in_force(play)
    first = play.number
    play.proposes("merge", "990101001-g4;990101001-g5")
    play.scheduled("2023-03-12")
    play.swept("2023-03-12 00:00")
    assert play.does(KAO, "verify").stage == "verified"
    play.number = first
    assert play.does(KAO, "verify").stage == "verified"


def test_two_changes_that_are_open_do_not_promise_the_same_code(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    assert [b.code[-2:] for b in play.plan.new] == ["g4", "g5"]
    play.proposes("merge", f"{G2};{G3}")
    assert [b.code[-2:] for b in play.plan.new] == ["g6"]


def test_every_edition_is_written_down_with_its_change(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")
    play.does(LING, "call-off", reason="会期冲突")
    moves = TransitionRow.objects.filter(kind="reference").order_by("id").values_list("move", "person")
    assert list(moves) == [
        ("install", "guan1"), ("schedule-grid-change", "guan1"), ("call-off-grid-change", "ling1"),
    ]  # fmt: skip
