"""`xiuhua`: the commands. Each is thin, says one clear sentence when something is wrong, and ends with a code:

0 done · 1 refused, or faults were found · 2 typed wrongly · 3 the surroundings do not allow it (disk, database, port).
"""

import signal
import sys

import click

from xiuhua.domain.words import Wrong
from xiuhua.shell.commands.district import check_pack, init
from xiuhua.shell.commands.notices import export, import_group
from xiuhua.shell.commands.past import rebuild, verify
from xiuhua.shell.commands.people import user
from xiuhua.shell.commands.serving import demo, jobs, serve
from xiuhua.shell.speaking import LANGUAGE, said, text

REFUSED, SURROUNDINGS, STOPPED = 1, 3, 130


@click.group(help=text("绣花：城市运行管理服务平台", "Xiuhua: city operation and management"))
@click.option("--lang", type=click.Choice(["zh", "en"]), default=LANGUAGE, help=text("语言", "language"))
def xiuhua(lang: str) -> None:
    del lang  # looked up by `speaking`, before help texts are made


for command in (init, serve, jobs, demo, import_group, export, verify, rebuild, check_pack, user):
    xiuhua.add_command(command)


def main() -> None:
    """Every failure that a user can cause or meet ends in a sentence, never in a traceback."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended from outside is ended by hand
    try:
        xiuhua.main(standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _end(text("已中断；已写入的都完整", "stopped; what was written is whole"), STOPPED)
    except SystemExit as wrong:  # a setting that cannot be used stops Django's own start
        if isinstance(wrong.code, str):
            _end(wrong.code, SURROUNDINGS)
        raise
    except Wrong as wrong:
        faults = getattr(wrong, "faults", ())
        for fault in faults:
            click.echo(said(fault), err=True)
        total = text(f"共 {len(faults)} 处错误，未载入", f"{len(faults)} faults; nothing was loaded")
        _end(total if faults else wrong.words.text(LANGUAGE), REFUSED)
    except (LookupError, OSError) as wrong:
        _end(_surroundings(wrong), SURROUNDINGS)
    except Exception as wrong:
        if not _is_database(wrong):
            raise
        _end(text(f"数据库不可用：{wrong}", f"the database cannot be used: {wrong}"), SURROUNDINGS)


def _surroundings(wrong: LookupError | OSError) -> str:
    if isinstance(wrong, PermissionError):
        return text(f"没有权限：{wrong.filename}", f"permission denied: {wrong.filename}")
    if isinstance(wrong, FileNotFoundError):
        return text(f"没有此文件：{wrong.filename}", f"there is no file {wrong.filename}")
    if isinstance(wrong, OSError):
        return text(f"无法读写：{wrong}", f"cannot read or write: {wrong}")
    if type(wrong).__name__ == "NoDistrict":
        return text("还没有载入区数据，请先运行 xiuhua init --pack 文件夹", str(wrong))
    raise wrong


def _is_database(wrong: Exception) -> bool:
    """Asked by name: Django may not even be loaded."""
    return any(kind.__name__ in ("DatabaseError", "InterfaceError", "StoreBusy") for kind in type(wrong).__mro__)


def _end(sentence: str, code: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(code)
