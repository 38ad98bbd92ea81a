"""A new edition of the district's data from the one in force, with some rows more or otherwise. Nothing is edited.

Read, changed, written and read again as a pack is: what would not load is not saved. Joins the caller's transaction.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import connection, transaction

from xiuhua.domain.journal import Journal
from xiuhua.domain.subject import By, Json
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.journal import record_at
from xiuhua.operations.world import forget
from xiuhua.store import sql
from xiuhua.store.pack import Loaded, Nouns, PackFiles, load_files, version_of
from xiuhua.store.pack.writing import changed_files
from xiuhua.store.reference import add_edition, keep, read_edition

UNFIT = Words(
    "区数据将出错，未保存（{at}）：{zh}", "the district's data would be wrong and was not saved ({at}): {en}"
)

Amendment = Callable[[Nouns], Nouns | Refusal]


def amend(
    why: str, amendment: Amendment, by: By, at: datetime, facts: Mapping[str, Json]
) -> Loaded | Refusal:
    """`why` is the journal's word for it. The answer is the new edition as loaded."""
    if (
        connection.vendor != "sqlite"
    ):  # there one writes at a time; here two editions from one would lose the first
        sql.many("LOCK TABLE reference IN EXCLUSIVE MODE", [()])
    loaded = read_edition()
    before = loaded.files
    nouns = amendment(loaded.nouns)
    if isinstance(nouns, Refusal):
        return nouns
    fresh = changed_files(loaded, nouns)
    texts = {
        name: text for name, text in {**before.texts, **fresh}.items() if text
    }  # of an emptied list no file stays
    after = load_files(PackFiles(before.name, texts, before.bases))
    if after.district is None:
        fault = after.faults[0]
        return Refusal(
            "edition-wrong",
            UNFIT.filled(at=f"{fault.file}:{fault.line}", zh=fault.words.zh, en=fault.words.en),
        )
    version = version_of(after.files)
    edition = add_edition(after.files, version, by.person, at)
    keep(version, after)
    noted: dict[str, Json] = {"version": version, "edition": edition, "changed": sorted(fresh), **facts}
    record_at(Journal.REFERENCE, before.name, why, by, noted, at)
    forget()
    transaction.on_commit(forget)  # what another thread read before that
    return after
