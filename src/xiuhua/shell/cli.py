"""`xiuhua`: the commands. Each is thin, says one clear sentence when something is wrong, and ends with a code:

0 done · 1 refused, or faults were found · 2 typed wrongly · 3 the surroundings do not allow it (disk, database, port).
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any, Final

import click

from xiuhua.domain.words import Words, Wrong
from xiuhua.shell.commands.components import components
from xiuhua.shell.commands.district import check_pack, init, write_pack
from xiuhua.shell.commands.grids import grids
from xiuhua.shell.commands.ground import ground
from xiuhua.shell.commands.layers import layers
from xiuhua.shell.commands.notices import export, import_group
from xiuhua.shell.commands.past import erase, rebuild, verify
from xiuhua.shell.commands.people import user
from xiuhua.shell.commands.serving import demo, jobs, serve
from xiuhua.shell.speaking import LANGUAGE, said, text

REFUSED, SURROUNDINGS, STOPPED = 1, 3, 130


NO_DISTRICT: Final = Words(
    "还没有载入区数据，请先运行 xiuhua init --pack 文件夹", "no district is loaded; run xiuhua init --pack FOLDER first"
)


@click.group(help=text("绣花：城市运行管理服务平台", "Xiuhua: city operation and management"))
def xiuhua() -> None:
    pass


COMMANDS = (
    init, serve, jobs, demo, check_pack, write_pack, user, import_group, export, verify, rebuild, erase,
    grids, layers, components, ground,
)  # fmt: skip
for command in COMMANDS:
    xiuhua.add_command(command)


def _speak(command: click.Command) -> None:
    """Every command takes `--lang`, wherever it was typed. Its value is looked up by `speaking`, before help texts are
    made."""
    languages = click.Choice(["zh", "en"])
    command.params.append(click.Option(["--lang"], type=languages, expose_value=False, help=text("语言", "language")))
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _speak(below)


_speak(xiuhua)


def main() -> None:
    """Every failure that a user can cause or meet ends in a sentence, never in a traceback."""
    os.umask(0o077)  # persons' names lie in what is written: another user of the machine reads none of it
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended from outside is ended by hand
    try:
        xiuhua.main(standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except BaseException as wrong:
        ending = next(found for kinds, found in _ENDINGS if isinstance(wrong, kinds))(wrong)
        if ending is None:  # a fault of ours: whoever reports it needs to see where
            raise
        sentences, code = ending
        for sentence in sentences:
            click.echo(sentence, err=True)
        sys.exit(code)


Ending = tuple[list[str], int]


def _stopped(_: Any) -> Ending:
    return [text("已中断；已写入的都完整", "stopped; what was written is whole")], STOPPED


def _setting(wrong: Any) -> Ending | None:
    """A setting that cannot be used stops Django's own start with a sentence."""
    return ([wrong.code], SURROUNDINGS) if isinstance(wrong.code, str) else None


def _wrong(wrong: Any) -> Ending:
    faults = getattr(wrong, "faults", ())
    total = text(f"共 {len(faults)} 处错误，未载入", f"faults: {len(faults)}; nothing was loaded")
    return [*(said(fault) for fault in faults), total if faults else wrong.words.text(LANGUAGE)], REFUSED


def _on_disk(wrong: Any) -> Ending:
    if isinstance(wrong, PermissionError):
        return [text(f"没有权限：{wrong.filename}", f"permission denied: {wrong.filename}")], SURROUNDINGS
    if isinstance(wrong, FileNotFoundError):
        return [text(f"没有此文件：{wrong.filename}", f"there is no file {wrong.filename}")], SURROUNDINGS
    return [text(f"无法读写：{wrong}", f"cannot read or write: {wrong}")], SURROUNDINGS


def _by_name(wrong: Any) -> Ending | None:
    """Asked by name: neither Django nor the store may even be loaded."""
    names = {kind.__name__ for kind in type(wrong).__mro__}
    if "NoDistrict" in names or ("DatabaseError" in names and _has_no_tables(wrong)):
        return [NO_DISTRICT.text(LANGUAGE)], SURROUNDINGS
    if "StoreBusy" in names:
        return [text("另一个进程一直在写入，请稍后再试", str(wrong))], SURROUNDINGS
    if names & {"DatabaseError", "InterfaceError"}:
        return [text(f"数据库不可用：{wrong}", f"the database cannot be used: {wrong}")], SURROUNDINGS
    return None


def _has_no_tables(wrong: Exception) -> bool:
    """SQLite and PostgreSQL say it differently."""
    return "no such table" in str(wrong) or type(wrong.__cause__).__name__ == "UndefinedTable"


_ENDINGS: Final[tuple[tuple[Any, Callable[[Any], Ending | None]], ...]] = (
    ((click.Abort, KeyboardInterrupt), _stopped),
    (SystemExit, _setting),
    (Wrong, _wrong),
    (OSError, _on_disk),
    (BaseException, _by_name),
)
