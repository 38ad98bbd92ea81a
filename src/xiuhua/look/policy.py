"""What a browser may load for a page: from here alone, and pictures and tiles of a base map that the district names.

Not even a style attribute: a page that needs a width takes a class, a `<meter>` or an SVG.
"""

from collections.abc import Sequence


def policy(origins: Sequence[str] = ()) -> str:
    """`origins` are those of an outside base map, empty where there is none."""
    outside = "".join(f" {origin}" for origin in origins)
    return "; ".join(
        (
            "default-src 'self'",
            f"img-src 'self' data: blob:{outside}",  # MapLibre's icons are data; a photo is shown before it is sent
            *((f"connect-src 'self'{outside}",) if origins else ()),
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
