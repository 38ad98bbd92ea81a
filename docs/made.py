"""The parts of the docs that are made from the code: `make docs` writes them, `make check` compares them.

A part stands between `<!-- made: name -->` and `<!-- end -->`; MAKERS says what makes it.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from xiuhua.domain.case import OPEN
from xiuhua.domain.flow import CASE
from xiuhua.domain.grid_change_flow import GRID_CHANGE
from xiuhua.domain.ground_metric import GROUND_METRICS
from xiuhua.domain.moves import Move, Table
from xiuhua.domain.people import RIGHTS, Post, Right
from xiuhua.domain.words import Words
from xiuhua.shell.environment import VARIABLES

ROOT = Path(__file__).resolve().parent.parent
PART = re.compile(r"(<!-- made: (?P<name>[a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def verbs() -> str:
    found = re.findall(r"^([a-z]+):.*?  ## (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return "\n".join(["| verb | what it does |", "|---|---|", *(f"| `make {verb}` | {what} |" for verb, what in found)])


def variables() -> str:
    rows = (f"| `{name}` | {default} | {what} |" for name, (default, what) in VARIABLES.items())
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])


MANY = 4  # ours: a move from more stages than this is left out of the picture and stands in the table only


def diagram(table: Table = CASE) -> str:
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for move in table.moves.values():
        for source in sorted(move.sources) or ["[*]"]:
            if move.to and len(move.sources) <= MANY:
                arrows[source, move.to].append(move.name)
    ends = [f"{_id(stage.name)} --> [*]" for stage in table.stages.values() if stage.end]
    names = [f'state "{stage.name} {stage.words.zh}" as {_id(stage.name)}' for stage in table.stages.values()]
    drawn = [f"{_id(a)} --> {_id(b)}: {', '.join(moves)}" for (a, b), moves in arrows.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *(f"    {line}" for line in (*names, *drawn, *ends)), "```"])


def _id(stage: str) -> str:
    return stage.replace("-", "_")


def moves(table: Table = CASE) -> str:
    head = ["| move | 中文 | from | to | who | clocks |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *(_row(move) for move in table.moves.values())])


def _row(move: Move) -> str:
    clocks = [*(f"+{start.clock}" for start in move.starts), *(f"−{clock}" for clock in move.ends)]
    who = ", ".join(sorted(post.value for post in move.by))
    sources = "(any open)" if move.sources == OPEN else ", ".join(sorted(move.sources)) or "(new)"
    to = move.to or "(stays)"
    return f"| `{move.name}` | {move.words.zh} | {sources} | {to} | {who} | {', '.join(clocks)} |"


SEES: dict[Right, Words] = {
    Right.SEE_ALL_CASES: Words("全部案件", "all cases"),
    Right.SEE_UNIT_CASES: Words("本单位案件", "the unit's cases"),
    Right.SEE_OWN_GRID_CASES: Words("本网格案件", "cases in the own grids"),
    Right.SEE_PERSONS: Words("反映人姓名电话（每次留痕）", "names and phones of reporters (each look is written down)"),
    Right.SEE_FIGURES: Words("指标", "figures"),
    Right.EXPORT: Words("导出", "exports"),
    Right.RELEASE_PHOTO: Words("公开照片", "makes photos public"),
    Right.SEE_POSITIONS: Words("监督员位置（每次留痕）", "where collectors on shift are (each look is written down)"),
    Right.READ_JOURNAL: Words("日志", "the journal"),
    Right.ADMINISTER: Words("管理", "administers"),
    Right.SEE_POSITIONS: Words("在岗人员位置", "positions of those on shift"),
    Right.SEE_COMPONENTS: Words("部件", "components"),
    Right.KEEP_COMPONENTS: Words("部件台账", "keeps the component register"),
}
NOTHING_ELSE = Words("自己上报的案件", "cases reported by oneself")


def posts() -> str:
    return _posts("| post | sees | can do, in the stages where it is possible |", lambda words: words.en, ", ")


def posts_zh() -> str:
    return _posts("| 岗位 | 能看 | 能办（在可办的环节） |", lambda words: words.zh, "、")


def _posts(head: str, say: Callable[[Words], str], comma: str) -> str:
    rows = []
    for post in (post for post in Post if post is not Post.SYSTEM):
        seen = [say(SEES[right]) for right in Right if right in RIGHTS[post]] or [say(NOTHING_ELSE)]
        done = dict.fromkeys(say(move.words) for move in CASE.moves.values() if post in move.by)
        rows.append(f"| {say(post.words)} | {comma.join(seen)} | {comma.join(done)} |")
    return "\n".join([head, "|---|---|---|", *rows])


def ground_metrics() -> str:
    head = ["| figure | 指标 | what is counted | 口径 |", "|---|---|---|---|"]
    rows = (f"| {m.names.en} | {m.names.zh} | {m.how.en} | {m.how.zh} |" for m in GROUND_METRICS.values())
    return "\n".join([*head, *rows])


MAKERS: dict[str, Callable[[], str]] = {
    "verbs": verbs,
    "variables": variables,
    "diagram": diagram,
    "moves": moves,
    "grid-change-diagram": partial(diagram, GRID_CHANGE),
    "grid-change-moves": partial(moves, GRID_CHANGE),
    "ground-metrics": ground_metrics,
    "posts": posts,
    "posts-zh": posts_zh,
}


def made(text: str) -> str:
    return PART.sub(lambda part: f"{part[1]}{MAKERS[part['name']]()}\n{part[3]}", text)


def stale() -> list[Path]:
    """The pages whose made parts are not what the code says now."""
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    return [page for page in pages if made(page.read_text(encoding="utf-8")) != page.read_text(encoding="utf-8")]


def main() -> int:
    pages = stale()
    if "--check" in sys.argv:
        for page in pages:
            print(f"{page.relative_to(ROOT)} is behind the code: make docs")
        return len(pages)
    for page in pages:
        page.write_text(made(page.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
