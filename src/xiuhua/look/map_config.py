"""What a map in a page has to know: the reader's language, the day of the grids, and the district's base map."""

import json

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiuhua.domain.base_map import BaseKind
from xiuhua.operations.world import World


def map_config(here: World) -> str:
    """As JSON for a data attribute."""
    district, base = here.district, here.district.settings.base_map
    outside = {
        "kind": base.kind.value, "url": base.url, "attribution": base.attribution, "maxZoom": base.max_zoom,
    }  # fmt: skip
    said = {
        "language": get_language() or "",
        "day": district.day_of(here.now()).isoformat(),
        "shifted": base.shifted,
        "base": None if base.kind is BaseKind.NONE else outside,
        "words": {"map": _("Map"), "zoomIn": _("Zoom in"), "zoomOut": _("Zoom out")},
    }
    return json.dumps(said, ensure_ascii=False)
