"""Who holds which post on a day, as one question."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from xiuhua.domain.people import Post
from xiuhua.store.models import HoldingRow


def holds(username: str, post: Post, organisation: str, day: date) -> bool:
    """An empty `organisation` means any."""
    rows = HoldingRow.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        account__username=username, account__is_active=True, post=post.value, valid_from__lte=day,
    )  # fmt: skip
    return rows.filter(organisation=organisation).exists() if organisation else rows.exists()


def holders(post: Post, organisation: str, day: date) -> tuple[tuple[str, str], ...]:
    """Username and name of those who hold it that day. An empty `organisation` means any."""
    rows = HoldingRow.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), account__is_active=True, post=post.value, valid_from__lte=day
    )
    if organisation:
        rows = rows.filter(organisation=organisation)
    return tuple(rows.order_by("account__username").values_list("account__username", "account__name").distinct())


def held_in(grids: Collection[str], day: date) -> list[tuple[str, Post, str]]:
    """Username, post and grid of those who hold a post in one of these grids on that day or later."""
    rows = HoldingRow.objects.exclude(grids="").filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    found = rows.filter(account__is_active=True).order_by("account__username", "id")
    wanted = frozenset(grids)
    return [
        (username, Post(post), grid)
        for username, post, text in found.values_list("account__username", "post", "grids")
        for grid in text.split()
        if grid in wanted
    ]
