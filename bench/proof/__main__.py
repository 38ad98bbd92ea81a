"""`make proof`: every proof, or those named. Ends with 1 where one of them does not hold.

    python -m bench.proof killed flipped
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench.measure import machine
from bench.proof import flipped, killed

RESULTS: Final = Path(__file__).parents[1] / "results" / "proof.json"
PROOFS: Final[dict[str, Callable[[], dict[str, Any]]]] = {"killed": killed.proof, "flipped": flipped.proof}


def main(names: list[str]) -> int:
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for name in names or list(PROOFS):
        began = time.monotonic()
        result = PROOFS[name]()
        results[name] = {"machine": machine(), "seconds": round(time.monotonic() - began), **result}
        print(name, json.dumps(result, ensure_ascii=False, indent=1), flush=True)
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    return int(not all(results[name]["holds"] for name in names or PROOFS))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
