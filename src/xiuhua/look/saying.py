"""Moments and lengths as a reader says them: 今天 10:30, 剩 2 小时 10 分. Pure; the zone and the moment are given."""

from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

NEAR = {-1: gettext_noop("yesterday"), 0: gettext_noop("today"), 1: gettext_noop("tomorrow")}
_DAYS, _HOURS, _MINUTES = (
    gettext_noop("%(days)s d"),
    gettext_noop("%(hours)s h"),
    gettext_noop("%(minutes)s min"),
)
_DAYS_HOURS, _HOURS_MINUTES = (
    gettext_noop("%(days)s d %(hours)s h"),
    gettext_noop("%(hours)s h %(minutes)s min"),
)
_FORMS = {  # by which of days, hours and minutes there are; beside days, minutes are left out
    (True, True, True): _DAYS_HOURS, (True, True, False): _DAYS_HOURS, (True, False, True): _DAYS,
    (True, False, False): _DAYS, (False, True, True): _HOURS_MINUTES, (False, True, False): _HOURS,
    (False, False, True): _MINUTES,
}  # fmt: skip
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
    if seconds < _MINUTE:
        return _("under 1 min")
    found = {"days": seconds // _DAY, "hours": seconds % _DAY // _HOUR, "minutes": seconds % _HOUR // _MINUTE}
    return _(_FORMS[bool(found["days"]), bool(found["hours"]), bool(found["minutes"])]) % found


def left(due: datetime, now: datetime) -> str:
    """What is left until then, or how long ago it was."""
    said = {"length": length(due - now)}
    return _("%(length)s over") % said if now > due else _("%(length)s left") % said
