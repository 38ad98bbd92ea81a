"""Notices come in, of every channel. The hot path: nothing is done here that a notice does not need."""

from django.http import HttpResponse
from ninja import Router

from xiuhua.api.answers.nouns import DoneOut
from xiuhua.api.declared import written
from xiuhua.api.door import Request
from xiuhua.api.outcome import KeyHeader, done
from xiuhua.api.schemas import NoticeIn
from xiuhua.operations.report import Sent, report

router = Router(tags=["notices"])


@router.post("", response=written(DoneOut, status=201), summary="Send a notice")
def send(request: Request, notice: NoticeIn, key: KeyHeader = "") -> HttpResponse:
    """Begins a case. A likely duplicate is registered too and names the case it seems to repeat.

    With an Idempotency-Key a repeat gets the first answer, and the same key with another body is refused.
    """
    return done(report(sent(notice), request.auth.by, request.world, key), 201)


def sent(notice: NoticeIn) -> Sent:
    return Sent(
        channel=notice.channel, place=notice.place.wgs84() if notice.place else None, noticed_at=notice.noticed_at,
        class_key=notice.class_key, condition=notice.condition, place_text=notice.place_text,
        description=notice.description, road=notice.road, component=notice.component, owner=notice.owner,
        external=notice.external, photos=tuple(notice.photos), before=tuple(notice.before),
        frames=tuple(notice.frames), confidence=notice.confidence, model=notice.model,
        reporter_name=notice.reporter_name, reporter_phone=notice.reporter_phone,
    )  # fmt: skip
