"""Cases, at the short address: the same as /subjects/case."""

from typing import Any

from django.http import HttpResponse
from ninja import Query, Router

from xiuhua.api import subjects
from xiuhua.api.answers.figures import CountsOut
from xiuhua.api.answers.nouns import DoneOut
from xiuhua.api.answers.subjects import MovesOut, PageOut, PersonsOut, SubjectOut
from xiuhua.api.counts import figures
from xiuhua.api.declared import answers, written
from xiuhua.api.door import Request
from xiuhua.api.filtering import Counted, Filters
from xiuhua.api.outcome import KeyHeader
from xiuhua.api.schemas import MoveIn
from xiuhua.api.subjects import After, Limit, MatchHeader, Number
from xiuhua.domain.case import KIND

router = Router(tags=["cases"])


@router.get("", response=answers(PageOut), by_alias=True, summary="List cases")
def listed(request: Request, filters: Query[Filters], limit: Limit = 50, cursor: After = "") -> Any:
    """Newest first, without counts. `next` of a page is the `cursor` of the following one."""
    return subjects.list_of(request, KIND, filters, limit, cursor)


@router.get("/counts", response=answers(CountsOut, 404), summary="A registered figure of the cases of a filter")
def counted(request: Request, filters: Query[Filters], figure: Query[Counted]) -> Any:
    return figures(request, request.world.tables[KIND], filters, figure)


@router.get("/{number}", response=answers(SubjectOut, 404), summary="One case, whole")
def opened(request: Request, response: HttpResponse, number: Number) -> Any:
    """Where it stands, its clocks and why, its unit and why, and its transitions. Its version is the ETag."""
    return subjects.one_of(request, response, KIND, number)


@router.get("/{number}/moves", response=answers(MovesOut, 404), summary="The moves of your post from here")
def possible_moves(request: Request, number: Number) -> Any:
    return subjects.moves_of(request, KIND, number)


@router.post("/{number}/moves/{move}", response=written(DoneOut, 404, 428), summary="Make a move")
def moved(
    request: Request, number: Number, move: str, body: MoveIn, key: KeyHeader = "", match: MatchHeader = ""
) -> Any:
    """Names the version that was looked at, in If-Match or `version`. A lost race is 409 with the version as it is."""
    return subjects.move_of(request, KIND, number, move, body, key, match)


@router.get("/{number}/persons", response=answers(PersonsOut, 404), summary="Names and phones of reporters")
def persons(request: Request, number: Number) -> Any:
    """Needs the right to see persons. Every look is written into the journal."""
    return subjects.persons_of(request, KIND, number)
