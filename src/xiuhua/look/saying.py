"""Moments and lengths as a reader says them: 今天 10:30, 剩 2 小时 10 分. Pure; the zone and the moment are given."""

from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

NEAR = {-1: gettext_noop("yesterday"), 0: gettext_noop("today"), 1: gettext_noop("tomorrow")}
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The day in the words of today, and the time."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today).days
    said = _(NEAR[days]) if days in NEAR else day(local, today.year)
    return f"{said} {local.hour:02d}:{local.minute:02d}"


def day(local: datetime, year: int) -> str:
    """Without the year where it is this one."""
    if local.year == year:
        return pgettext("day", "%(day)s/%(month)s") % {"month": local.month, "day": local.day}
    return f"{local:%Y-%m-%d}"


def full(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def length(span: timedelta) -> str:
    """The two largest units; no seconds, because nobody acts on them."""
    seconds = abs(int(span.total_seconds()))
    days, hours, minutes = seconds // _DAY, seconds % _DAY // _HOUR, seconds % _HOUR // _MINUTE
    if days:
        return (
            _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
            if hours
            else _("%(days)s d") % {"days": days}
        )
    if hours:
        return (
            _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
            if minutes
            else _("%(hours)s h") % {"hours": hours}
        )
    return _("%(minutes)s min") % {"minutes": minutes}


def left(due: datetime, now: datetime) -> str:
    """What is left until then, or how long ago it was."""
    said = {"length": length(due - now)}
    return _("%(length)s over") % said if now > due else _("%(length)s left") % said
