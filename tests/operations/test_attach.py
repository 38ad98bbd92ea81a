"""Photos: what is taken, what is kept of them, who may name and see them."""

import errno
import hashlib
import io
import os
import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import pytest
from PIL import ExifTags, Image, ImageCms

from tests.api.conftest import jpeg
from tests.cast import CAI, CAI_ER, COVER, EAST, GONG_HAND, GUAN, SHOU, Time, tiny_world
from xiuhua.domain.notice import Channel
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal
from xiuhua.operations.acting import Acting, acting
from xiuhua.operations.attach import Attached, attach, photo_file
from xiuhua.operations.move import Asked, Done, make_move
from xiuhua.operations.people import add_people
from xiuhua.operations.release import release
from xiuhua.operations.report import Sent, report
from xiuhua.operations.world import World
from xiuhua.store import photos as store
from xiuhua.store.loading import transitions
from xiuhua.store.models import Account, PhotoMetaRow, PhotoRow, SubjectRow, TransitionRow
from xiuhua.store.photos import file_of, folder, photo_facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.XIUHUA_HOME = tmp_path
    return tmp_path


@pytest.fixture
def world() -> World:
    world = tiny_world(Time())
    add_people(world.district.people, GUAN, world)
    return world


def taken(world: World, content: bytes, by: Any = CAI) -> Attached:
    answer = attach(io.BytesIO(content), by, world)
    assert isinstance(answer, Attached), answer
    return answer


def with_camera(size: tuple[int, int] = (40, 20), orientation: int = 6, offset: str | None = None) -> bytes:
    """A photo that says when and where it was taken, by which camera, and lies on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Needle", "N1"
    exif[ExifTags.Base.Orientation] = orientation
    own = exif.get_ifd(ExifTags.IFD.Exif)
    own[ExifTags.Base.DateTimeOriginal] = "2023:03:06 08:55:00"
    if offset:
        own[ExifTags.Base.OffsetTimeOriginal] = offset
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (30.0, 0.0, 9.0)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (110.0, 0.0, 9.0)
    return jpeg(size, exif=exif)


def left() -> list[str]:
    return [str(path) for path in folder().rglob("*") if path.is_file()]


# what is kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_are_taken_by_their_content(world: World, kind: str) -> None:
    content = jpeg((64, 48), kind)
    answer = taken(world, content)
    assert (answer.width, answer.height, answer.size) == (64, 48, len(content))
    with Image.open(file_of(answer.stored)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (64, 48))


def test_both_digests_are_kept(world: World) -> None:
    content = with_camera()
    answer = taken(world, content)
    assert answer.received == hashlib.sha256(content).hexdigest()
    assert answer.stored == hashlib.sha256(file_of(answer.stored).read_bytes()).hexdigest()
    row = PhotoRow.objects.get(pk=answer.id)
    assert (row.received, row.stored, row.person, row.number) == (answer.received, answer.stored, "cai1", "")


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        pytest.param(None, datetime(2023, 3, 6, 0, 55, tzinfo=UTC), id="no offset: the district's wall clock"),
        pytest.param("+09:00", datetime(2023, 3, 5, 23, 55, tzinfo=UTC), id="with the camera's own offset"),
        pytest.param("nonsense", datetime(2023, 3, 6, 0, 55, tzinfo=UTC), id="an offset that cannot be read"),
    ],
)
def test_time_place_and_camera_go_into_the_restricted_row(world: World, offset: str | None, expected: datetime) -> None:
    answer = taken(world, with_camera(offset=offset))
    assert photo_facts(answer.id) == (expected, Wgs84(110.0025, 30.0025))
    assert PhotoMetaRow.objects.get(pk=answer.id).camera == "Needle N1"


@pytest.mark.parametrize("small", [False, True])
def test_what_is_kept_has_no_metadata_and_stands_upright(world: World, small: bool) -> None:
    answer = taken(world, with_camera((400, 200)))
    path = file_of(answer.stored, small=small)
    with Image.open(path) as kept:
        assert dict(kept.getexif()) == {} and kept.height == 2 * kept.width
    assert b"Needle" not in path.read_bytes() and b"Exif" not in path.read_bytes()


def test_nothing_hidden_behind_or_beside_the_picture_is_kept(world: World) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = jpeg(comment=b"<script>alert(1)</script>", icc_profile=profile) + b"PK\x03\x04 a zip follows"
    kept = file_of(taken(world, content).stored).read_bytes()
    assert b"script" not in kept and b"PK\x03\x04" not in kept and b"ICC_PROFILE" not in kept


def test_two_equal_photos_are_one_file_and_two_rows(world: World) -> None:
    one, other = taken(world, jpeg()), taken(world, jpeg(), CAI_ER)
    assert one.id != other.id and one.stored == other.stored
    assert len(left()) == 2  # the copy and its thumbnail


# what is not taken


def bomb() -> bytes:
    """A PNG of some kilobytes that would unpack to 40,000 x 40,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(4_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


BAD = [
    pytest.param(b"", "photo-broken", id="空文件 empty"),
    pytest.param(b"MZ this is a program", "photo-kind", id="不是图片 a program"),
    pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "photo-kind", id="SVG with script"),
    pytest.param(jpeg(kind="GIF"), "photo-kind", id="GIF"),
    pytest.param(jpeg(kind="BMP"), "photo-kind", id="BMP"),
    pytest.param(jpeg(kind="TIFF"), "photo-kind", id="TIFF"),
    pytest.param(jpeg((200, 200))[:-200], "photo-broken", id="截断的 JPEG cut off"),
    pytest.param(jpeg((200, 200), "PNG")[:-40], "photo-broken", id="截断的 PNG cut off"),
    pytest.param(jpeg()[:20], "photo-kind", id="只有文件头 a head only"),
    pytest.param(bomb(), "photo-pixels", id="解压炸弹 decompression bomb"),
    pytest.param(jpeg((70_000, 2), "PNG"), "photo-pixels", id="七万像素宽 wider than a JPEG can be"),
    pytest.param(jpeg() + bytes(store.MOST_BYTES), "photo-large", id="过大 larger than 15 MB"),
]


