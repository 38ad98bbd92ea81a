"""What a move names has to be there: persons in the post that is asked for, other subjects, stored photos.

The rules cannot look; so this is asked before they decide, for the single way and for the batch alike.
"""

from collections.abc import Callable, Mapping
from typing import Final

from xiuhua.domain.moves import Field, FieldKind, Move, Table
from xiuhua.domain.people import Post, Side
from xiuhua.domain.subject import By, Json
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.components import UNIDENTIFIED, named_component, told
from xiuhua.operations.world import World
from xiuhua.store.components import any_there
from xiuhua.store.loading import load

NO_PERSON = Words("“{it}”今天不在岗位“{post}”", "“{it}” does not hold the post {post} today")
NO_SUBJECT = Words("没有编号“{it}”", "there is no number “{it}”")
NO_COMPONENT = Words(
    "部件库没有“{it}”；认不出的请填“不明”，并申请登记",
    "the register has no component “{it}”; write “unidentified” and ask for it to be added",
)
ENDED = Words("“{it}”已不能并入", "nothing can be merged into “{it}” any more")

_Look = Callable[[Table, Field, str, By, World], Refusal | None]


def unknown_name(table: Table, row: Move, given: Mapping[str, Json], by: By, world: World) -> Refusal | None:
    for field in row.fields:
        look, value = _LOOKS.get(field.kind), given.get(field.name)
        if look and isinstance(value, str) and value:
            refusal = look(table, field, value, by, world)
            if refusal:
                return refusal
    return None


def _person(table: Table, field: Field, value: str, by: By, world: World) -> Refusal | None:
    """The field is called like the post it asks for; a unit names its own people."""
    post = Post(field.name)
    organisation = by.organisation if post.side is Side.UNIT else ""
    if world.holds(value, post, organisation, world.district.day_of(world.now())):
        return None
    words = Words(NO_PERSON.zh.format(it=value, post=post.words.zh), NO_PERSON.en.format(it=value, post=post.words.en))
    return Refusal("person-unknown", words, field.name)


def _subject(table: Table, field: Field, value: str, by: By, world: World) -> Refusal | None:
    loaded = load(table.kind, value)
    if loaded is None:
        return Refusal("subject-unknown", NO_SUBJECT.filled(it=value), field.name)
    if not table.group(loaded.subject.stage).is_open:
        return Refusal("subject-ended", ENDED.filled(it=value), field.name)
    return None


def _component(table: Table, field: Field, value: str, by: By, world: World) -> Refusal | None:
    """What comes from outside is kept as told; a district without a register of components has nothing to ask."""
    if by.post.side is Side.OUTSIDE or told(value) == UNIDENTIFIED or named_component(value) or not any_there():
        return None
    return Refusal("component-not-registered", NO_COMPONENT.filled(it=value[:60]), field.name)


_LOOKS: Final[Mapping[FieldKind, _Look]] = {
    FieldKind.PERSON: _person,
    FieldKind.SUBJECT: _subject,
    FieldKind.COMPONENT: _component,
}
