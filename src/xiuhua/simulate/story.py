"""What somebody does next with a case, and when. Each stage has its page; every page looks only at the case.

A step names who moves and what is given; whether it is possible the real rules decide when its moment comes.
"""

from collections.abc import Mapping
from typing import Final

from xiuhua.simulate import at_check, at_intake, at_unit
from xiuhua.simulate.scene import Page, Scene, Step

PAGES: Final[Mapping[str, Page]] = {
    "reported": at_intake.reported,
    "accepted": at_intake.accepted,
    "verifying": at_intake.verifying,
    "filed": at_intake.filed,
    "dispatched": at_unit.dispatched,
    "received": at_unit.received,
    "handling": at_unit.handling,
    "fed-back": at_unit.fed_back,
    "disputed": at_unit.disputed,
    "handled": at_check.handled,
    "checking": at_check.checking,
    "checked": at_check.checked,
    "closed": at_check.closed,
    "archived": at_check.archived,
    "merged": at_check.merged,
    "quick-reported": at_check.quick_reported,
    "sampled": at_check.sampled,
    "adopted": at_check.adopted,
}


def next_step(scene: Scene) -> Step | None:
    """None where nobody does anything more, or a clock brings about the next move."""
    page = PAGES.get(scene.case.stage)
    return page(scene) if page else None
