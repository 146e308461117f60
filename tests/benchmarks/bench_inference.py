"""How fast is inferring, and is it safe in the long run? Run: `python -m tests.benchmarks.bench_inference [closings]`.

First what one evaluation spends on its rules of inference: deciding their tests, and the executor, which tells
durable_rules tokens and reads what fired. Nothing is kept from one closing to the next, so filing the same again and
again costs what something new would; only rows of which the same is decided are closed once, and the forms of many rows
repeat six. Machines are noisy: the least of many runs is reported, in time of the processor.

Then closings with truths drawn at random, of bundled rule sets and of random programs: durable_rules must conclude what
plain bits conclude, in every one, and memory must stay flat.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from engine.algebra.carriers import SCALARS
from engine.algebra.meaning import Truth
from engine.desk import Rules, load_rules, read_submission
from engine.filing.gathering import gather
from engine.inference import durable_rules
from engine.inference.bitwise import Bitwise
from engine.inference.durable_rules import DurableRules
from engine.inference.facts import Decided
from engine.inference.program import Program
from engine.judging import judge
from engine.reading.library import Filing
from tests.core.programs import BITS, TRUTHS, compiled, random_program

from .bench_evaluate import KAIFU, of_rows, thirty

BUNDLED = ("national-self-evaluation", "hunan-department-b", "jiangxi-department")


class Watch:
    """How long functions took, and how often they were called."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.calls = 0

    def over(self, name: str, function: Callable) -> Callable:
        """The same function, watched."""

        def watched(*arguments: object) -> object:
            start = time.thread_time()
            found = function(*arguments)
            self.spent[name] = self.spent.get(name, 0.0) + time.thread_time() - start
            self.calls += 1
            return found

        return watched


def parts(rules: Rules, filing: Filing, times: int) -> dict[str, float]:
    """The least that each part of inferring took in one evaluation, in ms."""
    watch, least = Watch(), {}
    seen = judge._Judge
    kept = seen._infer, seen._atoms, durable_rules._Network.close
    seen._infer, seen._atoms = watch.over("inferring", kept[0]), watch.over("tests of the whole", kept[1])
    durable_rules._Network.close = watch.over("closing", kept[2])
    try:
        for run in range(times + 1):
            figures = gather(filing.submission, filing.place, rules.plan.ruleset.figures)
            watch.spent.clear()
            judge.judge(rules.plan, figures, rules.executor)
            for name, spent in watch.spent.items() if run else ():
                least[name] = min(least.get(name, spent), spent)
    finally:
        seen._infer, seen._atoms, durable_rules._Network.close = kept
    return {name: spent * 1000 for name, spent in least.items()}


def evaluations() -> None:
    """What inferring costs in the evaluations of `bench_evaluate`."""
    national = load_rules(BUNDLED[0])
    with tempfile.TemporaryDirectory() as folder:
        some, many = (read_submission(of_rows(count, Path(folder))) for count in (60, 15_000))
    runs = [
        (*thirty(), 60, "30 criteria"),
        (national, read_submission(KAIFU), 60, "Kaifu"),
        (national, some, 30, "60 rows"),
    ]
    for rules, filing, times, name in [*runs, (national, many, 2, "15,000 rows")]:
        told = ", ".join(f"{part} {spent:.2f}" for part, spent in parts(rules, filing, times).items())
        print(f"{name}, ms: {told}")


def programs(random: Random) -> Iterator[Program]:
    """Programs without end: those bundled, and random ones between them."""
    bundled = [program for name in BUNDLED for program in (load_rules(name).plan.findings,)]
    made = [compiled(random_program(seed).rules) for seed in range(20)]
    while True:
        yield random.choice(bundled if random.random() < 0.5 else made)


def drawn(random: Random, program: Program, given: tuple[tuple[str, bool], ...]) -> Decided[bool]:
    """Every test of a program decided at random, for a submission of up to four rows."""

    def truths(per_row: bool) -> dict[str, Truth[bool]]:
        names = [atom.id for atom in program.atoms if atom.per_row == per_row]
        names += [name for name, of_row in given if of_row == per_row]
        return {name: Truth(*BITS[random.choice(TRUTHS)]) for name in names}

    return Decided(truths(False), [truths(True) for _ in range(random.randint(0, 4))])


def long_run(closings: int) -> None:
    """So many closings, each compared. Raises `AssertionError` at the first difference."""
    random, watch, engine = Random(1), Watch(), durable_rules._compiled()
    engine.delete_state = watch.over("closing", engine.delete_state)
    executor, bits, said = DurableRules(), Bitwise(SCALARS), 0
    given = tuple({"早先": False, "早先另一": False, "逐行早先": True, "逐行早先另一": True}.items())
    for program in programs(random):
        decided = drawn(random, program, given)
        assert executor(program, decided) == bits(program, decided)
        if watch.calls * 10 // closings > said or watch.calls >= closings:
            said = watch.calls * 10 // closings
            print(f"{watch.calls:,} closings alike, {_resident():.0f} MiB resident", flush=True)
        if watch.calls >= closings:
            return


def _resident() -> float:
    """Of this process now, where the system says so, else its most."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the figures, then make the long run."""
    evaluations()
    long_run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)


if __name__ == "__main__":
    main()
