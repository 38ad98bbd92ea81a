"""What comes in: the bodies of the interface, with limits on every text. What a body does not know is refused."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from xiuhua.domain.grid import Role
from xiuhua.domain.notice import Channel
from xiuhua.domain.place import Bd09, Cgcs2000, Gcj02, Place, Wgs84, to_wgs84

DATUMS: Final[dict[str, type[Place]]] = {"wgs84": Wgs84, "cgcs2000": Cgcs2000, "gcj02": Gcj02, "bd09": Bd09}
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
KEY_PATTERN: Final = r"^[\x21-\x7e]*$"

Short = Annotated[str, Field(max_length=120)]
Line = Annotated[str, Field(max_length=400)]
Long = Annotated[str, Field(max_length=4000)]
PhotoId = Annotated[str, Field(min_length=1, max_length=32)]
Photos = Annotated[list[PhotoId], Field(max_length=20)]


def _reasonable(at: datetime) -> datetime:
    """A moment that can be reckoned with; whether it is plausible the rules say."""
    try:
        utc = at.astimezone(UTC)
    except OverflowError:
        utc = None
    if utc is None or not EARLIEST <= utc <= LATEST:
        raise PydanticCustomError("datetime_parsing", "not a moment of this age")
    return utc


Moment = Annotated[AwareDatetime, AfterValidator(_reasonable)]


Day = Annotated[date, Field(ge=EARLIEST.date(), le=LATEST.date())]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PlaceIn(Body):
    """Degrees, and the datum they are in."""

    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    datum: Literal["wgs84", "cgcs2000", "gcj02", "bd09"] = "wgs84"

    def wgs84(self) -> Wgs84:
        return to_wgs84(DATUMS[self.datum](self.lon, self.lat))


class NoticeIn(Body):
    """A notice of any channel. A machine's carries its confidence and its evidence frames."""

    channel: Channel
    place: PlaceIn | None = None
    noticed_at: Moment
    class_key: Annotated[str, Field(alias="class", max_length=120)] = ""
    condition: Short = ""
    place_text: Line = ""
    description: Long = ""
    road: Short = ""
    component: Short = ""
    owner: Short = ""
    external: Short = ""
    photos: Photos = Field(default_factory=list)
    before: Photos = Field(default_factory=list)
    frames: Photos = Field(default_factory=list)
    confidence: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    model: Short = ""
    reporter_name: Short = ""
    reporter_phone: Short = ""


class MoveIn(Body):
    """`given` holds the fields of the move's form. `version` is the one that was looked at; If-Match says it too."""

    given: dict[Short, Any] = Field(default_factory=dict)
    version: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class HolderEndIn(Body):
    role: Role
    day: Day


class HolderIn(HolderEndIn):
    """A person by account, or an organisation where no person is named."""

    person: Short = ""
    organisation: Short = ""


class BeginIn(Body):
    move: Short
    given: dict[Short, Any] = Field(default_factory=dict)


class PositionIn(Body):
    """Where the one who sends it is, and how exactly that is known."""

    place: PlaceIn
    accuracy_m: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
