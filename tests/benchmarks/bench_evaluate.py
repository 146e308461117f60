"""How fast is one evaluation, and the whole command? Run: `python -m tests.benchmarks.bench_evaluate`.

One evaluation in-process, trace included, on a warm engine: at most 5 ms for 30 criteria. `jixiao score` as a whole
process: at most 0.7 s and 150 MiB; `--help` at most 0.35 s. Machines are noisy: the least of many runs is reported,
with the median, beside what importing the libraries alone costs on the same machine.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from engine.desk import evaluate
from engine.inference.durable_rules import DurableRules
from engine.planning.plan import Plan
from engine.planning.planner import plan
from engine.reading.document import parse
from engine.reading.library import (
    Filing,
    digest,
    find_ruleset,
    find_submission,
    load_plan,
    load_submission,
    rule_document,
)
from engine.reading.models import validated
from engine.rules.ruleset import RuleSet

ROOT = Path(__file__).resolve().parents[2]


def thirty() -> tuple[Plan, Filing]:
    """A rule set of 30 measured criteria and 10 chained findings, and a submission for it."""
    document = rule_document(find_ruleset("hunan-department-b"))
    base = {key: value for key, value in document.data.items() if key != "include"}
    rows = [row for block in base["criteria"].values() for row in block["criteria"].items()]
    base["criteria"] = {}
    for number in range(30):
        name, row = rows[number % len(rows)]
        shown = {key: value for key, value in row.items() if key != "examples"}
        base["criteria"][f"{name}{number}"] = {**shown, "measure": name}
    base["of"] = "240"
    for number in range(5):
        base["findings"][f"连锁{number}"] = {
            **base["findings"]["追加而年末有结余"],
            "when": f"{'追加而年末有结余' if not number else f'连锁{number - 1}'} and 实际在职人数 > 0",
        }
    document = parse(json.dumps(base, ensure_ascii=False), "thirty.yaml")  # JSON is YAML
    ruleset = validated(document, RuleSet)
    made = plan(ruleset, document.place, digest(ruleset))
    return made, load_submission(find_submission("2018-hunan-unnamed-department"))


def timed(run: Callable[[], object], times: int) -> tuple[float, float]:
    """Least and median seconds."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken), statistics.median(taken)


def process(*arguments: str) -> Callable[[], object]:
    """A whole process."""
    return lambda: subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=True)


def main() -> None:
    """Print the figures."""
    executor = DurableRules()
    national = load_plan(find_ruleset("national-self-evaluation"))
    kaifu = load_submission(find_submission("2022-kaifu-market-supervision"))
    for name, (rules, filing) in {
        "30 criteria, 10 findings": thirty(),
        f"Kaifu, 6 rows, {len(national.ruleset.findings)} findings": (national, kaifu),
    }.items():
        least, median = timed(
            lambda r=rules, f=filing: evaluate(r, f.submission, f.place, f.digest, executor),  # type: ignore[misc]
            100,
        )
        print(f"one evaluation, {name}: least {least * 1000:.2f} ms, median {median * 1000:.2f} ms")
    libraries = "import typer, pydantic, lark, yaml, durable.engine, rich.table"
    for name, arguments in {
        "libraries alone": ("-c", libraries),
        "jixiao score": ("-m", "cli.main", "score", "2022-kaifu-market-supervision"),
        "jixiao --help": ("-m", "cli.main", "--help"),
    }.items():
        least, median = timed(process(*arguments), 9)
        print(f"{name}: least {least:.2f} s, median {median:.2f} s")
    print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
