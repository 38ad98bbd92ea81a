"""The drawing of the ground: a name stands on the grid that it names."""

from datetime import date

from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words
from xiuhua.web.ground import HEIGHT, NAME_ABOVE, WIDTH, around


def grid(code: str, *corners: tuple[float, float]) -> Grid:
    outline = tuple(Wgs84(lon, lat) for lon, lat in corners)
    return Grid(code, Tier.RESPONSIBILITY, "", Words(code, code), "s", "", outline, date(2023, 1, 1))


def test_a_bent_grid_has_its_name_on_its_own_ground() -> None:
    bent = grid("g1", (110, 30), (110.01, 30), (110.01, 30.001), (110.001, 30.001), (110.001, 30.01), (110, 30.01))
    other = grid("g2", (110.001, 30.001), (110.01, 30.001), (110.01, 30.01), (110.001, 30.01))
    drawing = around(Wgs84(110.005, 30.005), [bent, other], frozenset(), invented=True)
    first, second = drawing.shapes
    assert (abs(second.x - WIDTH / 2) < 20, abs(second.y + NAME_ABOVE - HEIGHT / 2) < 20) == (True, True)
    assert first.x < WIDTH / 2 - 50 or first.y + NAME_ABOVE > HEIGHT / 2 + 50
