"""Bad input on pages: addresses and forms that no page of ours gave. None is our fault, and nothing is written."""

import pytest
from django.test import Client

from tests.cast import GONG_HAND
from tests.stories.play import Play
from tests.web.conftest import SignIn
from xiuhua.operations.world import World
from xiuhua.store.loading import transitions
from xiuhua.store.models import SubjectRow

NUL = "%00"


@pytest.fixture
def play(district: World) -> Play:
    return Play()


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/case/?after=0001-01-01T00:00:00%2b14:00%20a", id="a page after the beginning of time"),
        pytest.param("/case/?after=9999-12-31T23:59:59-14:00%20a", id="a page after the end of time"),
        pytest.param("/case/?after=2023-03-06%20a", id="a page after a moment without a zone"),
        pytest.param("/case/?after=later%20a", id="a page after no moment"),
        pytest.param("/case/?due=blue&stage=nowhere&view=mine&channel=drum", id="a filter of nothing"),
    ],
)
def test_an_address_of_a_list_that_no_page_gave_is_a_list(sign_in: SignIn, path: str) -> None:
    assert sign_in("shou1").get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        f"/case/?text={NUL}",
        f"/case/?class={NUL}",
        f"/case/?after=2023-03-06T00:00:00%2b00:00%20{NUL}",
        f"/case/{NUL}",
        f"/photo/{NUL}",
        f"/api/v1/photos/{NUL}",
        f"/part/conditions?class={NUL}",
    ],
)
def test_a_nul_in_an_address_is_no_fault_of_ours(sign_in: SignIn, path: str) -> None:
    for client in (sign_in("shou1"), Client()):
        assert client.get(path).status_code == 400


def test_a_nul_in_a_form_is_left_out(play: Play, sign_in: SignIn) -> None:
    play.sends()
    answer = sign_in("shou1").post(f"/case/{play.number}/note", {"seen": 1, "f-note": "井\0盖"})
    assert answer.status_code == 302
    assert sign_in("shou1").post("/sign-in/", {"username": "shou1\0", "password": "x"}).status_code == 403


@pytest.mark.parametrize("seen", ["²", "9" * 5000, "-1", "1.0", ""])
def test_a_form_whose_version_no_page_gave_is_refused(play: Play, sign_in: SignIn, seen: str) -> None:
    play.sends()
    answer = sign_in("shou1").post(f"/case/{play.number}/note", {"seen": seen, "f-note": "井盖"})
    assert answer.status_code == 409
    assert len(transitions("case", play.number)) == 1


@pytest.mark.parametrize("key", ["k" * 81, "a\0b", "钥匙"])
def test_a_forms_key_is_as_short_and_plain_as_the_interfaces(play: Play, sign_in: SignIn, key: str) -> None:
    play.sends()
    form = {"seen": 1, "f-note": "井盖", "key": key}
    assert sign_in("shou1").post(f"/case/{play.number}/note", form).status_code == 400
    assert len(transitions("case", play.number)) == 1


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_of_no_age_comes_back_at_its_field(sign_in: SignIn, moment: str) -> None:
    form = {"f-channel": "hotline", "f-place-lon": "110.0025", "f-place-lat": "30.0025", "f-noticed_at": moment}
    answer = sign_in("shou1").post("/case/new/report", form | {"f-description": "井盖", "f-external": "12345-1"})
    assert answer.status_code == 422
    assert "发现时间" in answer.content.decode()
    assert not SubjectRow.objects.exists()


def test_a_reference_elsewhere_is_no_novel(sign_in: SignIn) -> None:
    form = {"f-channel": "hotline", "f-place-lon": "110.0025", "f-place-lat": "30.0025", "f-description": "井盖"}
    answer = sign_in("shou1").post("/case/new/report", form | {"f-external": "1" * 500})
    assert answer.status_code == 422
    assert not SubjectRow.objects.exists()


def test_a_move_names_no_more_photos_than_somebody_looks_at(play: Play, sign_in: SignIn) -> None:
    play.until("assign")
    before = play.case.version
    form = {"seen": before, "f-photos": [play.photo(GONG_HAND)] * 21}
    answer = sign_in("gong-hand").post(f"/case/{play.number}/feed-back", form)
    assert answer.status_code == 422
    assert "照片超过20张" in answer.content.decode()
    assert play.case.version == before


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/case/no-such", 404), ("/grids/no-such", 404), ("/static/no-such.css", 404), ("/grid-change/new/propose", 404),
        ("/grids/?day=someday", 422), (f"/case/?text={NUL}", 400), ("/api/v1/cases/no-such", 404), ("/ogc/no-such", 404),
    ],
)  # fmt: skip
def test_an_answer_that_says_no_is_kept_by_nobody(sign_in: SignIn, path: str, status: int) -> None:
    answer = sign_in("shou1").get(path)
    assert (answer.status_code, answer["Cache-Control"]) == (status, "private, no-store")


def test_a_form_that_came_too_late_is_kept_by_nobody(district: World) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "shou1"})
    assert (answer.status_code, answer["Cache-Control"]) == (403, "private, no-store")
