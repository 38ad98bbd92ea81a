"""Signs and sayings for the templates: icons, lights, moments, and the domain's two-language words."""

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from xiuhua.domain.due_state import DueState
from xiuhua.domain.words import Words
from xiuhua.look import saying

register = template.Library()

# Ours, drawn on 16 x 16. A light's shape says the same as its colour: for eyes that see no red, and for print.
ICONS = {
    "thread": "M2.5 13.5 10 6m0 0 2.6-3.4a.9.9 0 0 1 1.4 1.2L10.9 7M10 6l.9 1M2.5 13.5c-1-2.5 1-3 2.5-2s3.5 1 4-1",
    "search": "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.5 10.5 14 14",
    "photo": "M2 4.5h3l1-1.5h4l1 1.5h3v8.5H2zM8 6.5a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4",
    "place": "M8 14s4.5-4.3 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 9.7 8 14 8 14ZM8 5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3",
    "pole": "M6 14V4.5C6 2 10.5 2 12 4m-1.5 1.5L13 3M4 14h4",
    "map": "m2 4 4-1.5L10 4l4-1.5V12l-4 1.5L6 12l-4 1.5ZM6 2.5V12M10 4v9.5",
    "inbox": "M2 9.5 4 3h8l2 6.5V13H2zM2 9.5h3.5l1 1.5h3l1-1.5H14",
    "list": "M5.5 4H14M5.5 8H14M5.5 12H14M2 4h.5M2 8h.5M2 12h.5",
    "moon": "M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z",
    "out": "M6 2.5H3v11h3M10 5l3 3-3 3M13 8H6",
    "plus": "M8 3v10M3 8h10",
    "next": "m6 3 5 5-5 5",
    "back": "m10 3-5 5 5 5",
}
LIGHTS = {
    DueState.IN_TIME: '<circle cx="6" cy="6" r="5"/>',
    DueState.WARNING: '<path d="M6 1 11.3 10.5H.7Z"/>',
    DueState.OVERDUE: '<rect x="1" y="1" width="10" height="10"/>',
    DueState.PAUSED: '<circle cx="6" cy="6" r="4.5"/>',
    DueState.NO_CLOCK: '<rect x="2" y="5.5" width="8" height="1"/>',
}


@register.filter
def said(words: Words | str | None) -> str:
    """The words in the reader's language."""
    if words is None or isinstance(words, str):
        return words or ""
    return words.text(get_language() or "zh-hans")


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="{}"/></svg>', ICONS[name]
    )


@register.simple_tag
def lamp(light: DueState, *, silent: bool = False) -> SafeString:
    """A light with its name; silent where the name stands beside it."""
    return _lamp(light, "" if silent else said(light.words))


@cache
def _lamp(light: DueState, name: str) -> SafeString:
    shape = mark_safe(LIGHTS[light])  # noqa: S308 - our own drawings
    if not name:
        return format_html(
            '<svg class="light {}" viewBox="0 0 12 12" aria-hidden="true">{}</svg>', light.value, shape
        )
    text = '<svg class="light {}" viewBox="0 0 12 12" role="img" aria-label="{}"><title>{}</title>{}</svg>'
    return format_html(text, light.value, name, name, shape)


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], at: datetime | None) -> SafeString | str:
    if at is None:
        return ""
    zone = timezone.get_current_timezone()
    near = saying.moment(at, context["now"], zone)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', at.isoformat(), saying.full(at, zone), near
    )


@register.simple_tag(takes_context=True)
def left(context: dict[str, Any], due: datetime | None) -> SafeString | str:
    if due is None:
        return ""
    full = saying.full(due, timezone.get_current_timezone())
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', due.isoformat(), full, saying.left(due, context["now"])
    )
