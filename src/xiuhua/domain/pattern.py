"""How a list names classes: one class, a major group, a kind of an edition, or all.

"gbt30428-2013/component/0101", "gbt30428-2013/component/01", "gbt30428-2013/component", "*".
"""

from xiuhua.domain.codes import ClassKey

ALL = "*"


def patterns_of(key: ClassKey, major: str) -> tuple[str, ...]:
    """Every pattern that means this class, from exact to general. A class without a major group has three."""
    kind = f"{key.edition}/{key.kind.value}"
    if major:
        return f"{kind}/{key.code}", f"{kind}/{major}", kind, ALL
    return f"{kind}/{key.code}", kind, ALL
