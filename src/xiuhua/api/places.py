"""Place words to points, and back: for the search box of a map and for programs."""

from typing import Annotated, Any, Final

from ninja import Query, Router

from xiuhua.api.answers.places import PlacesOut, SomewhereOut
from xiuhua.api.declared import answers
from xiuhua.api.door import Request
from xiuhua.api.problems import Refused
from xiuhua.api.saying import Said, named, words
from xiuhua.domain.geocoding import said_of
from xiuhua.domain.people import Right
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal, Words
from xiuhua.maps.finding import Found, Seeker, find
from xiuhua.maps.gazetteer import names
from xiuhua.operations.seeing import scope
from xiuhua.space.locate import Located

router = Router(tags=["maps"])

NEAR_WRONG: Final = Refusal("near-wrong", Words("位置应为：经度,纬度", "a place is longitude,latitude"), "near")

Text = Annotated[str, Query(min_length=1, max_length=200)]
Degrees = Annotated[str, Query(max_length=60)]


@router.get("", response=answers(PlacesOut), summary="Find places, roads, grids, components and cases by their words")
def found(request: Request, q: Text, near: Degrees = "", limit: Annotated[int, Query(ge=1, le=50)] = 20) -> Any:
    """The surest first, each with how it was matched. `near` is lon,lat in WGS 84: of equally sure ones the nearest."""
    inside = request.auth.may(Right.SEE_COMPONENTS)
    seeker = Seeker(request.world.district, request.world.now(), scope(request.auth), inside, _near(near))
    return {"items": [_said(one) for one in find(q, seeker, limit)]}


def _near(text: str) -> Wgs84 | None:
    if not text:
        return None
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        raise Refused(NEAR_WRONG) from None
    return Wgs84(lon, lat)  # out of range, or not a number: it says so itself


def _said(one: Found) -> Said:
    return {
        "sort": one.sort, "code": one.code, "name": words(one.name), "what": words(one.what),
        "place": [one.place.lon, one.place.lat], "zoom": one.zoom, "level": one.level,
        "confidence": round(one.confidence, 3),
    }  # fmt: skip


@router.get("/at", response=answers(SomewhereOut), summary="Where a point is, in words")
def at(
    request: Request, lon: Annotated[float, Query(ge=-180, le=180)], lat: Annotated[float, Query(ge=-90, le=90)]
) -> Any:
    """The nearest plate, crossing, place or road, and the grids it lies in. WGS 84."""
    district, place = request.world.district, Wgs84(lon, lat)
    day = district.day_of(request.world.now())
    around, there = names(district, day).around(place), request.world.locator.locate(place)
    here = there if isinstance(there, Located) else None
    area = district.words("grid", here.grid or here.street) if here else None
    return {
        "words": words(said_of(around, area)),
        "grid": _grid(request, here.grid if here else ""), "street": _grid(request, here.street if here else ""),
        "roads": [{"name": words(road.name), "metres": round(metres, 1)} for road, metres in around.roads[:3]],
    }  # fmt: skip


def _grid(request: Request, code: str) -> Said | None:
    return named(code, request.world.district.words("grid", code)) if code else None
