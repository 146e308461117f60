"""How do engine and naive evaluation compare over many programs? `python -m tests.reference SEED RULES [SHOW [SKIP]]`.

Counts what is the same, what differs (by the kind of difference) and what is refused; shows the smallest files of the
first few differences. `SKIP` is a pattern of differences not to look at.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from random import Random

from .engine_side import NOT_YET, Engine, differences
from .filed import Writer
from .shrinking import smallest
from .whole import evaluated

FILINGS = 5


def kinds(found: list[str]) -> list[str]:
    """Differences by what they are about."""
    return sorted({re.sub(r"^.*/|项[^ :]*", "…", one.partition(":")[0]) for one in found})


def main(seed: str, rules_count: str, show: str = "3", skip: str = "") -> None:
    counts: Counter[str] = Counter()
    left = int(show)
    for number in range(int(rules_count)):
        writer = Writer(Random(f"{seed}/{number}"), NOT_YET)
        rules = writer.rules()
        engine = Engine(rules)
        for _ in range(FILINGS):
            filing = writer.filing(rules)
            theirs = engine.answer(filing)
            if isinstance(theirs, str):
                counts[f"refused {theirs[:100]}"] += 1
                continue
            found = differences(evaluated(rules, filing), theirs, rules["policy"]["rounding"])
            found = [one for one in found if not (skip and re.search(skip, one))]
            counts["different" if found else "same"] += 1
            counts.update(f"  {kind}" for kind in kinds(found))
            if found and left:
                left -= 1
                *files, told = smallest(rules, filing)
                print(f"{seed}/{number}", *told, *(json.dumps(one, ensure_ascii=False) for one in files), "", sep="\n")
    print(*(f"{count:7} {what}" for what, count in counts.most_common(40)), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
