"""The selects above a list. Their options are the same for everybody: rendered once for each day and language."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from xiuhua.domain.district import District
from xiuhua.domain.notice import CHANNELS, Channel
from xiuhua.domain.validity import those_valid_on
from xiuhua.domain.words import Words
from xiuhua.look.page import Desk
from xiuhua.look.tags import said
from xiuhua.web.filters import Wanted
from xiuhua.web.ground import drawn
from xiuhua.web.rows import Choice

MOST_KEPT = 64  # ours: a few days in two languages
_rendered: dict[tuple[str, ...], SafeString] = {}

WORDS = {
    "channel": Words("渠道", "Channel"),
    "class": Words("类别", "Class"),
    "unit": Words("处置单位", "Unit"),
    "grid": Words("网格", "Grid"),
}


@dataclass(frozen=True, slots=True)
class Select:
    """`value` is what is chosen, with its words; the options below it carry no mark."""

    name: str
    words: Words
    value: str
    chosen: Words
    options: SafeString


def selects(desk: Desk, wanted: Wanted, facts: Collection[str]) -> tuple[Select, ...]:
    """Those that can narrow a register whose subjects have these facts; every subject may lie in a grid."""
    district, day = desk.world.district, desk.world.district.day_of(desk.world.now())
    found = []
    for name, words in WORDS.items():
        if name != "grid" and name not in facts:
            continue
        key = (district.id, district.version, day.isoformat(), get_language() or "", name)
        if key not in _rendered:
            if len(_rendered) >= MOST_KEPT:
                _rendered.clear()
            _rendered[key] = _options(_choices(district, name, desk))
        value = wanted.get(name)
        found.append(Select(name, words, value, _chosen(district, name, value), _rendered[key]))
    return tuple(found)


def _choices(district: District, name: str, desk: Desk) -> Iterable[Choice]:
    day = district.day_of(desk.world.now())
    match name:
        case "channel":
            return [Choice(channel.value, words) for channel, words in CHANNELS.items()]
        case "class":
            editions = district.catalog.editions_on(day)
            return [
                Choice(str(c.key), c.name, c.major_name)
                for e in editions
                for c in district.catalog.classes_of(e.id)
            ]
        case "unit":
            return [
                Choice(o.code, o.name)
                for o in those_valid_on(district.organisations, day)
                if district.handles(o.code)
            ]
        case _:
            return [Choice(g.code, g.name) for g in drawn(district.grids.active(day))]


def _chosen(district: District, name: str, value: str) -> Words:
    if name == "channel":
        return CHANNELS[Channel(value)] if value in set(Channel) else Words(value, value)
    kind = {"class": "class", "unit": "organisation", "grid": "grid"}[name]
    return district.words(kind, value) or Words(value, value)


def _options(choices: Iterable[Choice]) -> SafeString:
    parts = []
    for group, members in groupby(choices, key=lambda c: c.group):
        options = format_html_join(
            "", '<option value="{}">{}</option>', ((c.value, said(c.words)) for c in members)
        )
        parts.append(
            format_html('<optgroup label="{}">{}</optgroup>', said(group), options) if group.zh else options
        )
    return mark_safe("".join(parts))  # noqa: S308 - joined of parts that were escaped
