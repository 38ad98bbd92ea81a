"""Load the pack that was built, once. Afterwards it is a pack like any other, changed by people, and lines of later
files that do not fit it are listed.
"""

from collections.abc import Mapping as Table
from datetime import UTC, datetime
from typing import Final

from xiuhua.domain.fault import Fault
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By
from xiuhua.domain.words import Words
from xiuhua.exchange.fault import CannotImport
from xiuhua.operations.install import install_loaded
from xiuhua.store.pack import Loaded, PackFiles, load_files
from xiuhua.store.reference import NoDistrict, files

OTHER_DISTRICT: Final = Words(
    "此数据目录已装载区“{name}”，请换一个 XIUHUA_HOME", "the district “{name}” is loaded here; use another XIUHUA_HOME"
)


def pack_in_force() -> str:
    """The name of the pack; empty where there is none."""
    try:
        return files().name
    except NoDistrict:
        return ""


def install(name: str, texts: Table[str, str], person: str) -> Loaded:
    loaded = load_files(PackFiles(name, texts))
    if loaded.district is None:
        raise CannotImport(loaded.faults)
    install_loaded(loaded, By(person, Post.ADMINISTRATOR, ""), datetime.now(UTC))
    return loaded


def other_district(name: str, there: str) -> CannotImport:
    return CannotImport([Fault(name, 0, "", OTHER_DISTRICT.filled(name=there))])
