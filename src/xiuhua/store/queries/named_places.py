"""Places with names, whole: a gazetteer of a district fits into memory, where a search takes a millisecond."""

from collections.abc import Iterator

from xiuhua.domain.ground import Layer, NamedPlace, PlaceKind
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words
from xiuhua.store.models import FeatureRow, NamedPlaceRow

_COLUMNS = (
    "code", "kind", "name_zh", "name_en", "longitude", "latitude", "valid_from", "valid_to", "aliases", "use", "road",
    "plate", "grid", "street", "source",
)  # fmt: skip
_BATCH = 5_000


def named_places() -> Iterator[NamedPlace]:
    rows = NamedPlaceRow.objects.order_by("code").values_list(*_COLUMNS)
    for code, kind, zh, en, lon, lat, first, last, aliases, *rest in rows.iterator(chunk_size=_BATCH):
        also = tuple(filter(None, aliases.split("\n")))
        yield NamedPlace(code, PlaceKind(kind), Words(zh, en), Wgs84(lon, lat), first, last, also, *rest)


def road_lines() -> Iterator[tuple[str, str, str, bytes]]:
    """The named roads of the base map: name in Chinese and English, code of the road where it has one, shape (WKB)."""
    rows = FeatureRow.objects.filter(layer=Layer.ROAD.value).exclude(name_zh="").order_by("name_zh", "id")
    for zh, en, code, shape in rows.values_list("name_zh", "name_en", "code", "shape").iterator(chunk_size=_BATCH):
        yield zh, en, code, bytes(shape)
