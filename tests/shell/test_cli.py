"""Every command as a newcomer types it, also wrongly: one clear sentence, a code that means something, no traceback."""

import json
import stat
from pathlib import Path

import pytest

from tests.shell.typing import TINY, Terminal


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Nothing was ever loaded here."""
    return Terminal(tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """The tiny district with its people."""
    terminal = Terminal(tmp_path_factory.mktemp("tiny"))
    said = terminal.types(f"init --pack {TINY} --people")
    assert said.code == 0
    assert "已载入 tiny" in said.out
    assert "正在更新数据表" in said.err
    return terminal


def test_what_is_kept_is_read_by_its_owner_only(tiny: Terminal) -> None:
    """Names and phones of those who reported lie in it."""
    kept = [tiny.home / "xiuhua.sqlite3", tiny.home / "secret"]
    assert [stat.S_IMODE(file.stat().st_mode) for file in kept] == [0o600, 0o600]


COMMANDS = (
    "init", "serve", "jobs", "demo", "import", "export", "verify", "rebuild", "check-pack", "write-pack", "user",
    "grids", "layers", "components", "ground",
)  # fmt: skip


def test_help_is_in_the_language_of_the_terminal(bare: Terminal) -> None:
    chinese, english = bare.types("--help"), bare.types("--help", LANG="en_GB.UTF-8")
    for said in (chinese, english):
        assert said.code == 0
        assert all(f"  {command} " in said.out for command in COMMANDS)
    assert "用法" in chinese.out
    assert "Usage" in english.out
    assert "用法" not in english.out


def test_lang_is_stronger_than_the_terminal(bare: Terminal) -> None:
    assert "faults, " in bare.types(f"--lang en check-pack {TINY}").out.lower() or "warning" in bare.types(
        f"--lang en check-pack {TINY}"
    ).out
    assert "提醒" in bare.types(f"--lang zh check-pack {TINY}", LANG="en_GB.UTF-8").out


@pytest.mark.parametrize(
    "line",
    [
        "--lang en layers check nowhere.gpkg", "layers --lang=en check nowhere.gpkg", "layers check nowhere.gpkg --lang en",
        "layers check --lang en nowhere.gpkg", "--lang zh layers check nowhere.gpkg --lang en",
    ],
)  # fmt: skip
def test_lang_may_stand_before_the_command_and_after_it(bare: Terminal, line: str) -> None:
    assert bare.types(line).err == "there is no file nowhere.gpkg\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_a_help_page(bare: Terminal, command: str) -> None:
    said = bare.types(f"{command} --help")
    assert (said.code, said.err) == (0, "")
    assert "--help" in said.out
    assert "--lang [zh|en]" in said.out


# What is typed, the code it ends with, a part of the sentence.
TYPED_WRONGLY = [
    ("", 2, "命令"),
    ("sreve", 2, "没有命令 sreve"),
    ("--lang fr verify", 2, "zh"),
    ("verify --lang fr", 2, "zh"),
    ("verify --lang", 2, "--lang"),
    ("init", 2, "--pack"),
    ("verify --sels", 2, "--seals"),
    ("verify --seals /nowhere/seals", 2, "不存在"),
    ("user post li chief", 2, "collector"),
    ("user post li acceptor --from tomorrow", 2, "2023-03-06"),
    ("user revoke seven", 2, "seven"),
    ("import notices a.csv", 2, "--mapping"),
    ("export", 2, "--as"),
    ("rebuild now", 2, "多余的参数"),
]


@pytest.mark.parametrize(("line", "code", "part"), TYPED_WRONGLY, ids=[line or "nothing" for line, *_ in TYPED_WRONGLY])
def test_what_is_typed_wrongly_is_said(bare: Terminal, line: str, code: int, part: str) -> None:
    said = bare.types(line)
    assert said.code == code
    assert part in said.err


WITHOUT_A_DISTRICT = ["serve", "jobs", "rebuild", "export --as shou1", "user token shou1", "user add li --no-password"]


@pytest.mark.parametrize("line", WITHOUT_A_DISTRICT)
def test_without_a_district_a_command_says_what_to_do(bare: Terminal, line: str) -> None:
    said = bare.types(line)
    assert said.code == 3
    assert "xiuhua init --pack" in said.err


# A surrounding that does not allow it, and a part of the sentence.
SURROUNDINGS = [
    ({"PORT": "abc"}, "PORT=abc"),
    ({"XIUHUA_SECRET": "short"}, "32"),
    ({"XIUHUA_DATABASE": "mysql://x/y"}, "XIUHUA_DATABASE"),
    ({"XIUHUA_DATABASE": "postgresql://nobody@127.0.0.1:1/x"}, "数据库不可用"),
    ({"XIUHUA_DATABASE": "sqlite:///nowhere/at/all.sqlite3"}, "数据库不可用"),
    ({"XIUHUA_HOME": "/proc/1/home"}, "/proc/1/home"),
]


@pytest.mark.parametrize(("given", "part"), SURROUNDINGS, ids=[next(iter(given)) + part[:8] for given, part in SURROUNDINGS])
def test_surroundings_that_do_not_allow_it_are_named(bare: Terminal, given: dict[str, str], part: str) -> None:
    said = bare.types("verify", **given)
    assert said.code == 3
    assert part in said.err


def test_a_home_that_cannot_be_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    said = Terminal(tmp_path / "file" / "home").types("verify")
    assert said.code == 3
    assert "无法读写" in said.err


def test_a_pack_that_is_not_there_is_named(bare: Terminal) -> None:
    for line in ("init --pack /nowhere", "check-pack /nowhere"):
        said = bare.types(line)
        assert said.code == 1
        assert "nowhere" in said.out + said.err


def test_a_pack_with_faults_is_refused_fault_by_fault(bare: Terminal, tmp_path: Path) -> None:
    pack = tmp_path / "tiny"
    pack.mkdir()
    for file in TINY.iterdir():
        if file.is_file():
            (pack / file.name).write_bytes(file.read_bytes())
    with (pack / "duty.csv").open("a", encoding="utf-8") as duty:
        duty.write("d99,tiny/event/spill,*,,,nobody,list,甲,a,tests,2020-01-01,\n")
    refused, checked = bare.types(f"init --pack {pack}"), bare.types(f"check-pack {pack} --format json")
    assert (refused.code, checked.code) == (1, 1)
    assert "duty.csv:11 organisation" in refused.err
    assert "未载入" in refused.err
    faults = [row for row in json.loads(checked.out) if row["level"] == "fault"]
    assert [(row["file"], row["line"], row["field"]) for row in faults] == [("tiny/duty.csv", 11, "organisation")]


def test_the_same_pack_again_changes_nothing(tiny: Terminal) -> None:
    said = tiny.types(f"init --pack {TINY} --format json")
    assert said.code == 0
    assert json.loads(said.out)["changed"] == []


def test_the_data_in_force_are_written_out_and_load_again(tiny: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert tiny.types(f"write-pack {out}").code == 0
    assert (out / "tiny" / "grids.csv").read_bytes() == (TINY / "grids.csv").read_bytes()
    again = tiny.types(f"init --pack {out / 'tiny'} --format json")
    assert json.loads(again.out)["changed"] == []
    refused = tiny.types(f"--lang en write-pack {out}")
    assert refused.code == 1
    assert "is not an empty folder" in refused.err


def test_an_account_lives_from_add_to_revoke(tiny: Terminal) -> None:
    assert tiny.types("user add li --no-password").code == 0
    assert tiny.types("user add li --no-password").err.strip() == "账号已存在"
    assert tiny.types("user post li acceptor --organisation nowhere").err.strip() == "没有这个单位"
    assert tiny.types("user post li acceptor --organisation centre --from 2020-01-01").code == 0
    made = json.loads(tiny.types("user token li --format json").out)
    assert made["token"].startswith("xh_")
    assert tiny.types(f"user revoke {made['id']}").code == 0
    assert tiny.types("user take li acceptor --organisation centre").code == 0
    assert tiny.types("user take li acceptor --organisation centre").code == 1


def test_a_password_may_come_from_a_program(tiny: Terminal) -> None:
    weak, right = (tiny.types("user password shou1", stdin=f"{text}\n") for text in ("short", "a-long-word-91x"))
    assert weak.code == 1
    assert "10" in weak.err
    assert right.code == 0
    assert "a-long-word" not in right.out + right.err


UNKNOWN = ["user password ghost", "user token ghost", "user take ghost acceptor", "user revoke 77", "export --as ghost"]


@pytest.mark.parametrize("line", UNKNOWN)
def test_somebody_who_is_not_there_is_refused(tiny: Terminal, line: str) -> None:
    said = tiny.types(line, stdin="a-long-word-91x\n")
    assert said.code == 1
    assert said.err.strip()


def test_export_needs_the_right(tiny: Terminal) -> None:
    assert tiny.types("export --as cai1").code == 1
    allowed = tiny.types("export --as zhi1")
    assert allowed.code == 0
    assert allowed.out.startswith("编号")


def test_a_file_that_is_not_there_cannot_be_imported(tiny: Terminal) -> None:
    said = tiny.types("import notices nowhere.csv --mapping nowhere.toml")
    assert said.code in (1, 2)
    assert "nowhere" in said.err


def test_verify_and_rebuild_answer_people_and_programs(tiny: Terminal) -> None:
    verified, rebuilt = tiny.types("verify --format json"), tiny.types("rebuild --format json")
    assert (verified.code, rebuilt.code) == (0, 0)
    assert json.loads(verified.out)["ok"] is True
    assert json.loads(rebuilt.out)["differing"] == 0
    assert "全部相符" in tiny.types("verify").out


def test_tokens_are_listed_and_an_account_is_closed(tiny: Terminal) -> None:
    assert tiny.types("user add leaving --no-password").code == 0
    assert tiny.types("user token leaving --name tablet").code == 0
    assert "tablet" in tiny.types("user tokens leaving").out
    assert tiny.types("user close leaving").code == 0
    assert tiny.types("user close ghost").code == 1


def test_erasing_asks_for_an_administrator_and_a_case(tiny: Terminal) -> None:
    assert tiny.types("erase 990101-20230306-00001 --as shou1 --reason asked").code == 1
    assert tiny.types("erase 990101-20230306-09999 --as guan1 --reason asked").code == 1
