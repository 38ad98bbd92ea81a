"""Who works here: posts, what each post may look at and do beside the moves, and who stays unnamed to whom.

Leaves out: which move a post may make (the table of moves) and passwords (the shell).
Source: ../standards workflow clause 3 (roles; source), pain list A1 and C6: a handling side that knows who reported or
checks can press him, so it sees the post and never the person.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiuhua.domain.validity import those_valid_on
from xiuhua.domain.words import Words


class Post(StrEnum):
    COLLECTOR = "collector"
    ACCEPTOR = "acceptor"
    SHIFT_LEADER = "shift-leader"
    DISPATCHER = "dispatcher"
    UNIT_DESK = "unit-desk"
    HANDLER = "handler"
    SUPERVISING_OFFICER = "supervising-officer"
    EVALUATOR = "evaluator"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    MACHINE_SOURCE = "machine-source"
    CITIZEN = "citizen"
    SYSTEM = "system"

    @property
    def words(self) -> Words:
        return POST_WORDS[self]

    @property
    def side(self) -> "Side":
        return SIDES[self]


class Side(StrEnum):
    """The two axes of the field, and those who are neither."""

    CENTRE = "centre"
    UNIT = "unit"
    OUTSIDE = "outside"


POST_WORDS: dict[Post, Words] = {
    Post.COLLECTOR: Words("监督员", "Collector"),
    Post.ACCEPTOR: Words("受理员", "Acceptor"),
    Post.SHIFT_LEADER: Words("值班长", "Shift leader"),
    Post.DISPATCHER: Words("派遣员", "Dispatcher"),
    Post.UNIT_DESK: Words("处置部门席位", "Unit desk"),
    Post.HANDLER: Words("处置人员", "Handler"),
    Post.SUPERVISING_OFFICER: Words("督办员", "Supervising officer"),
    Post.EVALUATOR: Words("考评员", "Evaluator"),
    Post.LEADER: Words("领导", "Leader"),
    Post.ADMINISTRATOR: Words("系统管理员", "Administrator"),
    Post.MACHINE_SOURCE: Words("机器来源", "Machine source"),
    Post.CITIZEN: Words("市民", "Citizen"),
    Post.SYSTEM: Words("系统", "System"),
}

SIDES: dict[Post, Side] = {
    **dict.fromkeys(Post, Side.CENTRE),
    Post.UNIT_DESK: Side.UNIT,
    Post.HANDLER: Side.UNIT,
    Post.CITIZEN: Side.OUTSIDE,
    Post.MACHINE_SOURCE: Side.OUTSIDE,
}


class Right(StrEnum):
    """What a post may do beside the moves."""

    SEE_ALL_CASES = "see-all-cases"
    SEE_UNIT_CASES = "see-unit-cases"
    SEE_OWN_GRID_CASES = "see-own-grid-cases"
    SEE_PERSONS = "see-persons"  # names and phones of reporters; every look is journaled
    SEE_FIGURES = "see-figures"
    EXPORT = "export"
    RELEASE_PHOTO = "release-photo"
    SEE_POSITIONS = "see-positions"  # where collectors on shift are; looks are journaled
    READ_JOURNAL = "read-journal"
    ADMINISTER = "administer"
    SEE_COMPONENTS = "see-components"
    KEEP_COMPONENTS = "keep-components"


# ours, after the roles of workflow clause 3. Whoever administers sees no persons: he could give himself every look.
RIGHTS: dict[Post, frozenset[Right]] = {
    Post.COLLECTOR: frozenset({Right.SEE_OWN_GRID_CASES, Right.SEE_COMPONENTS}),
    Post.ACCEPTOR: frozenset({Right.SEE_ALL_CASES, Right.SEE_PERSONS, Right.SEE_FIGURES, Right.SEE_COMPONENTS}),
    Post.SHIFT_LEADER: frozenset(
        {
            Right.SEE_ALL_CASES, Right.SEE_PERSONS, Right.SEE_FIGURES, Right.EXPORT, Right.RELEASE_PHOTO,
            Right.SEE_COMPONENTS, Right.KEEP_COMPONENTS, Right.SEE_POSITIONS,
        }
    ),
    Post.DISPATCHER: frozenset(
        {Right.SEE_ALL_CASES, Right.SEE_FIGURES, Right.EXPORT, Right.SEE_COMPONENTS, Right.SEE_POSITIONS}
    ),
    Post.UNIT_DESK: frozenset({Right.SEE_UNIT_CASES, Right.SEE_FIGURES, Right.EXPORT, Right.SEE_COMPONENTS}),
    Post.HANDLER: frozenset({Right.SEE_UNIT_CASES, Right.SEE_COMPONENTS}),
    Post.SUPERVISING_OFFICER: frozenset(
        {
            Right.SEE_ALL_CASES, Right.SEE_PERSONS, Right.SEE_FIGURES, Right.EXPORT, Right.READ_JOURNAL,
            Right.SEE_COMPONENTS, Right.SEE_POSITIONS,
        }
    ),
    Post.EVALUATOR: frozenset(
        {Right.SEE_ALL_CASES, Right.SEE_FIGURES, Right.EXPORT, Right.READ_JOURNAL, Right.SEE_COMPONENTS}
    ),
    Post.LEADER: frozenset({Right.SEE_ALL_CASES, Right.SEE_FIGURES, Right.EXPORT, Right.SEE_COMPONENTS}),
    Post.ADMINISTRATOR: frozenset(
        {
            Right.SEE_ALL_CASES, Right.SEE_FIGURES, Right.EXPORT, Right.READ_JOURNAL, Right.ADMINISTER,
            Right.SEE_COMPONENTS, Right.KEEP_COMPONENTS,
        }
    ),
    Post.MACHINE_SOURCE: frozenset(),
    Post.CITIZEN: frozenset(),
    Post.SYSTEM: frozenset(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holding:
    """A post held for an organisation, from day to day. No grids: all of the organisation's."""

    post: Post
    organisation: str
    grids: frozenset[str]
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    name: str
    holdings: tuple[Holding, ...] = ()

    def holdings_on(self, day: date) -> tuple[Holding, ...]:
        return those_valid_on(self.holdings, day)


