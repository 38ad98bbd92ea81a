"""`make bench`: every figure beside its floor, or those named; kept in bench/results/bench.json and README.md.

    python -m bench due batch intake list
    python -m bench intake-sqlite

Each part is a process of its own: one process knows one database.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from bench.figure import table
from bench.measure import CHECKOUT, machine

RESULTS: Final = Path(__file__).parent / "results"
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "due": ("bench.due", "--rows"),
    "batch-sqlite": ("bench.batch", "sqlite"),
    "batch-postgresql": ("bench.batch", "postgresql"),
    "intake-sqlite": ("bench.intake", "sqlite"),
    "intake-postgresql": ("bench.intake", "postgresql"),
    "list": ("bench.lists",),
    "figures": ("bench.rates",),
    "divide": ("bench.divide",),
    "maps": ("bench.maps",),
    "layers": ("bench.layers",),
    "locate": ("bench.space", "locate"),
    "components-sqlite": ("bench.space", "sqlite-230000"),
    "components-sqlite-million": ("bench.space", "sqlite-1000000"),
    "components-postgresql": ("bench.space", "postgresql-230000"),
    "components-postgresql-million": ("bench.space", "postgresql-1000000"),
}
HEAD: Final = """# What it costs

Made by `make bench` and `make proof`. Each figure stands beside its floor: the same rows by plain SQL with the same
settings, one transaction for each case, measured in the same run. CPU is that of product and database together, for
one notice, move or page. `load` is how many other processes wanted a core when a part began: with more than there are
cores, what is done in a second is worth little, and CPU is a third higher than on a machine at rest.

"""


def main(names: list[str]) -> int:
    wanted = [part for part in PARTS if not names or any(part.startswith(name) for name in names)]
    unknown = [name for name in names if not any(part.startswith(name) for part in PARTS)]
    if unknown:
        print(f"no such part as {', '.join(unknown)}; there are: {', '.join(PARTS)}")
        return 2
    file = RESULTS / "bench.json"
    kept: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    for part in wanted:
        here = machine()
        kept[part] = {"machine": here, "figures": [{**row, "load": here["load"]} for row in _measured(part)]}
        print(table(kept[part]["figures"]), flush=True)
        RESULTS.mkdir(exist_ok=True)
        file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
    (RESULTS / "README.md").write_text(_page({part: kept[part] for part in PARTS if part in kept}))
    return 0


def _measured(part: str) -> list[dict[str, Any]]:
    module, *arguments = PARTS[part]
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def _page(kept: dict[str, Any]) -> str:
    rows = [row for part in kept.values() for row in part["figures"]]
    last = max((part["machine"] for part in kept.values()), key=lambda machine: str(machine["at"]))
    on = (
        f"Last on {last['at']}, commit {last['commit']}: {last['cores']} cores of {last['cpu']}, "
        f"{last['memory_gb']} GB, Python {last['python']}, SQLite {last['sqlite']}.\n"
    )
    return f"{HEAD}{on}\n{table(rows)}\n\nThe machine of each part is in `bench.json`, the proofs in `proof.json`.\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
