"""The district's data as loaded: numbered editions of the pack's files, and the rulings that became precedents."""

import json
from collections.abc import Mapping
from datetime import datetime

from xiuhua.domain.district import District
from xiuhua.domain.duty import Basis, DutyRow
from xiuhua.domain.words import Words
from xiuhua.store import pack
from xiuhua.store.models import ReferenceFileRow, ReferenceRow, TransitionRow


class NoDistrict(LookupError):
    """The store is empty: no pack was loaded."""


def current_edition() -> tuple[int, int]:
    """The last edition and the number of rulings: together they name the rules in force."""
    last = ReferenceRow.objects.order_by("-edition").values_list("edition", flat=True).first()
    if last is None:
        raise NoDistrict("no district is loaded; run `xiuhua init --pack FOLDER`")
    return last, TransitionRow.objects.filter(move="rule").count()


def files(edition: int | None = None) -> dict[str, str]:
    number = edition or current_edition()[0]
    return dict(ReferenceFileRow.objects.filter(reference_id=number).values_list("name", "body"))


def add_edition(files_given: Mapping[str, str], digest: str, person: str, at: datetime) -> int:
    reference = ReferenceRow.objects.create(at=at, person=person, digest=digest)
    ReferenceFileRow.objects.bulk_create(
        ReferenceFileRow(reference=reference, name=name, body=body) for name, body in files_given.items()
    )
    return reference.edition


def read_district() -> District:
    district, faults = pack.parse(files())
    if district is None:
        raise NoDistrict(f"the loaded pack has {len(faults)} faults; the first: {faults[0]}")
    return district.with_precedents(precedents())


def precedents() -> tuple[DutyRow, ...]:
    """Each ruling as a row of the duty list: this class, in this grid, is that unit's."""
    bodies = TransitionRow.objects.filter(move="rule").order_by("id").values_list("body", "at")
    return tuple(_precedent(json.loads(body), at) for body, at in bodies)


def _precedent(body: Mapping[str, object], at: datetime) -> DutyRow:
    facts = body["patch"]["facts"]  # type: ignore[index]
    number, ruling = str(body["number"]), str(facts.get("ruling", ""))
    return DutyRow(
        id=f"ruling-{number}",
        classes=str(facts.get("ruled_class", "")),
        area=str(body["grid"]),
        road=str(facts.get("ruled_road") or ""),
        owner="",
        organisation=str(facts["unit"]),
        basis=Basis.RULING,
        ground=Words(ruling, ruling),
        source=number,
        valid_from=at.date(),
    )