@pytest.mark.parametrize(("content", "code"), BAD)
def test_what_is_no_photo_is_refused_and_leaves_nothing(world: World, content: bytes, code: str) -> None:
    answer = attach(io.BytesIO(content), CAI, world)
    assert isinstance(answer, Refusal) and answer.code == code
    assert answer.words.zh and answer.words.en and answer.words.zh != answer.words.en
    assert left() == [] and not PhotoRow.objects.exists()


class BreaksOff(io.BytesIO):
    """A sender who goes away in the middle."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 0:
            raise ConnectionResetError
        return super().read(100)


def test_an_upload_that_breaks_off_leaves_nothing(world: World) -> None:
    with pytest.raises(ConnectionResetError):
        attach(BreaksOff(jpeg((400, 400))), CAI, world)
    assert left() == [] and not PhotoRow.objects.exists()


@pytest.mark.parametrize("when", ["write", "fsync"])
def test_a_full_disk_is_a_sentence_and_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    content = jpeg()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if when == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Image.Image, "save", full)
    answer = attach(io.BytesIO(content), CAI, world)
    assert isinstance(answer, Refusal) and answer.code == "disk-full"
    assert left() == [] and not PhotoRow.objects.exists()


def test_senseless_metadata_is_no_metadata(world: World) -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "0000:00:00 99:99:99"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLongitude] = (999.0, 0.0, 0.0), (0.0, 0.0)
    assert photo_facts(taken(world, jpeg(exif=exif)).id) == (None, None)


# whose it is


def _sent(world: World, *photos: str, **more: Any) -> Sent:
    return Sent(Channel.COLLECTOR, EAST, world.now(), COVER, "broken", photos=photos, **more)


def _case(world: World, *photos: str) -> str:
    answer = report(_sent(world, *photos), CAI, world)
    assert isinstance(answer, Done), answer
    return answer.number


def test_a_photo_belongs_to_the_case_that_named_it_first(world: World) -> None:
    photo = taken(world, jpeg()).id
    number = _case(world, photo)
    row = PhotoRow.objects.get(pk=photo)
    assert (row.kind, row.number) == ("case", number)


@pytest.mark.parametrize("photo", ["nothing", "'; DROP TABLE photo; --", "x" * 32])
def test_a_photo_that_is_not_there_cannot_be_named(world: World, photo: str) -> None:
    answer = report(_sent(world, photo), CAI, world)
    assert isinstance(answer, Refusal) and (answer.code, answer.field) == ("photo-unusable", "photos")
    assert not SubjectRow.objects.exists() and not TransitionRow.objects.filter(kind="case").exists()


def test_nobody_names_another_persons_photo(world: World) -> None:
    photo = taken(world, jpeg(), CAI_ER).id
    answer = report(_sent(world, photo), CAI, world)
    assert isinstance(answer, Refusal) and answer.code == "photo-unusable"


def test_a_photo_of_one_case_proves_no_other(world: World) -> None:
    photo = taken(world, jpeg()).id
    _case(world, photo)
    answer = report(_sent(world, photo), CAI, world)
    assert isinstance(answer, Refusal) and answer.code == "photo-unusable"


def test_a_repeated_notice_gets_its_first_answer_although_its_photo_is_used_now(world: World) -> None:
    sent = _sent(world, taken(world, jpeg()).id)
    first, again = report(sent, CAI, world, "k1"), report(sent, CAI, world, "k1")
    assert isinstance(first, Done) and isinstance(again, Done)
    assert (again.number, again.repeated) == (first.number, True)


def test_a_photo_of_the_case_may_be_named_again_by_others(world: World) -> None:
    photo = taken(world, jpeg()).id
    number = _case(world, photo)
    assert isinstance(make_move(Asked("case", number, "note", SHOU, {"note": "x"}), world), Done)
    make_move(Asked("case", number, "ask-more", SHOU, {"reason": "another"}), world)
    answer = make_move(Asked("case", number, "complete", CAI, {"photos": [photo]}), world)
    assert isinstance(answer, Done), answer


# who sees it


def who(username: str, world: World) -> Acting:
    found = acting(Account.objects.get(username=username).pk, world.district.day_of(world.now()))
    assert isinstance(found, Acting)
    return found


def sees(photo: str, username: str, world: World) -> bool:
    return isinstance(photo_file(photo, who(username, world) if username else None), Path)


@pytest.mark.parametrize(
    ("username", "visible"),
    [
        ("cai1", True), ("cai2", True), ("shou1", True), ("gong-desk", True), ("gong-hand", True),
        ("jie-desk", False), ("jie-hand", False), ("min1", False), ("ji1", False), ("", False),
    ],
)  # fmt: skip
def test_a_photo_is_seen_by_those_who_see_its_case(world: World, username: str, visible: bool) -> None:
    photo = taken(world, jpeg()).id
    _case(world, photo)
    SubjectRow.objects.update(unit="works")
    assert sees(photo, username, world) is visible


def test_a_photo_that_is_not_used_yet_is_its_senders(world: World) -> None:
    photo = taken(world, jpeg(), GONG_HAND).id
    assert sees(photo, "gong-hand", world)
    assert not sees(photo, "gong-desk", world) and not sees(photo, "", world)


def test_a_photo_is_public_only_while_a_person_released_it(world: World) -> None:
    photo = taken(world, jpeg()).id
    assert not isinstance(release(photo, who("zhi1", world), world), Refusal)
    assert sees(photo, "", world)
    release(photo, who("zhi1", world), world, public=False)
    assert not sees(photo, "", world)
    assert [t.move for t in transitions("photo", photo)] == ["release", "withdraw"]


@pytest.mark.parametrize("username", ["cai1", "shou1", "pai1", "gong-desk", "gong-hand", "guan1", "ling1", "min1"])
def test_without_the_right_nothing_is_released(world: World, username: str) -> None:
    photo = taken(world, jpeg()).id
    answer = release(photo, who(username, world), world)
    assert isinstance(answer, Refusal) and answer.code == "right-missing"
    assert not sees(photo, "", world) and transitions("photo", photo) == []


def test_the_stream_is_read_in_pieces(world: World) -> None:
    """The bytes are never in memory as a whole."""
    sizes: list[int] = []

    class Watched(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            sizes.append(size or -1)
            return super().read(size)

    stream: IO[bytes] = Watched(jpeg((400, 400)))
    assert isinstance(attach(stream, CAI, world), Attached)
    assert all(0 < size <= 1_000_000 for size in sizes)
