"""What comes in: channels, photos and the notice; who sent it is kept apart.

Nothing is decided here. Source: channels as in the field's figures (A08-A14, B01) and ../standards workflow clause 2.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from xiuhua.domain.codes import ClassKey
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words


class Channel(StrEnum):
    COLLECTOR = "collector"
    QUICK_REPORT = "quick-report"
    VEHICLE_ANALYSIS = "vehicle-analysis"
    HANDLER_APP = "handler-app"
    OWN_VIDEO = "own-video"
    HOTLINE = "hotline"
    CITY_PLATFORM = "city-platform"
    PUBLIC = "public"
    LEADER = "leader"
    MEDIA = "media"

    @property
    def words(self) -> Words:
        return CHANNELS[self]


CHANNELS: dict[Channel, Words] = {
    Channel.COLLECTOR: Words("监督员上报", "Collector"),
    Channel.QUICK_REPORT: Words("监督快速上报", "Quick report"),
    Channel.VEHICLE_ANALYSIS: Words("车载分析上报", "Vehicle analysis"),
    Channel.HANDLER_APP: Words("处置通上报", "Handler app"),
    Channel.OWN_VIDEO: Words("自建视频上报", "Own video"),
    Channel.HOTLINE: Words("热线转办", "Hotline"),
    Channel.CITY_PLATFORM: Words("市级平台转办", "City platform"),
    Channel.PUBLIC: Words("公众上报", "Public"),
    Channel.LEADER: Words("领导交办", "Leader"),
    Channel.MEDIA: Words("媒体曝光", "Media"),
}

MACHINES = frozenset({Channel.VEHICLE_ANALYSIS, Channel.OWN_VIDEO})

# Collector reports need no verification, public ones normally do (workflow clause 2, source). Machines, leader and
# media as the public; the district's own side and what the city has filed already are not verified again (ours).
VERIFIED_FIRST = frozenset({*MACHINES, Channel.HOTLINE, Channel.PUBLIC, Channel.LEADER, Channel.MEDIA})


def needs_verification(channel: Channel) -> bool:
    return channel in VERIFIED_FIRST


class PhotoKind(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    WIDE = "wide"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Photo:
    """A stored photo by its id, with what its own data say about time and place."""

    id: str
    kind: PhotoKind
    taken_at: datetime | None = None
    place: Wgs84 | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """`noticed_at` is the sender's clock, `received_at` ours. `confidence` is a machine's, from 0 to 1."""

    channel: Channel
    key: ClassKey | None
    condition: str | None
    place: Wgs84 | None
    place_text: str
    description: str
    noticed_at: datetime
    received_at: datetime
    component: str | None = None
    photos: tuple[Photo, ...] = ()
    confidence: float | None = None
    frames: tuple[str, ...] = ()
    source_ref: str = ""
