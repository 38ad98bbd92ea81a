"""What the moves of a component request do beside it: find its grids, add the component, look up a known one."""

from collections.abc import Mapping

from xiuhua.domain.codes import Kind
from xiuhua.domain.deciding import NEEDED
from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import Json, Subject
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.components import OUTSIDE, New, add_component, find, named_component, told, unknown
from xiuhua.operations.world import World
from xiuhua.space.locate import Outside
from xiuhua.store.saving import Change

NOT_A_COMPONENT = Words("“{it}”不是部件类别", "“{it}” is no class of components")


def located(change: Change, world: World) -> Mapping[str, Json] | Refusal:
    """A request lies in the grids of its place, so that those are asked who look after it."""
    class_key = change.after.fact("class")
    key = world.district.key_of(class_key)
    if key is None or key.kind is not Kind.COMPONENT:
        return Refusal("not-a-component", NOT_A_COMPONENT.filled(it=class_key[:60]), "class")
    place = _place(change.after)
    if place is None:  # a survey that takes the place away
        return Refusal("field-missing", NEEDED.filled(zh="位置", en="a place"), "place")
    found = world.locator.locate(place)
    if isinstance(found, Outside):
        words = OUTSIDE.filled(m=round(found.distance_m, 1), lon=place.lon, lat=place.lat)
        return Refusal("outside-district", words, "place")
    return {"grid": found.grid, "responsibility_grid": found.responsibility_grid, "street": found.street}


def named(change: Change, world: World) -> Mapping[str, Json]:
    """A case that names a component keeps its code, and the owner whom the register names."""
    component = told(change.after.fact("component"))
    known = find(component)
    owner: dict[str, Json] = {"owner": known.component.owner} if known and known.component.owner else {}
    return {"component": component, **owner}


def added(change: Change, world: World) -> Mapping[str, Json] | Refusal:
    subject = change.after
    place = _place(subject)
    assert place is not None  # noqa: S101 - it was asked for and is never taken away
    new = New(
        class_key=subject.fact("class"), place=place, code=subject.fact("component"),
        name=subject.fact("component_name"), label=subject.fact("label"), owner=subject.fact("owner"),
        keeper=subject.fact("keeper"),
    )  # fmt: skip
    done = add_component(new, change.transition.by, world, source=subject.number)
    return done if isinstance(done, Refusal) else {"component": done.component.code}


def found_known(change: Change, world: World) -> Mapping[str, Json] | Refusal:
    code = change.after.fact("component")
    known = named_component(code)
    return unknown(code) if known is None else {"component": known.component.code}


def _place(subject: Subject) -> Wgs84 | None:
    place = subject.list_fact("place")
    return Wgs84(float(str(place[0])), float(str(place[1]))) if place else None
