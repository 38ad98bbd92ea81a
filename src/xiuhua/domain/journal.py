"""The journal: what is remembered beside the registers. Its entries are transitions without a table of moves.

A chain for each thing that is changed or looked at: a pack, an account, the persons of one case. They have no stage
and no snapshot; nothing is decided about them but that they are written down. Source: pain list C6.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from xiuhua.domain.people import Post
from xiuhua.domain.subject import By, Json, Patch, Transition
from xiuhua.domain.words import Words

LONGEST_NUMBER: Final = 60  # as the store keeps numbers


class Journal(StrEnum):
    """The kinds of the journal; no register may have one of these names."""

    REFERENCE = "reference"
    ACCOUNT = "account"
    TOKEN = "token"  # noqa: S105 - a name
    SETTING = "setting"
    LOOK = "look"
    PHOTO = "photo"
    ERASURE = "erasure"
    GROUND = "ground"
    COMPONENT = "component"

    @property
    def words(self) -> Words:
        return _WORDS[self]


_WORDS: Final = {
    Journal.REFERENCE: Words("区数据", "reference data"),
    Journal.ACCOUNT: Words("账号与岗位", "accounts and posts"),
    Journal.TOKEN: Words("接口令牌", "tokens"),
    Journal.SETTING: Words("设置", "settings"),
    Journal.LOOK: Words("查看个人信息", "looks at personal data"),
    Journal.PHOTO: Words("照片公开", "release of photos"),
    Journal.ERASURE: Words("删除个人信息", "erasing of personal data"),
    Journal.GROUND: Words("底图与地名", "base map and place names"),
    Journal.COMPONENT: Words("部件普查与变更", "surveys and changes of components"),
}
KINDS: Final = frozenset(kind.value for kind in Journal)
SYSTEM: Final = By("system", Post.SYSTEM, "")


def chain_of(number: str) -> str:
    """Where entries about this number stand. Two that begin alike may share a chain; their facts tell them apart."""
    return number[:LONGEST_NUMBER]


def entry(
    kind: Journal, number: str, sequence: int, move: str, by: By, at: datetime, facts: Mapping[str, Json]
) -> Transition:
    return Transition(
        kind=kind.value, number=chain_of(number), sequence=sequence, move=move, stage_from="", stage_to="",
        by=by, came=at, at=at, round=1, patch=Patch(facts=facts),
    )  # fmt: skip
