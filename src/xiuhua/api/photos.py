"""Photos come in and go out. What goes out is the copy without metadata."""

from pathlib import Path
from typing import Any

from django.http import FileResponse
from django.http.response import HttpResponseBase
from ninja import File, Router, Status
from ninja.files import UploadedFile

from xiuhua.api.answers.nouns import PhotoOut, ReleasedOut
from xiuhua.api.declared import answers, written
from xiuhua.api.door import Request, maybe
from xiuhua.api.outcome import good
from xiuhua.domain.words import Refusal
from xiuhua.operations.attach import CACHED, PHOTO_UNKNOWN, attach, photo_file
from xiuhua.operations.release import release

router = Router(tags=["photos"])
_JPEG = {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}, "description": "OK"}
_FILE: dict[str, Any] = {"openapi_extra": {"responses": {200: _JPEG}}}


@router.post("", response=written(PhotoOut, status=201), summary="Send a photo")
def send(request: Request, file: File[UploadedFile]) -> Any:
    """JPEG, PNG or WebP by content, at most 15 MB and 50 megapixels. The id it gets goes into a notice or a move."""
    return Status(201, good(attach(file, request.auth.by, request.world)))


@router.get("/{photo}", auth=None, response=answers(None, 404), summary="A photo", **_FILE)
def whole(request: Request, photo: str) -> Any:
    """For whoever sees its subject, and for everybody once it was released."""
    return _sent(request, photo, small=False)


@router.get("/{photo}/thumbnail", auth=None, response=answers(None, 404), summary="A small copy of a photo", **_FILE)
def small(request: Request, photo: str) -> Any:
    return _sent(request, photo, small=True)


@router.post("/{photo}/release", response=written(ReleasedOut, 404), summary="Make a photo public")
def make_public(request: Request, photo: str) -> Any:
    return good(release(photo, request.auth, request.world))


@router.post("/{photo}/withdraw", response=written(ReleasedOut, 404), summary="Take a release back")
def withdraw(request: Request, photo: str) -> Any:
    return good(release(photo, request.auth, request.world, public=False))


def _sent(request: Request, photo: str, *, small: bool) -> HttpResponseBase:
    found: Path = good(photo_file(photo, maybe(request), small=small))
    headers = {"Cache-Control": CACHED, "Content-Disposition": "inline"}
    missing: Refusal = PHOTO_UNKNOWN
    if not found.exists():
        return good(missing)
    return FileResponse(found.open("rb"), content_type="image/jpeg", headers=headers)
