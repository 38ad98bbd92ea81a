"""A collector's app: the shift begins, says where it is, and ends. For oneself only."""

from typing import Any

from ninja import Router

from xiuhua.api.answers.places import ShiftOut
from xiuhua.api.declared import written
from xiuhua.api.door import Request
from xiuhua.api.outcome import good
from xiuhua.api.saying import Said
from xiuhua.api.schemas import PositionIn
from xiuhua.operations.be_at import Shift, be_at, begin_shift, end_shift

router = Router(tags=["maps"])


@router.post("/begin", response=written(ShiftOut), summary="Begin your shift")
def begin(request: Request) -> Any:
    return _said(good(begin_shift(request.auth, request.world)))


@router.post("", response=written(ShiftOut), summary="Say where you are")
def here(request: Request, body: PositionIn) -> Any:
    """While the shift lasts. Only the last place is kept, and it goes when the shift ends."""
    return _said(good(be_at(body.place.wgs84(), body.accuracy_m, request.auth, request.world)))


@router.post("/end", response=written(ShiftOut), summary="End your shift")
def end(request: Request) -> Any:
    end_shift(request.auth)
    return {"on_shift": False, "began_at": None, "at": None}


def _said(shift: Shift) -> Said:
    return {"on_shift": True, "began_at": shift.began_at, "at": shift.at}
