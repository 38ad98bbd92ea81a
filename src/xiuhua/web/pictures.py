"""Photos: sent with a move's form, and shown to those who see the subject."""

from http import HTTPStatus
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from xiuhua.domain.words import Refusal, Words
from xiuhua.look.page import Desk, around
from xiuhua.look.viewer import viewer_of
from xiuhua.operations.attach import CACHED, Attached, attach, photo_file

MOST_TEXT = 4_000_000  # ours: bytes; 50,000 points with all their digits
LARGE = Words("文件超过 {most} MB", "the file is larger than {most} MB")
NOT_UTF8 = Words("文件不是 UTF-8 文本", "the file is not UTF-8 text")
MOST_AT_ONCE = 9  # ours: more belong into another move


class Kept:
    """Keeps what was uploaded with a form, once. The first that cannot be taken says why; the others stay kept."""

    def __init__(self, request: HttpRequest, desk: Desk) -> None:
        self._request, self._desk = request, desk
        self.refusal: Refusal | None = None

    def __call__(self, name: str) -> list[str]:
        ids = []
        for file in self._request.FILES.getlist(name)[:MOST_AT_ONCE]:
            answer = attach(file, self._desk.viewer.by, self._desk.world)
            if isinstance(answer, Attached):
                ids.append(answer.id)
            elif self.refusal is None:
                self.refusal = Refusal(
                    answer.code, answer.words, name.removeprefix("f-").removesuffix("-new")
                )
        return ids

    def text(self, name: str) -> str:
        """A text file of the form; one that is too large or not UTF-8 is answered with its field."""
        file = self._request.FILES.get(name)
        if file is None:
            return ""
        field = name.removeprefix("f-").removesuffix("-file")
        if (file.size or 0) > MOST_TEXT:
            self.refusal = self.refusal or Refusal("file-large", LARGE.filled(most=MOST_TEXT // 1_000_000), field)
            return ""
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.refusal = self.refusal or Refusal("file-not-text", NOT_UTF8, field)
            return ""


@require_GET
def whole(request: HttpRequest, photo: str) -> HttpResponseBase:
    return _file(request, photo, small=False)


@require_GET
def small(request: HttpRequest, photo: str) -> HttpResponseBase:
    return _file(request, photo, small=True)


def _file(request: HttpRequest, photo: str, *, small: bool) -> HttpResponseBase:
    """A photo that was released needs no signing in."""
    viewer = viewer_of(request, around())
    found = photo_file(photo, viewer.acting if viewer else None, small=small)
    if not isinstance(found, Path) or not found.exists():
        raise Http404
    headers = {"Cache-Control": CACHED}
    return FileResponse(found.open("rb"), content_type="image/jpeg", status=HTTPStatus.OK, headers=headers)
