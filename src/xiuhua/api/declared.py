"""Which statuses can come of an address: each view names its own, and what can come of any is added here."""

from typing import Any, Final

from xiuhua.api.answers.nouns import Problem

ANY: Final = (400, 401, 403, 405, 422, 429, 500, 503)
WRITES: Final = (409, 413, 415, 507)


def answers(good: Any, *more: int, status: int = 200) -> dict[int, Any]:
    """`more` are the statuses of this address beside those of any."""
    return {status: good, **dict.fromkeys(sorted({*ANY, *more}), Problem)}


def written(good: Any, *more: int, status: int = 200) -> dict[int, Any]:
    return answers(good, *WRITES, *more, status=status)


