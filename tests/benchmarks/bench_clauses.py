"""How many clauses are read in a second? Run it: `python -m tests.benchmarks.bench_clauses`."""

from __future__ import annotations

from fractions import Fraction
from time import perf_counter

from engine.clauses.reader import read
from tests.clauses.official import OFFICIAL

ROUNDS = 40


def rate() -> float:
    """Clauses read each second, none of them remembered: the official ones, each with other numbers in each round."""
    rounds = [
        [(f"公式：a{turn}/b×100%。{one.clause}", Fraction(one.full)) for one in OFFICIAL] for turn in range(ROUNDS)
    ]
    read(*rounds[0][0])
    start = perf_counter()
    count = 0
    for clauses in rounds:
        for clause, full in clauses:
            read(clause, full)
            count += 1
    return count / (perf_counter() - start)


if __name__ == "__main__":
    print(f"{rate():,.0f} clauses a second")
