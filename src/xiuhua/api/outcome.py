"""What an operation answered: its value, or its refusal on the way to a problem document."""

import json
from typing import Annotated, TypeVar

from django.http import HttpResponse
from ninja import Header

from xiuhua.api.problems import Refused
from xiuhua.api.schemas import KEY_PATTERN
from xiuhua.domain.words import Refusal
from xiuhua.operations.move import Done

T = TypeVar("T")

KeyHeader = Annotated[str, Header(alias="Idempotency-Key", max_length=80, pattern=KEY_PATTERN)]


def good(answer: T | Refusal) -> T:
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return answer


def done(answer: Done | Refusal, status: int = 200) -> HttpResponse:
    """Written here and not by ninja, which would check our own words once more on the hot path."""
    it = good(answer)
    body = {
        "kind": it.kind, "number": it.number, "version": it.version, "move": it.move, "stage": it.stage,
        "at": it.at.isoformat(),
    }  # fmt: skip
    headers = {"Location": f"/api/v1/subjects/{it.kind}/{it.number}"} if status == 201 else {}
    return HttpResponse(json.dumps(body), content_type="application/json", status=status, headers=headers)
