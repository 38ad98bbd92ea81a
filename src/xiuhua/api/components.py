"""Components: near a place, by pole number or code, in a list, one with its past."""

from typing import Annotated, Any, Final, Literal

from ninja import Path, Query, Router, Schema
from pydantic import Field

from xiuhua.api.answers.components import ComponentsOut, NearOut, WholeComponentOut
from xiuhua.api.declared import answers
from xiuhua.api.door import Request
from xiuhua.api.filtering import CURSOR_WRONG
from xiuhua.api.outcome import good
from xiuhua.api.problems import Refused
from xiuhua.api.saying import Said, named
from xiuhua.api.schemas import DATUMS
from xiuhua.domain.codes import Kind
from xiuhua.domain.component import ACCURACY_M, ORIGINS, STATES, Component, State
from xiuhua.domain.district import CLASS_UNKNOWN, District
from xiuhua.domain.place import to_wgs84
from xiuhua.domain.words import Refusal
from xiuhua.operations.nearest import FARTHEST_M, NEAREST_M, listed, nearest, whole
from xiuhua.store.queries.component_list import Wanted, after_of

router = Router(tags=["components"])

Text = Annotated[str, Field(max_length=60)]
Classes = Annotated[list[Annotated[str, Field(max_length=120)]], Field(alias="class", max_length=50)]
Code = Annotated[str, Path(max_length=40)]
DEFAULT_M: Final = 50.0


class Around(Schema):
    """A circle; `class` may be repeated, left out it is any."""

    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    datum: Literal["wgs84", "cgcs2000", "gcj02", "bd09"] = "wgs84"
    radius_m: Annotated[float, Field(ge=NEAREST_M, le=FARTHEST_M, allow_inf_nan=False)] = DEFAULT_M
    classes: Classes = Field(default_factory=list, alias="class")
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Asked(Schema):
    """`label` or `code` find by what was typed, whole or in part; the others narrow. Left out means any."""

    label: Text = ""
    code: Text = ""
    classes: Classes = Field(default_factory=list, alias="class")
    state: State | None = None
    grid: Text = ""
    street: Text = ""
    owner: Text = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=400)] = ""


@router.get("/near", response=answers(NearOut), by_alias=True, summary="Components near a place, nearest first")
def near(request: Request, around: Query[Around]) -> Any:
    """Metres along a great circle, at most `radius_m`. Lost and removed ones are left out."""
    district = request.world.district
    place = to_wgs84(DATUMS[around.datum](around.lon, around.lat))
    found = good(nearest(request.auth, place, around.radius_m, _known(district, around.classes), around.limit))
    return {
        "items": [{"distance_m": round(one.distance_m, 2), **component(one.component, district)} for one in found]
    }


@router.get("", response=answers(ComponentsOut), by_alias=True, summary="Find components by pole number or code")
def find(request: Request, asked: Query[Asked]) -> Any:
    """Full-width characters, blanks and small letters make no difference. By label, or by code where none was typed.

    `next` of a page is the `cursor` of the following one, with the same question.
    """
    district = request.world.district
    classes = tuple(_known(district, asked.classes))
    grids = (asked.grid,) if asked.grid else ()
    wanted = Wanted(classes, asked.label or asked.code, asked.state, grids, asked.street, asked.owner)
    beyond = after_of(asked.cursor, wanted)
    if asked.cursor and beyond is None:
        raise Refused(CURSOR_WRONG)
    found = good(listed(request.auth, wanted, beyond, asked.limit))
    items = [component(one, district) for one in found.lines]
    return {"items": items, "next": found.following.text() if found.following else None}


@router.get("/{code}", response=answers(WholeComponentOut, 404), by_alias=True, summary="One component with its past")
def opened(request: Request, code: Code) -> Any:
    """Every version that was replaced, newest first, with the journal's entry that wrote it."""
    district = request.world.district
    found = good(whole(request.auth, code))
    past = [
        {
            "version": one.version, "entry": one.entry, "ended_at": one.ended_at, "ended_by": one.ended_by,
            **component(one.component, district),
        }
        for one in found.past
    ]  # fmt: skip
    return {**component(found.component, district), "version": found.version, "entry": found.entry, "past": past}


def _known(district: District, classes: list[str]) -> list[str]:
    for text in classes:
        key = district.key_of(text)
        if key is None or key.kind is not Kind.COMPONENT:
            raise Refused(Refusal("class-unknown", CLASS_UNKNOWN.filled(it=text[:60]), "class"))
    return classes


def component(c: Component, district: District) -> Said:
    def name(kind: str, code: str) -> Said | None:
        return named(code, district.words(kind, code)) if code else None

    return {
        "code": c.code, "class": name("class", c.class_key), "name": c.name, "place": [c.place.lon, c.place.lat],
        "state": named(c.state.value, STATES[c.state]), "accuracy": c.accuracy, "error_m": ACCURACY_M[c.accuracy],
        "origin": named(c.origin.value, ORIGINS[c.origin]), "recorded": c.recorded, "changed": c.changed,
        "competent": name("organisation", c.competent), "owner": name("organisation", c.owner),
        "keeper": name("organisation", c.keeper), "label": c.label, "circuit": c.circuit,
        "grid": name("grid", c.grid), "street": name("grid", c.street), "note": c.note,
    }  # fmt: skip
