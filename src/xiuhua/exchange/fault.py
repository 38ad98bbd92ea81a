"""A file or a mapping that cannot be used at all: nothing of it is taken."""

from collections.abc import Sequence

from xiuhua.domain.fault import Fault
from xiuhua.domain.words import Words, Wrong

NOT_TAKEN = Words("未导入：{file}{at_zh}{zh}{more_zh}", "nothing was imported: {file}{at_en} {en}{more_en}")


class CannotImport(Wrong):
    """`faults` names everything that is wrong, with file, line and field."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first, rest = faults[0], len(faults) - 1
        words = NOT_TAKEN.filled(
            file=first.file, zh=first.words.zh, en=first.words.en, at_zh=_at(first, "："), at_en=_at(first, ":"),
            more_zh=f"（另有{rest}处）" if rest else "", more_en=f" (and {rest} more)" if rest else "",
        )  # fmt: skip
        super().__init__("cannot-import", words, first.field)
        self.faults = tuple(faults)


def _at(fault: Fault, colon: str) -> str:
    """":12 OPEN_DT:", without what is not known."""
    line = f":{fault.line}" if fault.line else ""
    return f"{line} {fault.field}{colon}" if fault.field else f"{line}{colon}"
