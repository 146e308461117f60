"""How fast is one evaluation, and the whole command? Run: `python -m tests.benchmarks.bench_evaluate`.

In-process, on rules that are loaded: 3 ms for 30 criteria, 6 ms for the Kaifu case, 10 ms for a form of 60 rows, 3 s
for one of 15,000, 2 s for 50 files (read, too, and worded). An answer comes with its trace and is worded when it is
read; with all its words, down to the JSON, it is told below each, without a limit. As a whole process: `jixiao score`
within 2.5 times what importing its libraries costs, `--help` 0.1 s beyond the interpreter's own start. Machines are
noisy: the least of many runs is reported, in seconds of the processor, each beside its limit.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice, repeat
from math import inf
from pathlib import Path
from typing import Any

from engine.desk import Desk, Rules, load_rules, read_submission
from engine.planning.planner import plan
from engine.reading.document import parse
from engine.reading.editions import rule_document
from engine.reading.library import Filing, case_folders, digest, find_ruleset, find_submission, load_submission
from engine.reading.models import validated
from engine.rules.ruleset import RuleSet
from engine.telling.evaluation import content
from engine.values.problems import Refused

ROOT = Path(__file__).resolve().parents[2]
KAIFU = "2022-kaifu-market-supervision"
LIBRARIES = "import typer, pydantic, rich, durable.lang"


@dataclass(frozen=True)
class Figure:
    """Something timed, how often it is tried, and what it may take."""

    name: str
    run: Callable[[], object]
    times: int
    limit: float
    of_children: bool = False
    beyond: float = 0
    """What is not counted: the interpreter's own start."""

    def least(self) -> float:
        """The least of all runs but the first, in seconds of the processor."""
        self.run()
        return min(self._one() for _ in range(self.times)) - self.beyond

    def _one(self) -> float:
        start = _spent(self.of_children)
        self.run()
        return _spent(self.of_children) - start


def _spent(of_children: bool) -> float:
    if not of_children:
        return time.process_time()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def thirty() -> tuple[Rules, Filing]:
    """A rule set of 30 measured criteria and 10 chained findings, and a submission for it."""
    name = "hunan-department-b"
    document = rule_document(find_ruleset(name))
    base = {key: value for key, value in document.data.items() if key != "include"}
    rows = [row for block in base["criteria"].values() for row in block["criteria"].items()]
    base["criteria"] = {}
    for number in range(30):
        title, row = rows[number % len(rows)]
        shown = {key: value for key, value in row.items() if key != "examples"}
        base["criteria"][f"{title}{number}"] = {**shown, "measure": title}
    base["of"] = "240"
    for number in range(5):
        base["findings"][f"连锁{number}"] = {
            **base["findings"]["追加而年末有结余"],
            "when": f"{'追加而年末有结余' if not number else f'连锁{number - 1}'} and 实际在职人数 > 0",
        }
    document = parse(json.dumps(base, ensure_ascii=False), "thirty.yaml")  # JSON is YAML
    ruleset = validated(document, RuleSet)
    made = plan(ruleset, document.place, digest(ruleset))
    return replace(load_rules(name), plan=made), load_submission(find_submission("2018-hunan-unnamed-department"))


def of_rows(count: int, folder: Path) -> Path:
    """The Kaifu case with so many indicator rows: its own again and again, each under another name."""
    kaifu: dict[str, Any] = parse(find_submission(KAIFU).read_text(encoding="utf-8"), KAIFU).data
    rows = islice(chain.from_iterable(repeat(kaifu["indicators"])), count)
    kaifu["indicators"] = [{**row, "name": f"{row['name']}{number}"} for number, row in enumerate(rows)]
    path = folder / f"rows-{count}.yaml"
    path.write_text(json.dumps(kaifu, ensure_ascii=False), encoding="utf-8")
    return path


def fifty(desk: Desk) -> list[Path]:
    """Fifty files that can be judged; their rules are then loaded."""
    found = []
    for folder in case_folders():
        try:
            desk.evaluate(read_submission(folder / "submission.yaml"))
        except Refused:
            continue
        found.append(folder / "submission.yaml")
    return list(islice(chain.from_iterable(repeat(found)), 50))


def both(name: str, rules: Rules, filing: Filing, times: int, limit: float) -> Iterator[Figure]:
    """The answer with its trace, and the same with every word of it."""
    yield Figure(name, lambda: rules.evaluate(filing), times, limit)
    yield Figure("  and worded, as JSON", lambda: content(rules.evaluate(filing)), max(times // 3, 1), inf)


def within(folder: Path) -> Iterator[Figure]:
    """The figures in process."""
    rules, filing = thirty()
    yield from both("30 criteria, 10 findings", rules, filing, 100, 0.003)
    national = load_rules("national-self-evaluation")
    kaifu = read_submission(KAIFU)
    said = f"Kaifu, 6 rows, {len(national.plan.ruleset.findings)} findings"
    yield from both(said, national, kaifu, 100, 0.006)
    for count, times, limit in ((60, 40, 0.010), (15_000, 2, 3)):
        yield from both(f"{count:,} rows", national, read_submission(of_rows(count, folder)), times, limit)
    desk = Desk()
    files = fifty(desk)
    yield Figure("50 files", lambda: [content(desk.evaluate(read_submission(path))) for path in files], 3, 2)


def process(folder: str, *arguments: str) -> Callable[[], object]:
    """A whole process, its bytecode kept in a folder as that of an installed program is."""
    known = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept = known | {"PYTHONPYCACHEPREFIX": folder}
    return lambda: subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=True, env=kept)


def told(figure: Figure) -> float:
    """Print a figure beside its limit."""
    least = figure.least()
    limit = "" if figure.limit == inf else f" of {figure.limit * 1000:,.0f} ({least / figure.limit:.2f})"
    print(f"{figure.name}: {least * 1000:,.1f} ms{limit}")
    return least


def commands(folder: str) -> None:
    """The figures of whole processes."""
    start = Figure("python", process(folder, "-c", "pass"), 9, 1, True).least()
    libraries = Figure(LIBRARIES, process(folder, "-c", LIBRARIES), 9, 1, True).least()
    print(f"python alone: {start * 1000:.0f} ms; {LIBRARIES}: {libraries * 1000:.0f} ms")
    told(Figure("jixiao score", process(folder, "-m", "cli.main", "score", KAIFU), 9, 2.5 * libraries, True))
    told(Figure("jixiao --help, beyond python", process(folder, "-m", "cli.main", "--help"), 9, 0.1, True, start))
    print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


def main() -> None:
    """Print the figures; processes first, since a child begins as large as its parent."""
    with tempfile.TemporaryDirectory() as folder:
        commands(folder)
        for figure in within(Path(folder)):
            told(figure)


if __name__ == "__main__":
    main()
