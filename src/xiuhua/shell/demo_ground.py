"""The demo's base map, places and components: drawn once from the pack's plan, then loaded as any survey is."""

import hashlib
import time
from dataclasses import replace
from pathlib import Path

import click
from django.conf import settings

from xiuhua.domain.journal import SYSTEM
from xiuhua.domain.people import Post
from xiuhua.domain.words import Refusal
from xiuhua.exchange.components import read_survey
from xiuhua.exchange.components.mapping import Mapping
from xiuhua.operations.acting import acting_as
from xiuhua.operations.put_ground import Source, put_ground
from xiuhua.operations.survey import Asked, survey
from xiuhua.operations.world import World, world
from xiuhua.shell.speaking import LANGUAGE, tell, text
from xiuhua.simulate.ground import PLAN, Size, drawing, layers, read_plan, write
from xiuhua.simulate.plan import Plan
from xiuhua.space.layers import digest_of
from xiuhua.store.components import any_there
from xiuhua.store.queries.features import count_of_layers


def lay(folder: Path, size: str, plan: Plan) -> None:
    """Nothing where the pack has no plan of a ground, or where it is loaded. It is older than the first notice."""
    map_there, survey_there = bool(count_of_layers()), any_there()
    if not (folder / PLAN).exists() or (map_there and survey_there):
        return
    here = replace(world(), now=lambda: plan.eve)
    begun = time.perf_counter()
    file = _file(folder, size)
    if not file.exists() or not map_there:  # one that was drawn but not loaded may be of an older program
        _draw(folder, size, file)
    if not map_there:
        _put(file, here)
    if not survey_there:
        _surveyed(file, here)
    seconds = round(time.perf_counter() - begun)
    tell(f"虚构地面已载入，用时 {seconds} 秒", f"the invented ground is loaded, in {seconds} s")


def _file(folder: Path, size: str) -> Path:
    """Named by its plan as well: another plan is another ground."""
    digest = hashlib.sha256((folder / PLAN).read_bytes()).hexdigest()[:12]
    return Path(settings.XIUHUA_HOME) / "ground" / f"{size}-{digest}.gpkg"


def _draw(folder: Path, size: str, file: Path) -> None:
    tell("正在绘制虚构地面", "drawing the invented ground")
    drawn = drawing(read_plan(folder))
    write(file, layers(drawn, Size(size)), drawn.frame)


def _put(file: Path, here: World) -> None:
    tell("正在载入底图与地名", "loading base map and places")
    people = here.district.people
    names = sorted(p.username for p in people if any(h.post == Post.ADMINISTRATOR for h in p.holdings))
    acting = acting_as(names[0] if names else "", here.today, Post.ADMINISTRATOR)
    done = acting if isinstance(acting, Refusal) else put_ground(Source(file), acting, here)
    if isinstance(done, Refusal):
        raise click.ClickException(done.words.text(LANGUAGE))


def _surveyed(file: Path, here: World) -> None:
    tell("正在载入部件普查", "loading the survey of components")
    lines = read_survey(file, Mapping(), "component", "")
    done = survey(lines, Asked(file.stem, file.name, digest_of(file)), SYSTEM, here, lambda *_: None)
    if done.faults:
        first = done.faults[0].words
        raise click.ClickException(text(f"部件未载入：{first.zh}", f"no component was loaded: {first.en}"))
