"""How long do the bundled rule sets and cases take? Run it: `python -m tests.benchmarks.bench_library`.

Each rule set is loaded in a process of its own, as a command does: with the tables of the grammars and the clauses
read before kept, as they are after a first run. Best of five, without the start of Python and its imports.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from engine.reading.library import ruleset_files

ROOT = Path(__file__).parents[2]
LOAD = """
import sys
from pathlib import Path
from time import perf_counter
from engine.reading.editions import load_plan
start = perf_counter()
load_plan(Path(sys.argv[1]))
print(perf_counter() - start)
"""


def seconds(*arguments: str) -> float:
    """What a process prints."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)


def loading(path: Path) -> float:
    """Milliseconds from a rule file to its plan."""
    return 1000 * min(seconds("-c", LOAD, str(path)) for _ in range(5))


def running() -> float:
    """Seconds for checking all rule sets and running all cases."""
    start = perf_counter()
    names = [path.stem for path in ruleset_files()]
    for arguments in (["rules", "check", *names], ["cases", "run"]):
        subprocess.run([sys.executable, "-m", "cli.main", *arguments], cwd=ROOT, capture_output=True, check=True)
    return perf_counter() - start


if __name__ == "__main__":
    found = sorted(((loading(path), path.stem) for path in ruleset_files()), reverse=True)
    for took, name in found[:5]:
        print(f"{took:6.0f} ms  {name}")
    print(f"{running():6.1f} s   all rule sets checked, all cases run")
