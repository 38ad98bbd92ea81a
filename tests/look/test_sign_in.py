"""Signing in and out, the lock after failures, language and theme, and where one is sent afterwards."""

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from tests.running import PASSWORD
from tests.web.conftest import SignIn
from xiuhua.domain.journal import SYSTEM
from xiuhua.domain.words import Refusal
from xiuhua.operations import clock
from xiuhua.operations.people import set_password
from xiuhua.operations.sign_in import LOCKED_FOR
from xiuhua.operations.world import World
from xiuhua.store.models import Account


def _try(client: Client, password: str, **more: str) -> tuple[int, str]:
    answer = client.post("/sign-in/", {"username": "shou1", "password": password, **more})
    return answer.status_code, answer.content.decode()


def test_nobody_sees_anything_before_signing_in(district: World) -> None:
    for path in ("/case/", "/case/990101-20230306-00001", "/inbox/", "/map/", "/case/counts"):
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={path}")


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(district: World) -> None:
    answer = Client().get("/case/counts", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/sign-in/"


def test_before_anything_was_tried_nothing_is_said_to_be_wrong(district: World) -> None:
    assert 'role="alert"' not in Client().get("/sign-in/").content.decode()


def test_a_wrong_password_says_so_and_keeps_the_name(district: World) -> None:
    status, page = _try(Client(), "wrong")
    assert status == 403
    assert "账号或密码不正确" in page
    assert 'value="shou1"' in page


def test_five_failures_lock_the_account_even_for_the_right_password(district: World) -> None:
    client = Client()
    for _ in range(5):
        _try(client, "wrong")
    status, page = _try(client, PASSWORD)
    assert status == 403
    assert "多次输入错误，请在15分钟后再试" in page


def test_the_right_password_comes_too_late_where_tries_at_the_same_time_locked(
    district: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its account was looked at before the lock; the lock came while the hash was reckoned."""

    def slow(given: str, kept: str) -> bool:
        until = clock.now() + LOCKED_FOR
        Account.objects.filter(username="shou1").update(locked_until=until)
        return check_password(given, kept)

    monkeypatch.setattr("xiuhua.operations.sign_in.check_password", slow)
    status, page = _try(Client(), PASSWORD)
    assert status == 403
    assert "多次输入错误" in page


def test_one_goes_on_to_where_one_wanted_but_never_to_another_site(district: World) -> None:
    for wanted, there in (("/inbox/", "/inbox/"), ("//evil.example/", "/"), ("https://evil.example/", "/")):
        answer = Client().post("/sign-in/", {"username": "shou1", "password": PASSWORD, "next": wanted})
        assert answer.headers["Location"] == there


def test_signing_in_gives_a_new_session_and_signing_out_ends_it(sign_in: SignIn) -> None:
    client = sign_in("shou1")
    first = client.cookies["sessionid"].value
    client.post("/sign-out/")
    assert client.get("/case/").status_code == 302
    client.post("/sign-in/", {"username": "shou1", "password": PASSWORD})
    assert client.cookies["sessionid"].value != first


def test_forms_need_their_token(district: World) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "shou1", "password": PASSWORD})
    assert answer.status_code == 403
    assert "表单已过期" in answer.content.decode()


@pytest.mark.parametrize(("chosen", "word"), [("en", "For me"), ("zh-hans", "待我办理")])
def test_the_language_can_be_changed_on_every_page(sign_in: SignIn, chosen: str, word: str) -> None:
    client = sign_in("shou1")
    answer = client.post("/look/", {"language": chosen, "back": "/case/"})
    assert answer.headers["Location"] == "/case/"
    assert word in client.get("/case/").content.decode()


def test_the_theme_is_remembered(sign_in: SignIn) -> None:
    client = sign_in("shou1")
    client.post("/look/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/case/").content.decode()


def test_a_page_that_is_not_there_says_so_in_the_readers_language(sign_in: SignIn) -> None:
    answer = sign_in("shou1", "en").get("/nothing/")
    assert answer.status_code == 404
    assert "There is no such page or number" in answer.content.decode()


def test_a_changed_password_ends_the_sessions_begun_before(sign_in: SignIn, district: World) -> None:
    client = sign_in("shou1")
    assert client.get("/case/").status_code == 200
    assert not isinstance(set_password("shou1", "another-long-one-7", SYSTEM, district), Refusal)
    assert client.get("/case/").status_code == 302
