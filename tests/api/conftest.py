"""The little district behind the real interface, and programs that ask it with tokens."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests.cast import COVER, EAST, at
from tests.running import running_from
from xiuhua.api.door import buckets
from xiuhua.domain.journal import SYSTEM
from xiuhua.operations.tokens import Created, create_token
from xiuhua.operations.world import World

MORNING = at("2023-03-06 09:00")


@dataclass
class Answer:
    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> str:
        assert self.headers["Content-Type"] == "application/problem+json", self.body
        assert self.body["status"] == self.status
        code: str = self.body["code"]
        return code


@dataclass
class Program:
    """Asks with a token. `language` is what it wants sentences in."""

    token: str = ""
    language: str = "en"
    post: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def headers(self, more: dict[str, str]) -> dict[str, str]:
        own = {"accept-language": self.language}
        if self.token:
            own["authorization"] = f"Bearer {self.token}"
        if self.post:
            own["xiuhua-post"] = self.post
        return own | more

    def get(self, path: str, **headers: str) -> Answer:
        return _read(self.client.get(f"/api/v1{path}", headers=self.headers(headers)))

    def post_json(self, path: str, body: Any, content_type: str = "application/json", **headers: str) -> Answer:
        data = body if isinstance(body, bytes) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return _read(self.client.post(f"/api/v1{path}", data, content_type=content_type, headers=self.headers(named)))

    def send_photo(self, content: bytes, name: str = "photo.jpg") -> Answer:
        file = io.BytesIO(content)
        file.name = name
        return _read(self.client.post("/api/v1/photos", {"file": file}, headers=self.headers({})))

    def photo(self) -> str:
        answer = self.send_photo(jpeg())
        assert answer.status == 201, answer.body
        found: str = answer.body["id"]
        return found

    def notice(self, **more: Any) -> Answer:
        return self.post_json("/notices", notice(**({"photos": [self.photo()]} | more)))

    def move(self, number: str, move: str, **given: Any) -> Answer:
        version = self.get(f"/cases/{number}").body["version"]
        return self.post_json(f"/cases/{number}/moves/{move}", {"version": version, "given": given})


def _read(response: Any) -> Answer:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    return Answer(response.status_code, json.loads(content) if "json" in kind else content, response.headers)


def notice(**more: Any) -> dict[str, Any]:
    """A collector's notice that is taken, with what is to be different."""
    given = {
        "channel": "collector", "place": {"lon": EAST.lon, "lat": EAST.lat}, "noticed_at": MORNING.isoformat(),
        "class": COVER, "condition": "broken", "description": "井盖破损", "photos": [],
    } | more  # fmt: skip
    return {name: value for name, value in given.items() if value is not None}


def jpeg(size: tuple[int, int] = (64, 48), kind: str = "JPEG", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (90, 120, 60)).save(out, kind, **more)
    return out.getvalue()


Programs = Callable[..., Program]


@pytest.fixture
def district(db: None) -> Iterator[World]:
    """Loaded, with its people, on a Monday morning; the real clock goes on from there."""
    yield from running_from(MORNING)


@pytest.fixture
def program(district: World) -> Programs:
    """A program with a token of that account."""
    buckets.__init__()  # type: ignore[misc]

    def with_token(username: str, **more: Any) -> Program:
        created = create_token(username, "test", SYSTEM, district)
        assert isinstance(created, Created)
        return Program(created.text, **more)

    return with_token
