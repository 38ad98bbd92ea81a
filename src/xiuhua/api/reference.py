"""The district as data: catalogue, organisations, the registry of metrics. And who one is. Grids are in `grids`."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ninja import Router

from xiuhua.api.answers.district import CatalogueOut, MeOut, OrganisationsOut
from xiuhua.api.answers.figures import MetricsOut
from xiuhua.api.declared import answers
from xiuhua.api.door import Request
from xiuhua.api.saying import Said, basis, metric, named, post, words
from xiuhua.domain.catalog import CaseClass, Catalog, Edition, FilingCondition
from xiuhua.domain.codes import ClassKey
from xiuhua.domain.grid import ORGANISATION_KINDS
from xiuhua.domain.ground_metric import GROUND_METRICS, GroundMetric
from xiuhua.domain.metric import METRICS
from xiuhua.domain.people import RIGHTS, Holding
from xiuhua.domain.validity import those_valid_on
from xiuhua.operations.acting import post_name

router = Router(tags=["reference"])


@router.get("/me", response=answers(MeOut), summary="Who you are, and your posts today")
def me(request: Request) -> Any:
    who = request.auth
    return {
        "now": request.world.now(), "username": who.username, "name": who.name, "language": who.language,
        "posts": [_post(h, current=h == who.current) for h in who.holdings],
    }  # fmt: skip


def _post(held: Holding, *, current: bool) -> Said:
    return {
        "name": post_name(held), "post": post(held.post), "organisation": held.organisation,
        "grids": sorted(held.grids), "rights": sorted(RIGHTS[held.post]), "current": current,
    }  # fmt: skip


@router.get("/catalogue", response=answers(CatalogueOut, 404), summary="Editions, classes, filing conditions")
def catalogue(request: Request, edition: str = "") -> Any:
    """All editions, or one. `basis` marks what is recalled or inferred and not confirmed by a source."""
    district = request.world.district
    catalog = district.catalog
    wanted = [e for e in catalog.editions if not edition or e.id == edition]
    if edition and not wanted:
        catalog.edition(edition)  # raises with the sentence
    by_class: dict[ClassKey, list[FilingCondition]] = {}
    for one in catalog.conditions:
        by_class.setdefault(one.key, []).append(one)
    return {
        "current": district.edition_on(request.world.now()),
        "editions": [_edition(e) for e in wanted],
        "classes": [_class(catalog, one, by_class) for e in wanted for one in catalog.classes_of(e.id)],
    }


def _edition(e: Edition) -> Said:
    return {
        "id": e.id, "names": words(e.name), "standard": e.standard, "valid_from": e.valid_from.isoformat(),
        "valid_to": e.valid_to.isoformat() if e.valid_to else None, "basis": basis(e.basis),
    }  # fmt: skip


def _class(catalog: Catalog, one: CaseClass, by_class: Mapping[ClassKey, list[FilingCondition]]) -> Said:
    """With the conditions of its component, for all area classes."""
    owners = (one.key, one.component) if one.component else (one.key,)
    return {
        "key": str(one.key), "names": words(one.name), "major": named(one.major, one.major_name),
        "geometry": one.geometry.value, "component": str(one.component) if one.component else None,
        "successors": [str(key) for key in catalog.successors(one.key)], "basis": basis(one.basis),
        "conditions": [_condition(c) for owner in owners for c in by_class.get(owner, ())],
    }  # fmt: skip


def _condition(c: FilingCondition) -> Said:
    return {
        "id": c.id, "area_class": c.area_class, "words": words(c.words), "limit": words(c.limit.words),
        "closing": words(c.closing), "basis": basis(c.basis),
    }  # fmt: skip


@router.get("/organisations", response=answers(OrganisationsOut), summary="Organisations of today")
def organisations(request: Request) -> Any:
    district = request.world.district
    day: date = district.day_of(request.world.now())
    return {"items": list(_organisations(request, day))}


def _organisations(request: Request, day: date) -> Iterator[Said]:
    district = request.world.district
    for it in those_valid_on(district.organisations, day):
        yield {
            "code": it.code, "names": words(it.name), "kind": named(it.kind.value, ORGANISATION_KINDS[it.kind]),
            "parent": it.parent, "attributes": sorted(it.attributes), "handles": district.handles(it.code),
        }  # fmt: skip


@router.get("/metrics", response=answers(MetricsOut), summary="The registry of figures")
def metrics(request: Request) -> Any:
    """Every number that may be shown: its unit, period, numerator and denominator. /cases/counts reckons them."""
    return {"items": [metric(it) for it in METRICS.values()], "ground": [_ground(it) for it in GROUND_METRICS.values()]}


def _ground(it: GroundMetric) -> Said:
    return {
        "key": it.key, "names": words(it.names), "unit": {"zh": it.measure.zh, "en": it.measure.many},
        "how": words(it.how),
    }  # fmt: skip
