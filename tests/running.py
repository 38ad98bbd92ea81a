"""The little district as it runs: loaded, with its people and a second register. The demo's clock says when."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tests.cast import TINY
from tests.operations.register import HOARDING
from xiuhua.domain.journal import SYSTEM
from xiuhua.operations import clock
from xiuhua.operations.people import add_people
from xiuhua.operations.world import World, forget, world
from xiuhua.store.pack import load_files, read_pack
from xiuhua.store.reference import add_edition

PASSWORD = "embroidery-needle"


def running_from(moment: datetime) -> Iterator[World]:
    """The real clock goes on from there."""
    pack = read_pack(TINY)
    loaded = load_files(replace(pack, texts={**pack.texts, "register-hoarding.toml": HOARDING}))
    assert loaded.district
    add_edition(loaded.files, loaded.district.version, "system", moment)
    forget()
    clock.set_demo_clock(moment)
    around = world(clock.now)
    add_people(loaded.district.people, SYSTEM, around, PASSWORD)
    yield around
    forget()
    clock.forget()
