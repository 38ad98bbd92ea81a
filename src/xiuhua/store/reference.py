"""The district's data as loaded: numbered editions of the pack's files, and the rulings that became precedents."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xiuhua.domain.district import District
from xiuhua.domain.duty import Basis, DutyRow
from xiuhua.domain.words import Words
from xiuhua.store.models import ReferenceFileRow, ReferenceRow, TransitionRow
from xiuhua.store.pack import Loaded, PackFiles, PackWrong, flat, load_files, unflat

_kept: tuple[str, Loaded] | None = None  # by digest: what was read or written last, because reading takes a second


class NoDistrict(LookupError):  # noqa: N818
    """The store is empty: no pack was loaded."""


def current_edition() -> tuple[int, int]:
    """The last edition and the number of rulings: together they name the rules in force."""
    last = ReferenceRow.objects.order_by("-edition").values_list("edition", flat=True).first()
    if last is None:
        raise NoDistrict("no district is loaded; run `xiuhua init --pack FOLDER`")
    return last, TransitionRow.objects.filter(move="rule").count()


def files(edition: int | None = None) -> PackFiles:
    """A pack and its bases as they were loaded."""
    number = edition or current_edition()[0]
    return unflat(dict(ReferenceFileRow.objects.filter(reference_id=number).values_list("name", "body")))


def add_edition(pack: PackFiles, digest: str, person: str, at: datetime) -> int:
    reference = ReferenceRow.objects.create(at=at, person=person, digest=digest)
    ReferenceFileRow.objects.bulk_create(
        ReferenceFileRow(reference=reference, name=name, body=body) for name, body in flat(pack).items()
    )
    return reference.edition


def read_edition() -> Loaded:
    """The one in force. Read once in a process, however often it is asked for; a digest stands for the same bytes."""
    number = current_edition()[0]
    digest = ReferenceRow.objects.values_list("digest", flat=True).get(edition=number)
    kept = _kept
    if kept is not None and kept[0] == digest:
        return kept[1]
    loaded = load_files(files(number))
    keep(digest, loaded)
    return loaded


def keep(digest: str, loaded: Loaded) -> None:
    global _kept
    _kept = (digest, loaded)


def read_district() -> District:
    """Raises PackWrong where a newer program finds faults in what an older one loaded."""
    loaded = read_edition()
    if loaded.district is None:
        raise PackWrong(loaded.files.name, loaded.faults)
    return loaded.district.with_precedents(precedents())


def precedents() -> tuple[DutyRow, ...]:
    """Each ruling as a row of the duty list: this class, in this grid, is that unit's."""
    bodies = TransitionRow.objects.filter(move="rule").order_by("id").values_list("body", "at")
    return tuple(_precedent(json.loads(body), at) for body, at in bodies)


def _precedent(body: Mapping[str, Any], at: datetime) -> DutyRow:
    facts = body["patch"]["facts"]
    ruling = str(facts.get("ruling", ""))
    return DutyRow(
        id=f"ruling-{body['number']}",
        classes=str(facts["ruled_class"]),
        area=str(body["grid"]),
        road=str(facts.get("ruled_road") or ""),
        owner="",
        organisation=str(facts["unit"]),
        basis=Basis.RULING,
        ground=Words(ruling, ruling),
        source=str(body["number"]),
        valid_from=at.date(),
    )
