"""Grids over the interface: the division of any day, who answers for a grid, the former grids and their ties."""

from datetime import date
from typing import Annotated, Any

from django.http import JsonResponse
from ninja import Query, Router
from pydantic import Field

from xiuhua.api.answers.grids import GridOut, HolderDoneOut, TiesOut
from xiuhua.api.declared import answers, written
from xiuhua.api.door import Request
from xiuhua.api.outcome import good
from xiuhua.api.problems import Refused
from xiuhua.api.saying import Said, named, words
from xiuhua.api.schemas import HolderEndIn, HolderIn
from xiuhua.domain.former_grid import LINES, Line, last_day, of_line
from xiuhua.domain.grid import ROLE_WORDS, TIERS, Grid, Tier
from xiuhua.domain.ground_metric import GROUND_METRICS, Measured
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.days import day_of
from xiuhua.operations.name_holder import Named, Naming, end_holder, name_holder
from xiuhua.operations.seeing_grids import Holder, grid_whole, lacking
from xiuhua.operations.tie_grids import ties
from xiuhua.operations.world import World

router = Router(tags=["grids"])
GEOJSON = "application/geo+json"
_GEO: dict[str, Any] = {
    "responses": {200: {"description": "OK", "content": {GEOJSON: {"schema": {"type": "object"}}}}}
}
TIER_UNKNOWN = Words("没有层级“{it}”", "there is no tier “{it}”")
LINE_UNKNOWN = Words("没有原网格类别“{it}”，可选：{all}", "there are no former grids “{it}”; there are: {all}")

Day = Annotated[str, Query(max_length=10, description="Year-month-day; without it today.")]
Code = Annotated[str, Field(max_length=40)]


@router.get("/grids", response=answers(None), openapi_extra=_GEO, summary="Grids of a day as GeoJSON")
def grids(request: Request, tier: str = "", street: str = "", within: str = "", day: Day = "") -> Any:
    """Outlines in WGS 84. `tier`: unit, responsibility, street and others; `street`: within that street only.

    `within`: that grid and those right under it.
    """
    if tier and tier not in set(Tier):
        raise Refused(Refusal("tier-unknown", TIER_UNKNOWN.filled(it=tier), "tier"))
    active = request.world.district.grids.active(_day(day, request.world), Tier(tier) if tier else None)
    inside = [g for g in active if not within or within in (g.code, g.parent)]
    return _geo([_feature(g) for g in inside if not street or street in (g.street, g.code)])


@router.get("/grids/{code}", response=answers(GridOut, 404), summary="One responsibility grid, whole")
def grid(request: Request, code: str, day: Day = "") -> Any:
    """Who answers for it with dates, its numbers, neighbours, changes, and the former grids it lies in."""
    _allowed(request)
    found = good(grid_whole(code, _day(day, request.world), request.auth, request.world))
    district = request.world.district
    return {
        "code": found.grid.code, "names": words(found.grid.name), "street": found.grid.street, "active": found.active,
        "valid_from": found.grid.valid_from, "valid_to": found.grid.valid_to,
        "holders": [_holder(h, request.world) for h in (*found.line.holders, *found.past)],
        "without_b": not found.line.has_b, "numbers": _numbers(found.measured),
        "neighbours": [named(g.code, g.name) for g in found.neighbours],
        "follows": [named(c, district.words("grid", c)) for c in found.follows],
        "followed_by": [named(c, district.words("grid", c)) for c in found.followed],
        "changes": [{"number": c.number, "stage": c.stage, "change": named(c.kind.value, c.kind.words),
                     "day": c.day} for c in found.changes],
        "former": [{"line": named(line.value, line.words), "code": tie.former, "share": round(tie.share_of_grid, 6)}
                   for line, tie in found.former],
    }  # fmt: skip


@router.post("/grids/{code}/holders", response=written(HolderDoneOut, 404), summary="Name who answers for a grid")
def name(request: Request, code: Code, body: HolderIn) -> Any:
    """From a day on; who held it before ends the day before. A new edition of the district's data."""
    naming = Naming(code, body.role, body.day, body.person, body.organisation)
    return _done(good(name_holder(naming, request.auth, request.world)))


