"""A pack is read, written again to the last byte, and known by its digest."""

import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import TINY
from tests.operations.register import HOARDING
from xiuhua.domain.clock import Limit, Unit
from xiuhua.store.pack import (
    PackFiles,
    PackWrong,
    flat,
    load,
    load_files,
    open_district,
    parse,
    read_pack,
    save,
    version_of,
    written,
)
from xiuhua.store.pack.csv_text import rows_of_text, text_of_rows
from xiuhua.store.pack.toml_text import line_of, text_of_table

SHIPPED = sorted(folder for folder in (Path(__file__).parents[2] / "districts").iterdir() if folder.is_dir())
PACKS = (TINY, *SHIPPED)


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_a_canonical_pack_written_again_is_the_same_to_the_last_byte(folder: Path, tmp_path: Path) -> None:
    save(load(folder), tmp_path)
    data = {file.name for file in folder.iterdir() if file.is_file() and file.suffix != ".md"}
    assert {file.name for file in tmp_path.iterdir()} == data
    for name in data:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_a_shipped_pack_has_no_fault(folder: Path) -> None:
    assert load(folder).faults == ()


def test_lines_in_another_order_and_with_other_quotes_become_canonical() -> None:
    files = read_pack(TINY)
    header, *lines = files.texts["duty.csv"].splitlines()
    turned = "\r\n".join([header, *(line.replace("tests", '"tests"') for line in reversed(lines))])
    loaded = load_files(PackFiles(files.name, {**files.texts, "duty.csv": turned}))
    assert written(loaded)["duty.csv"] == files.texts["duty.csv"]


def test_a_pack_kept_as_one_mapping_is_the_same_district() -> None:
    for folder in PACKS:
        files = read_pack(folder)
        district, faults = parse(flat(files))
        assert not faults
        assert (district.version if district else version_of(files)) == version_of(files)


def test_another_byte_is_another_version() -> None:
    files = read_pack(TINY)
    other = PackFiles(files.name, {**files.texts, "quick.csv": files.texts["quick.csv"] + "\n"})
    assert version_of(other) != version_of(files)
    assert load_files(other).district is not None


def test_a_pack_with_a_fault_is_not_opened_and_says_how_many_there_are(tmp_path: Path) -> None:
    pack = tmp_path / "broken"
    save(load(TINY), pack)
    (pack / "quick.csv").write_text("classes\nno/such/class\n", encoding="utf-8")
    with pytest.raises(PackWrong) as error:
        open_district(pack)
    assert error.value.words.en == (
        "the pack “broken” has 1 faults, the first in broken/quick.csv line 2 classes: there is no “no/such/class”"
    )


def test_a_folder_without_a_pack_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "README.md").write_text("nothing yet", encoding="utf-8")
    assert [f.words.en for f in load(tmp_path / "notes").faults] == ["there is no file of a pack in the folder “notes”"]


def test_a_base_pack_is_not_a_district() -> None:
    base = next(folder for folder in SHIPPED if not (folder / "district.toml").exists())
    with pytest.raises(PackWrong, match="is a base pack, not a district"):
        open_district(base)


@pytest.mark.parametrize(
    ("base", "says"),
    [
        ('["elsewhere"]', "there is no pack folder “elsewhere”"),
        ('["little"]', "the base packs run in a circle: little → little"),
        ('["../tiny"]', "“../tiny” is not the name of a pack"),
    ],
    ids=["missing", "itself", "a way out of the folder"],
)
def test_a_base_that_cannot_be_used_is_a_fault(tmp_path: Path, base: str, says: str) -> None:
    pack = tmp_path / "little"
    save(load(TINY), pack)
    settings = (pack / "district.toml").read_text(encoding="utf-8")
    (pack / "district.toml").write_text(settings.replace("base = []", f"base = {base}"), encoding="utf-8")
    assert says in [fault.words.en for fault in load(pack).faults]


NATIONAL = ("classes.csv", "editions.csv", "holidays.csv", "sources.csv")