def may(holding: Holding, right: Right) -> bool:
    return right in RIGHTS[holding.post]


def sees(holding: Holding, organisation: str, grids: Collection[str], *, own: bool = False) -> bool:
    """Whether a case is in view: `organisation` handles it, `grids` are the grids it lies in from small to large.

    `own`: the viewer reported it himself, which everybody may look up.
    """
    rights = RIGHTS[holding.post]
    if own or Right.SEE_ALL_CASES in rights:
        return True
    if Right.SEE_UNIT_CASES in rights:
        return bool(organisation) and organisation == holding.organisation and _covers(holding, grids)
    return Right.SEE_OWN_GRID_CASES in rights and _covers(holding, grids)


def _covers(holding: Holding, grids: Collection[str]) -> bool:
    return not holding.grids or not holding.grids.isdisjoint(grids)


# Moves with one of these words in their name report, verify or check; "reopen" reports that it is not solved.
UNNAMED_WORDS = frozenset(
    {"adopt", "check", "complete", "convert", "invalidate", "reopen", "report", "sample", "verify"}
)
UNNAMED_POSTS = frozenset({Post.COLLECTOR, Post.CITIZEN, Post.MACHINE_SOURCE})


def shows_person(viewer: Post, actor: Post, move: str) -> bool:
    """Whether the viewer may read the actor's name beside this move; the post is always shown.

    The unit side never reads who reported, verified or checked, not even where its own people reported: the case
    may have gone to another unit. A citizen's name needs the right to see persons. Outside nobody is named.
    """
    if viewer.side is Side.OUTSIDE:
        return False
    if viewer.side is Side.UNIT:
        return actor not in UNNAMED_POSTS and UNNAMED_WORDS.isdisjoint(move.split("-"))
    return actor.side is not Side.OUTSIDE or Right.SEE_PERSONS in RIGHTS[viewer]