@router.post("/grids/{code}/holders/end", response=written(HolderDoneOut, 404), summary="End who answers for a grid")
def end(request: Request, code: Code, body: HolderEndIn) -> Any:
    """`day` is the first on which nobody holds it."""
    return _done(good(end_holder(Naming(code, body.role, body.day), request.auth, request.world)))


@router.get("/former-grids", response=answers(None), openapi_extra=_GEO, summary="Former grids of a line as GeoJSON")
def former_grids(request: Request, line: str, day: Day = "") -> Any:
    """The grids of one line of work before they were fused; a line that has ended as it was on its last day."""
    chosen = _line(line)
    listed = request.world.district.former_grids
    found = of_line(listed, chosen, last_day(listed, chosen, _day(day, request.world)))
    return _geo([
        {"type": "Feature", "id": g.code, "geometry": _polygon(g.outline),
         "properties": {"line": line, "code": g.code, "name": words(g.name)}}
        for g in found
    ])  # fmt: skip


@router.get("/former-grids/ties", response=answers(TiesOut), summary="Former grids tied to the responsibility grids")
def tied(request: Request, line: str, day: Day = "") -> Any:
    """By area and by components, with the share of either's whole."""
    _allowed(request)
    found = ties(_line(line), request.world, _day(day, request.world))
    return {
        "line": named(line, LINES[Line(line)]),
        "items": [
            {
                "former": t.former, "grid": t.grid, "area_m2": t.area_m2,
                "share_of_former": round(t.share_of_former, 6), "share_of_grid": round(t.share_of_grid, 6),
                "components": t.components,
                "components_of_former": t.components_of_former, "components_of_grid": t.components_of_grid,
            }
            for t in found
        ],
    }  # fmt: skip


def _allowed(request: Request) -> None:
    refusal = lacking(request.auth)
    if refusal:
        raise Refused(refusal)


def _day(text: str, world: World) -> date:
    return good(day_of(text, "day")) if text else world.today


def _line(text: str) -> Line:
    if text not in set(Line):
        raise Refused(Refusal("line-unknown", LINE_UNKNOWN.filled(it=text, all="、".join(Line)), "line"))
    return Line(text)


def _geo(features: list[Said]) -> JsonResponse:
    found = {"type": "FeatureCollection", "features": features}
    return JsonResponse(found, content_type=GEOJSON, json_dumps_params={"ensure_ascii": False})


def _feature(g: Grid) -> Said:
    return {
        "type": "Feature", "id": g.code, "geometry": _polygon(g.outline),
        "properties": {
            "code": g.code, "tier": g.tier.value, "tier_words": words(TIERS[g.tier]), "name": words(g.name),
            "parent": g.parent, "street": g.street, "area_class": g.area_class,
        },
    }  # fmt: skip


def _polygon(outline: tuple[Wgs84, ...]) -> Said | None:
    ring = [[p.lon, p.lat] for p in outline]
    closed = ring if not ring or ring[0] == ring[-1] else [*ring, ring[0]]
    return {"type": "Polygon", "coordinates": [closed]} if closed else None


def _holder(h: Holder, world: World) -> Said:
    office = world.district.words("organisation", h.organisation)
    return {
        "role": named(h.role.value, ROLE_WORDS[h.role]), "name": h.name,
        "organisation": named(h.organisation, office) if h.organisation else None,
        "valid_from": h.valid_from, "valid_to": h.valid_to, "current": h.current,
    }  # fmt: skip


def _numbers(measured: Measured | None) -> list[Said]:
    values = measured.values() if measured else {}
    return [
        {"metric": key, "names": words(GROUND_METRICS[key].names), "value": value,
         "text": words(GROUND_METRICS[key].text(value)), "how": words(GROUND_METRICS[key].how)}
        for key, value in values.items()
    ]  # fmt: skip


def _done(done: Named) -> Said:
    return {"grid": done.grid, "role": done.role.value, "day": done.day}