def test_a_district_takes_classes_of_its_base_and_replaces_a_limit(tmp_path: Path) -> None:
    base, pack = tmp_path / "below", tmp_path / "above"
    base.mkdir()
    save(load(TINY), pack)
    conditions = (pack / "conditions.csv").read_text(encoding="utf-8")
    (base / "conditions.csv").write_text(conditions, encoding="utf-8")
    for name in NATIONAL:
        (pack / name).rename(base / name)
    header, first = conditions.splitlines()[:2]
    own = f"{header}\n{first.replace(',2,', ',7,')}\n"
    (pack / "conditions.csv").write_text(own, encoding="utf-8")
    settings = (pack / "district.toml").read_text(encoding="utf-8")
    (pack / "district.toml").write_text(settings.replace("base = []", 'base = ["below"]'), encoding="utf-8")
    loaded = load(pack)
    assert loaded.faults == ()
    assert loaded.district
    assert loaded.district.limit("tiny/component/cover", "broken", "") == Limit(7, Unit.WORKING_DAY)
    assert written(loaded)["conditions.csv"] == own
    assert not set(NATIONAL) & set(written(loaded))


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=12)


@given(st.lists(st.tuples(CELL, CELL), max_size=6))
def test_what_is_written_as_csv_is_read_again(cells: list[tuple[str, str]]) -> None:
    rows = [{"one": f"x{one}", "two": two} for one, two in cells]
    read, faults = rows_of_text("any.csv", text_of_rows(("one", "two"), rows), ("one", "two"))
    assert not faults
    assert [dict(row.cells) for row in read] == rows


KEY = st.text("abcxyz-_09 é", min_size=1, max_size=6)
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
VALUE = st.one_of(TEXT, st.integers(-(2**60), 2**60), st.booleans(), st.lists(st.integers(0, 9), max_size=3))
TABLE = st.recursive(
    st.dictionaries(KEY, VALUE, max_size=4),
    lambda inner: st.dictionaries(
        KEY, st.one_of(VALUE, inner, st.lists(inner, min_size=1, max_size=3)), max_size=4
    ),
    max_leaves=8,
)


@given(TABLE)
def test_what_is_written_as_toml_is_read_again(table: dict[str, object]) -> None:
    assert tomllib.loads(text_of_table(table)) == table


def test_the_line_of_a_key_is_found_also_in_a_list_of_tables() -> None:
    text = 'a = 1\n\n[b.c]\nd = 2\n\n[[calendar]]\nname = "x"\n[calendar.hours]\nmon = []\n\n[[calendar]]\nname = "y"\n'
    assert line_of(text, "a") == 1
    assert line_of(text, "b.c.d") == 4
    assert line_of(text, "b.c.gone") == 3
    assert line_of(text, "x.hours.mon") == 9
    assert line_of(text, "y") == 11
    assert line_of(text, "nothing") == 0


def test_a_record_over_several_lines_is_named_by_its_first() -> None:
    rows, faults = rows_of_text("any.csv", 'one,two\n"a\nb",c\n\nd,e\nf\n', ("one", "two"))
    assert [row.line for row in rows] == [2, 5]
    assert [(fault.line, fault.words.en) for fault in faults] == [(6, "2 cells are expected, there are 1")]


def test_a_register_in_a_pack_becomes_a_table_and_is_written_again_as_it_was(tmp_path: Path) -> None:
    folder = shutil.copytree(TINY, tmp_path / "tiny")
    (folder / "register-hoarding.toml").write_text(HOARDING, encoding="utf-8")
    loaded = load(folder)
    assert loaded.faults == ()
    assert loaded.district is not None
    assert list(loaded.district.tables) == ["hoarding"]
    assert written(loaded)["register-hoarding.toml"] == HOARDING


def test_a_register_may_not_be_called_like_another(tmp_path: Path) -> None:
    folder = shutil.copytree(TINY, tmp_path / "tiny")
    (folder / "register-case.toml").write_text(HOARDING.replace('kind = "hoarding"', 'kind = "case"'), "utf-8")
    (fault,) = load(folder).faults
    assert (fault.file, fault.field) == ("tiny/register-case.toml", "kind")
