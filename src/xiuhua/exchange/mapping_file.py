"""A mapping file, TOML in UTF-8, as keys to be asked for."""

from pathlib import Path
from typing import Final

from xiuhua.domain.fault import Fault
from xiuhua.domain.words import Words
from xiuhua.exchange.fault import CannotImport
from xiuhua.store.pack.keys import Keys
from xiuhua.store.pack.toml_text import table_of_text

NO_FILE: Final = Words("没有这个文件", "there is no such file")
NOT_UTF8: Final = Words("映射文件应为 UTF-8", "a mapping is written in UTF-8")


def keys_of(file: Path) -> Keys:
    """Raises CannotImport with every fault of the file."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        raise CannotImport([Fault(file.name, 0, "", NO_FILE)]) from None
    except UnicodeDecodeError:
        raise CannotImport([Fault(file.name, 0, "", NOT_UTF8)]) from None
    table, faults = table_of_text(file.name, text)
    if faults:
        raise CannotImport(faults)
    return Keys(file.name, text, table)
