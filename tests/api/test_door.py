"""Getting in: tokens, sessions with their CSRF token, posts to choose from, and how often one may ask."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.api.conftest import Program, Programs, notice
from tests.cast import GUAN
from tests.running import PASSWORD
from xiuhua.api.door import buckets
from xiuhua.api.rate import Buckets
from xiuhua.domain.people import Holding, Post
from xiuhua.operations.people import close_account, give_post
from xiuhua.operations.tokens import revoke_token, tokens_of
from xiuhua.operations.world import World

pytestmark = pytest.mark.django_db

PRIVATE = ["/me", "/cases", "/cases/counts", "/cases/990101-20230306-00001", "/subjects/case", "/catalogue", "/grids",
           "/organisations", "/metrics"]  # fmt: skip


@pytest.mark.parametrize("path", PRIVATE)
@pytest.mark.usefixtures("district")
def test_without_signing_in_nothing_is_said(path: str) -> None:
    answer = Program().get(path)
    assert (answer.status, answer.code) == (401, "not-signed-in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("token", ["nonsense", "xh_" + "A" * 43, "' OR 1=1 --"])
@pytest.mark.usefixtures("district")
def test_a_wrong_token_is_refused_also_where_none_is_needed(token: str) -> None:
    for path in ("/me", "/photos/nothing"):
        answer = Program(token).get(path)
        assert (answer.status, answer.code) == (401, "token-unknown")


def test_a_revoked_token_ends_at_once(program: Programs, district: World) -> None:
    shou = program("shou1")
    assert shou.get("/me").status == 200
    revoke_token(tokens_of("shou1")[0].id, GUAN, district)
    assert shou.get("/me").code == "token-over"


def test_a_closed_account_ends_at_once(program: Programs, district: World) -> None:
    shou = program("shou1")
    close_account("shou1", GUAN, district)
    assert shou.get("/me").code == "account-closed"


def test_me_says_who_and_in_which_posts(program: Programs, district: World) -> None:
    give_post("pai1", Holding(Post.ACCEPTOR, "centre", frozenset(), date(2023, 1, 1)), GUAN, district)
    me = program("pai1").get("/me").body
    assert (me["username"], [p["name"] for p in me["posts"]]) == ("pai1", ["dispatcher@centre", "acceptor@centre"])
    assert [p["current"] for p in me["posts"]] == [True, False]


def test_the_header_chooses_the_post(program: Programs, district: World) -> None:
    give_post("pai1", Holding(Post.ACCEPTOR, "centre", frozenset(), date(2023, 1, 1)), GUAN, district)
    begun = program("cai1").notice()
    accept = f"/cases/{begun.body['number']}/moves/accept"
    assert program("pai1").post_json(accept, {"version": 1}).code == "post-may-not"
    assert program("pai1", post="leader@centre").post_json(accept, {"version": 1}).code == "post-not-held"
    assert program("pai1", post="acceptor@centre").post_json(accept, {"version": 1}).status == 200


# the session of a browser


@pytest.fixture
def browser(district: World) -> Client:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/sign-in/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    form = {"username": "shou1", "password": PASSWORD, "csrfmiddlewaretoken": found.group(1)}
    assert client.post("/sign-in/", form).status_code == 302
    return client


def test_a_signed_in_browser_reads(browser: Client) -> None:
    answer = browser.get("/api/v1/me")
    assert (answer.status_code, answer.json()["username"]) == (200, "shou1")


def test_a_signed_in_browser_writes_only_with_its_csrf_token(browser: Client) -> None:
    body = notice(channel="hotline")
    refused = browser.post("/api/v1/notices", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "form-too-old")
    token = browser.cookies["csrftoken"].value
    taken = browser.post(
        "/api/v1/notices", body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert taken.status_code == 201


# how often


def test_who_asks_too_often_waits(program: Programs) -> None:
    buckets.__init__(0.001, 2)  # type: ignore[misc]
    shou = program("shou1")
    buckets.__init__(0.001, 2)  # type: ignore[misc]
    assert [shou.get("/me").status for _ in range(2)] == [200, 200]
    answer = shou.get("/me")
    assert (answer.status, answer.code) == (429, "too-many")
    assert int(answer.headers["Retry-After"]) >= 1
    buckets.__init__()  # type: ignore[misc]


def test_a_bucket_fills_with_time_and_each_account_has_its_own() -> None:
    now = [0.0]
    kept = Buckets(per_second=10, burst=2, now=lambda: now[0])
    assert [kept.wait(1), kept.wait(1)] == [0, 0]
    assert kept.wait(1) == pytest.approx(0.1)
    assert kept.wait(2) == 0
    now[0] = 0.1
    assert kept.wait(1) == 0
