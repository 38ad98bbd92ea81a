"""The interface put together, and its OpenAPI document."""

from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

import xiuhua
from xiuhua.api import (
    cases,
    components,
    grids,
    notices,
    photos,
    places,
    positions,
    reference,
    subjects,
    tiles,
)
from xiuhua.api.door import DOOR, POST_HEADER
from xiuhua.api.problems import MEDIA_TYPE, register
from xiuhua.api.reading import StrictParser

DESCRIPTION: Final = (
    "A token goes into `Authorization: Bearer xh_...`. Texts for people come in Chinese and English; the sentences of "
    "problem documents follow Accept-Language. Moments are UTC."
)
CHOOSE_POST: Final = {
    "in": "header",
    "name": POST_HEADER,
    "required": False,
    "schema": {"type": "string"},
    "description": "Which of your posts to act in, as /me names it; without it the first.",
}


class Readable(JSONRenderer):
    json_dumps_params: Final = {"ensure_ascii": False}  # type: ignore[misc]  # Chinese as Chinese


api = NinjaAPI(
    title="Xiuhua", version=xiuhua.__version__, description=DESCRIPTION, auth=DOOR, parser=StrictParser(),
    renderer=Readable(), docs_url=None, openapi_url=None, urls_namespace="api",
)  # fmt: skip
api.add_router("/notices", notices.router)
api.add_router("/photos", photos.router)
api.add_router("/cases", cases.router)
api.add_router("/subjects", subjects.router)
api.add_router("/components", components.router)
api.add_router("/tiles", tiles.router)
api.add_router("/places", places.router)
api.add_router("/positions", positions.router)
api.add_router("", reference.router)
api.add_router("", grids.router)
register(api)


@api.get("/openapi.json", auth=None, include_in_schema=False)
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(document())


def document() -> dict[str, Any]:
    """As ninja writes it, with problems in their own media type and the header that chooses a post."""
    schema = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    for operations in schema["paths"].values():
        for operation in operations.values():
            _problems(operation["responses"])
            if operation.get("security"):
                operation["parameters"] = [*operation.get("parameters", []), CHOOSE_POST]
    return schema


def _problems(responses: dict[int, Any]) -> None:
    for status, response in responses.items():
        if int(status) >= 400 and "content" in response:
            response["content"] = {MEDIA_TYPE: next(iter(response["content"].values()))}
