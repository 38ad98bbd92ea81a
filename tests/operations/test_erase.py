"""Erasing what is said of persons: the words go, the chain stays, the journal says who did it and why."""

from datetime import date

import pytest

from tests.stories.play import Play
from xiuhua.domain.people import Holding, Post
from xiuhua.domain.words import Refusal
from xiuhua.operations.acting import Acting
from xiuhua.operations.erase import Erased, erase
from xiuhua.operations.verify import verify
from xiuhua.store.loading import texts, transitions
from xiuhua.store.models import KeyRow, SubjectRow, TermRow, TextRow

pytestmark = pytest.mark.django_db


def acting(post: Post) -> Acting:
    held = Holding(post, "centre", frozenset(), date(2020, 1, 1))
    return Acting(1, "guan1", "", "zh-hans", (held,), held)


ADMINISTRATOR = acting(Post.ADMINISTRATOR)


@pytest.fixture
def play() -> Play:
    play = Play()
    play.sends(
        description="张三家门口井盖破损", place_text="胜利桥东", reporter_name="李四", reporter_phone="13800000000"
    )
    return play


def test_all_texts_of_a_case_are_erased_and_the_chain_is_valid(play: Play) -> None:
    assert erase("case", play.number, "本人申请", ADMINISTRATOR, play.world) == Erased("case", play.number, 3)
    assert set(texts("case", play.number).values()) == {None}
    assert set(TextRow.objects.values_list("erased_at", flat=True)) == {play.time.now}
    found = verify()
    assert (found.ok, found.erased) == (True, 3)


def test_only_what_is_named_is_erased(play: Play) -> None:
    erase("case", play.number, "本人申请", ADMINISTRATOR, play.world, fields=("reporter_phone",))
    left = {field for (_, field), text in texts("case", play.number).items() if text is not None}
    assert left == {"description", "reporter_name"}


def test_it_is_not_found_by_erased_words_but_still_by_its_place(play: Play) -> None:
    erase("case", play.number, "本人申请", ADMINISTRATOR, play.world)
    pk = SubjectRow.objects.get(number=play.number).pk
    terms = set(TermRow.objects.filter(subject_id=pk).values_list("term", flat=True))
    assert "胜利" in terms
    assert not {"张", "张三", "井盖"} & terms


def test_the_journal_says_who_and_why_but_not_what_it_said(play: Play) -> None:
    erase("case", play.number, "本人申请", ADMINISTRATOR, play.world)
    (entry,) = transitions("erasure", play.number)
    assert (entry.by.person, entry.patch.facts["reason"]) == ("guan1", "本人申请")
    assert entry.patch.facts["fields"] == ["description", "reporter_name", "reporter_phone"]


def test_the_digest_of_what_was_sent_goes_too(play: Play) -> None:
    KeyRow.objects.create(
        person="cai1", key="k", asked="0" * 64, kind="case", number=play.number, sequence=1, at=play.time.now
    )
    erase("case", play.number, "本人申请", ADMINISTRATOR, play.world)
    assert not KeyRow.objects.exists()


def test_erasing_again_erases_and_says_nothing_more(play: Play) -> None:
    erase("case", play.number, "本人申请", ADMINISTRATOR, play.world)
    assert erase("case", play.number, "再次", ADMINISTRATOR, play.world) == Erased("case", play.number, 0)
    assert len(transitions("erasure", play.number)) == 1


@pytest.mark.parametrize("post", [p for p in Post if p is not Post.ADMINISTRATOR])
def test_nobody_else_may_erase(play: Play, post: Post) -> None:
    answer = erase("case", play.number, "本人申请", acting(post), play.world)
    assert isinstance(answer, Refusal)
    assert answer.code == "right-missing"
    assert None not in texts("case", play.number).values()


@pytest.mark.parametrize(
    ("number", "reason", "code"), [("", " ", "reason-missing"), ("990101-20230306-99999", "本人申请", "not-found")]
)
def test_it_is_refused(play: Play, number: str, reason: str, code: str) -> None:
    answer = erase("case", number or play.number, reason, ADMINISTRATOR, play.world)
    assert isinstance(answer, Refusal)
    assert answer.code == code
