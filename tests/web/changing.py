"""Grid changes made without a browser, for pages that show them."""



from tests.cast import GUAN, LING, PAI, ZHI
from tests.stories.redrawing import DONG, G1, UPRIGHT
from xiuhua.domain.grid_change_flow import KIND
from xiuhua.domain.subject import By, Json
from xiuhua.operations.begin import begin
from xiuhua.operations.move import Asked, Done, make_move
from xiuhua.operations.world import World, world


def proposed(district: World, **given: Json) -> str:
    asked: dict[str, Json] = {
        "change": "split", "grids": G1, "drawing": UPRIGHT, "unit": "street-1", "reason": "负荷过重", **given,
    }  # fmt: skip
    done = begin(Asked(KIND, "", "propose", PAI, asked, new=True), world(district.now))
    assert isinstance(done, Done), done
    return done.number


def moved(district: World, number: str, *moves: tuple[By, str, dict[str, Json]]) -> None:
    for by, move, given in moves:
        done = make_move(Asked(KIND, number, move, by, given), world(district.now))
        assert isinstance(done, Done), done


WAY: tuple[tuple[By, str, dict[str, Json]], ...] = (
    (PAI, "reckon", {}), (PAI, "consult", {}), (DONG, "answer-street", {"opinion": "agree-if", "said": "先公示"}),
    (ZHI, "record-police", {"opinion": "agree", "said": "公函5号"}),
    (ZHI, "record-community", {"opinion": "agree", "said": "纪要3号"}), (PAI, "conclude", {}), (LING, "approve", {}),
    (GUAN, "schedule", {"day": "2023-03-10"}),
)  # fmt: skip
