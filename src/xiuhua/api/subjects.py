"""Subjects of any register, a case among them: lists, counts, one whole, its moves. `cases` is the short address."""

from typing import Annotated, Any, Final

from django.http import HttpResponse
from ninja import Header, Path, Query, Router

from xiuhua.api import filtering
from xiuhua.api.answers.figures import CountsOut
from xiuhua.api.answers.nouns import DoneOut
from xiuhua.api.answers.subjects import MovesOut, PageOut, PersonsOut, SubjectOut
from xiuhua.api.counts import figures
from xiuhua.api.declared import answers, written
from xiuhua.api.door import Request
from xiuhua.api.filtering import Counted, Filters
from xiuhua.api.outcome import KeyHeader, done, good
from xiuhua.api.problems import Refused
from xiuhua.api.saying import Said, Saying
from xiuhua.api.schemas import BeginIn, MoveIn
from xiuhua.domain.case import KIND
from xiuhua.domain.moves import Table
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.begin import begin
from xiuhua.operations.move import NOT_FOUND, UNKNOWN_KIND, Asked, make_move
from xiuhua.operations.seeing import in_view, look_at_persons, offered, scope, see
from xiuhua.store.queries import page

router = Router(tags=["subjects"])

Number = Annotated[str, Path(max_length=60)]
Kind = Annotated[str, Path(max_length=40)]
MatchHeader = Annotated[str, Header(alias="If-Match", max_length=20, pattern=r'^("?[0-9]{1,7}"?)?$')]
After = Annotated[str, Query(alias="cursor", max_length=200)]
Limit = Annotated[int, Query(ge=1, le=200)]

BY_NOTICE: Final = Refusal(
    "begin-by-notice", Words("案件由线索开始，请用 POST /notices", "a case begins with a notice: POST /notices"), "move"
)
NO_VERSION: Final = Refusal(
    "version-missing",
    Words("请在 If-Match 或 version 中说明所见版本", "say which version you saw, in If-Match or version"),
    "version",
)
TWO_VERSIONS: Final = Refusal(
    "version-wrong", Words("If-Match 与 version 不一致", "If-Match and version do not agree"), "version"
)


@router.get("/{kind}", response=answers(PageOut, 404), by_alias=True, summary="List subjects of a register")
def listed(request: Request, kind: Kind, filters: Query[Filters], limit: Limit = 50, cursor: After = "") -> Any:
    """Newest first. `next` of a page is the `cursor` of the following one."""
    return list_of(request, kind, filters, limit, cursor)


@router.get("/{kind}/counts", response=answers(CountsOut, 404), summary="A registered figure of a filter")
def counted(request: Request, kind: Kind, filters: Query[Filters], figure: Query[Counted]) -> Any:
    return figures(request, table_of(request, kind), filters, figure)


@router.post("/{kind}", response=written(DoneOut, 404, status=201), summary="Begin a subject")
def begun(request: Request, kind: Kind, body: BeginIn, key: KeyHeader = "") -> Any:
    """By a first move of its table. A case begins with a notice instead."""
    if kind == KIND:
        raise Refused(BY_NOTICE)
    asked = Asked(kind, "", body.move, request.auth.by, body.given, key=key, new=True)
    return done(begin(asked, request.world), 201)


@router.get("/{kind}/{number}", response=answers(SubjectOut, 404), summary="One subject, whole")
def opened(request: Request, response: HttpResponse, kind: Kind, number: Number) -> Any:
    """Where it stands, its clocks and why, whose it is and why, and its transitions. Its version is the ETag."""
    return one_of(request, response, kind, number)


@router.get("/{kind}/{number}/moves", response=answers(MovesOut, 404), summary="The moves of your post from here")
def possible_moves(request: Request, kind: Kind, number: Number) -> Any:
    return moves_of(request, kind, number)


@router.post("/{kind}/{number}/moves/{move}", response=written(DoneOut, 404, 428), summary="Make a move")
def moved(
    request: Request, kind: Kind, number: Number, move: str, body: MoveIn, key: KeyHeader = "", match: MatchHeader = ""
) -> Any:
    """Names the version that was looked at, in If-Match or `version`. A lost race is 409 with the version as it is."""
    return move_of(request, kind, number, move, body, key, match)


@router.get("/{kind}/{number}/persons", response=answers(PersonsOut, 404), summary="Names and phones of reporters")
def persons(request: Request, kind: Kind, number: Number) -> Any:
    """Needs the right to see persons. Every look is written into the journal."""
    return persons_of(request, kind, number)


# what both addresses do


def table_of(request: Request, kind: str) -> Table:
    table = request.world.table(kind)
    if table is None:
        raise Refused(UNKNOWN_KIND)
    return table


def list_of(request: Request, kind: str, filters: Filters, limit: int, cursor: str) -> Said:
    table, now = table_of(request, kind), request.world.now()
    asked = filters.filter(table, request.auth)
    found = page(asked, scope(request.auth), now, filtering.read(cursor), limit)
    saying = Saying(table, request.world.district, now)
    return {"items": [saying.line(line) for line in found.lines], "next": filtering.written(found.next)}


def one_of(request: Request, response: HttpResponse, kind: str, number: str) -> Said:
    table = table_of(request, kind)
    found = see(kind, number, request.auth)
    if found is None:
        raise Refused(NOT_FOUND)
    response.headers["ETag"] = f'"{found.subject.version}"'
    return Saying(table, request.world.district, request.world.now()).subject(found)


def moves_of(request: Request, kind: str, number: str) -> Said:
    found = good(offered(kind, number, request.auth, request.world))
    saying = Saying(table_of(request, kind), request.world.district, request.world.now())
    return {
        "number": number, "version": found.version, "stage": found.stage,
        "moves": [saying.move(one) for one in found.moves],
    }  # fmt: skip


def move_of(request: Request, kind: str, number: str, move: str, body: MoveIn, key: str, match: str) -> HttpResponse:
    seen = _seen(body.version, match)
    table_of(request, kind)
    if not in_view(kind, number, request.auth):
        raise Refused(NOT_FOUND)
    return done(make_move(Asked(kind, number, move, request.auth.by, body.given, seen, key), request.world))


def _seen(version: int | None, match: str) -> int:
    tag = int(match.strip('"')) if match else None
    if version is not None and tag is not None and version != tag:
        raise Refused(TWO_VERSIONS)
    seen = version if version is not None else tag
    if seen is None:
        raise Refused(NO_VERSION)
    return seen


def persons_of(request: Request, kind: str, number: str) -> Said:
    table_of(request, kind)
    found = good(look_at_persons(kind, number, request.auth, request.world))
    return {"items": [{"sequence": it.sequence, "field": it.field, "text": it.text} for it in found]}
