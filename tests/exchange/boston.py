"""Real data that nobody in the project wrote. They lie beside the checkout; a user's clone does not have them."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
MAPPING = CHECKOUT / "districts" / "boston.mapping.toml"


def real_cases() -> Path:
    """The 4,995 cases of Boston; skips, saying so, where they are not."""
    folder = Path(os.environ.get("XIUHUA_SHARED_DATA") or CHECKOUT.parent / "shared" / "data")
    found = sorted((folder / "cases").glob("boston_311_sample_*.csv.gz"))
    if not found:
        pytest.skip("the real cases of Boston are not here; XIUHUA_SHARED_DATA names the folder that holds them")
    return found[0]
