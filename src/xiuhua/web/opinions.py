"""What the parties said of a grid change, each time that they said it: a later opinion hides no earlier one."""

from collections.abc import Sequence
from typing import Final

from xiuhua.domain.grid_change_flow import OPINIONS, PARTIES
from xiuhua.domain.words import Words
from xiuhua.operations.seeing import SeenStep
from xiuhua.web.reading import Reading
from xiuhua.web.rows import OpinionView

_SAID: Final = dict(OPINIONS)


def opinions(reading: Reading, seen: Sequence[SeenStep]) -> tuple[OpinionView, ...]:
    """Party by party, of each the first before the last."""
    return tuple(one for party, words in PARTIES.items() for one in _of(party, words, reading, seen))


def _of(party: str, words: Words, reading: Reading, seen: Sequence[SeenStep]) -> tuple[OpinionView, ...]:
    fact = f"opinion_{party}"
    steps = [one for one in seen if fact in one.transition.patch.facts]
    return tuple(_view(words, str(one.transition.patch.facts[fact]), one, reading, one is steps[-1]) for one in steps)


def _view(party: Words, opinion: str, one: SeenStep, reading: Reading, last: bool) -> OpinionView:
    t = one.transition
    return OpinionView(
        party, _SAID[opinion], opinion == "object", str(t.patch.facts.get("said") or ""), t.at, t.by.post.words,
        one.person, reading.name("organisation", t.by.organisation), last,
    )  # fmt: skip
