"""The names of new grids: as somebody types them, as many as there are grids, and each said of one grid only.

Within a street: each street may have a first grid. A grid that ends may give its name to one that follows. Ours.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from xiuhua.domain.grid import Grids, Tier
from xiuhua.domain.grid_change import Begun, ChangeKind
from xiuhua.domain.words import Refusal, Words

LONGEST: Final = 120  # ours: characters; as in a drawing

COUNT = Words(
    "填写了 {found} 个名称，新网格有 {wanted} 个；请逐一填写，或全部留空",
    "there are {found} names for {wanted} new grids; name each of them, or none",
)
LONG = Words("名称“{it}…”超过{most}字", "the name “{it}…” is longer than {most} characters")
TWICE = Words("名称“{it}”给了两个新网格", "the name “{it}” is given to two of the new grids")
TAKEN = Words("名称“{it}”已是网格 {code} 的，请另取", "the name “{it}” is that of the grid {code}; choose another")


def names_in(text: str) -> tuple[Words, ...]:
    """ "东片/East; 西片/West": one name for each new grid, west to east and north to south."""
    parts = (part.partition("/") for part in text.replace("；", ";").split(";"))
    pairs = ((zh.strip(), en.strip()) for zh, _, en in parts)
    return tuple(Words(zh or en, en or zh) for zh, en in pairs if zh or en)


def refuse_typed(names: Sequence[Words], wanted: int) -> Refusal | None:
    if names and len(names) != wanted:
        return Refusal("names-count", COUNT.filled(found=len(names), wanted=wanted), "names")
    long = next((text for one in names for text in (one.zh, one.en) if len(text) > LONGEST), None)
    return Refusal("name-long", LONG.filled(it=long[:20], most=LONGEST), "names") if long else None


def refuse_names(
    kind: ChangeKind, begins: Sequence[Begun], ends: Collection[str], grids: Grids, today: date
) -> Refusal | None:
    """What an undo brings back keeps the name that it had."""
    if kind is ChangeKind.UNDO or not begins:
        return None
    standing = [
        grid for grid in grids.active(today, Tier.RESPONSIBILITY)
        if grid.street == begins[0].street and grid.code not in ends
    ]  # fmt: skip
    for said in ("zh", "en"):
        names = [getattr(one.name, said) for one in begins]
        twice = next((name for name, times in Counter(names).items() if times > 1), None)
        if twice:
            return Refusal("name-twice", TWICE.filled(it=twice), "names")
        taken = next((grid for grid in standing if getattr(grid.name, said) in names), None)
        if taken:
            return Refusal("name-taken", TAKEN.filled(it=getattr(taken.name, said), code=taken.code), "names")
    return None
