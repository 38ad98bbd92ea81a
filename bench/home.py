"""A data folder to measure in: the district Rencheng, accounts with tokens, and notices that could have been sent.

Everything is drawn with a fixed seed, so that two runs send the same.
"""

import os
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ACCOUNTS = 8  # the interface lets one account ask 200 times a second
PACK = Path(__file__).resolve().parents[1] / "districts" / "rencheng"


def ready(home: Path, database: str = "") -> None:
    """Django for this process on this data folder, with its tables."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ["XIUHUA_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "xiuhua.shell.settings"
    if database:
        os.environ["XIUHUA_DATABASE"] = database
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def furnish() -> list[str]:
    """Load the district where there is none yet, and make a token for each of some acceptors."""
    from xiuhua.domain.people import Holding, Post
    from xiuhua.domain.subject import By
    from xiuhua.operations.clock import now
    from xiuhua.operations.install import install
    from xiuhua.operations.people import create_account, give_post
    from xiuhua.operations.tokens import Created, create_token
    from xiuhua.operations.world import world

    by = By("bench", Post.ADMINISTRATOR, "")
    install(PACK, by, datetime.now(UTC))
    here = world(now)
    centre = here.district.settings.centre
    tokens = []
    for number in range(ACCOUNTS):
        name = f"bench-{number}"
        create_account(name, name, by, here)
        give_post(name, Holding(Post.ACCEPTOR, centre, frozenset(), date(2020, 1, 1)), by, here)
        made = create_token(name, "bench", by, here)
        assert isinstance(made, Created), made
        tokens.append(made.text)
    return tokens


def notices(world: Any, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Bodies of POST /notices without a moment: hotline notices all over the district, each with words of its own."""
    draw = random.Random(seed)
    leaves = _leaves(world)
    classes = list(conditions(world))
    number = 0
    while True:
        number += 1
        lon, lat = _inside(draw, leaves, world)
        yield {
            "channel": "hotline",
            "place": {"lon": lon, "lat": lat},
            "class": draw.choice(classes),
            "place_text": f"{draw.choice(ROADS)}{draw.randint(1, 400)}号门前",
            "description": f"{draw.choice(WHAT)}，{draw.choice(HARM)}，请尽快处理（来电{number}）",
            "reporter_name": "王先生",
            "reporter_phone": f"1380000{number % 10000:04d}",
        }


def conditions(world: Any) -> dict[str, str]:
    """A filing condition for each class that can be used today."""
    catalog = world.district.catalog
    classes = catalog.classes_of(world.district.edition_on(world.now()))
    found = {str(c.key): catalog.conditions_of(c.key) for c in classes}
    return {key: rows[0].id for key, rows in found.items() if rows and rows[0].area_class is None}


ROADS = ("建设路", "太白楼路", "共青团路", "红星路", "洸河路", "古槐路", "环城北路", "琵琶山路")
WHAT = (
    "路口东北角井盖破损", "路灯连续三天不亮", "便道上堆放建筑垃圾", "护栏被撞倒", "流动摊点占道经营", "雨水箅子丢失",
)  # fmt: skip
HARM = ("行人通行有危险", "夜间看不清路面", "影响车辆通行", "气味很大", "小区居民多次反映")


def _leaves(world: Any) -> list[Any]:
    active = [g for g in world.district.grids.active(world.now().date()) if g.outline]
    parents = {g.parent for g in active}
    return [g for g in active if g.code not in parents]


def _inside(draw: random.Random, leaves: list[Any], world: Any) -> tuple[float, float]:
    from xiuhua.domain.place import Wgs84
    from xiuhua.space.locate import Located

    while True:
        outline = draw.choice(leaves).outline
        lon = draw.uniform(min(p.lon for p in outline), max(p.lon for p in outline))
        lat = draw.uniform(min(p.lat for p in outline), max(p.lat for p in outline))
        found = world.locator.locate(Wgs84(lon, lat))
        if isinstance(found, Located) and found.grid:
            return round(lon, 7), round(lat, 7)
