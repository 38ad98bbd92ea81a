"""Text search: short Chinese words, the same answer on both databases."""

import pytest

from tests.cast import COVER, EAST, SHOU, Time, tiny_world
from xiuhua.domain.notice import Channel
from xiuhua.operations.batch import Batch
from xiuhua.operations.move import Done
from xiuhua.operations.report import Sent, report, report_in
from xiuhua.store.queries import Filter, Scope, page

pytestmark = pytest.mark.django_db

SAID = {
    "井盖": "路口井盖破损，夜间危险",
    "盖井": "有人要盖井房",
    "字母": "Shop ABC 门前，ＡＢＣ 全角",
    "生僻": "𠮷野家门前积水",
    "空": "",
}
FOUND = {
    "一字": ("井", {"井盖", "盖井"}),
    "两字": ("井盖", {"井盖"}),
    "两字不颠倒": ("盖井", {"盖井"}),
    "长词": ("井盖破损", {"井盖"}),
    "两词都要有": ("井盖 危险", {"井盖"}),
    "不跨标点": ("损夜", set()),
    "大小写": ("abc", {"字母"}),
    "全角": ("ＡＢ", {"字母"}),
    "生僻字": ("𠮷", {"生僻"}),
    "生僻词": ("𠮷野", {"生僻"}),
    "地点也算": ("胜利", {"空"}),
    "没有": ("下水道", set()),
    "只有标点": ("，。", set()),
    "看似SQL": ("' OR 1=1 --", set()),
}


@pytest.mark.parametrize("together", [False, True], ids=["one by one", "in a batch"])
@pytest.mark.parametrize(("text", "found"), FOUND.values(), ids=FOUND)
def test_words_of_one_and_two_characters_are_found(text: str, found: set[str], together: bool) -> None:
    time = Time()
    world = tiny_world(time)
    sent = {
        name: Sent(Channel.HOTLINE, EAST, time.now, COVER, description=said, place_text="" if said else "胜利桥东")
        for name, said in SAID.items()
    }
    if together:
        with Batch(world) as batch:
            begun = {name: report_in(batch, one, SHOU) for name, one in sent.items()}
    else:
        begun = {name: report(one, SHOU, world) for name, one in sent.items()}
    numbers = {done.number: name for name, done in begun.items() if isinstance(done, Done)}
    assert len(numbers) == len(SAID)
    lines = page(Filter(text=text), Scope(everything=True), time.now).lines
    assert {numbers[line.number] for line in lines} == found
