"""Components by what is written on them or in the register: pole number or code."""

from dataclasses import dataclass
from typing import Final

from xiuhua.store import sql

_CALLED: Final = "SELECT code, class_key, name, label, longitude, latitude FROM component WHERE "
_LONGEST: Final = "9" * 17
_LEAST_DIGITS: Final = 8  # ours: division and major; less is half the register


@dataclass(frozen=True, slots=True)
class Called:
    code: str
    class_key: str
    name: str
    label: str
    lon: float
    lat: float


def components_called(text: str, most: int) -> list[Called]:
    """By the whole label, or by the code or its beginning. A pole number may stand on two poles."""
    plain = text.strip()
    rows = sql.rows(
        f"{_CALLED} label <> '' AND label IN (%s, %s) ORDER BY code LIMIT %s", [plain, plain.upper(), most]
    )
    if len(plain) >= _LEAST_DIGITS and plain.isascii() and plain.isdigit():
        upto = f"{plain}{_LONGEST}"
        rows += sql.rows(f"{_CALLED} code BETWEEN %s AND %s ORDER BY code LIMIT %s", [plain, upto, most])
    return [Called(*row) for row in rows[:most]]

