"""Does the engine give what a naive evaluation gives, of whole submissions under random rule files?

Two runs of the same seed try the same programs. `JIXIAO_SEED=7 JIXIAO_PROGRAMS=20000` asks for a long run.
"""

from __future__ import annotations

import json
import os
from random import Random

import pytest

from .engine_side import NOT_YET, Engine, differences
from .filed import Writer
from .lettered import LetterTable, LetterWriter
from .shrinking import smallest
from .whole import evaluated

SEED = int(os.environ.get("JIXIAO_SEED", "1"))
PROGRAMS = int(os.environ.get("JIXIAO_PROGRAMS", "3000"))
FILINGS = 5
"""So many submissions under each rule file."""
PARTS = 10
"""The run is cut into parts, each a test of its own."""


def told(rules: dict, filing: dict) -> str:
    """The smallest pair of files that shows the difference."""
    rules, filing, found = smallest(rules, filing)
    files = (json.dumps(one, ensure_ascii=False, indent=1) for one in (rules, filing))
    return "\n".join([*found, *files])


@pytest.mark.parametrize("part", range(PARTS))
def test_whole_submissions_are_worth_what_a_naive_evaluation_says(part: int) -> None:
    for number in range(part, PROGRAMS // FILINGS, PARTS):
        writer = Writer(Random(f"{SEED}/{number}"), NOT_YET)
        rules = writer.rules()
        engine = Engine(rules)
        assert not engine.refused, f"{engine.refused}\n{json.dumps(rules, ensure_ascii=False)}"
        for _ in range(FILINGS):
            filing = writer.filing(rules)
            theirs = engine.answer(filing)
            found = differences(evaluated(rules, filing), theirs, rules["policy"]["rounding"])
            assert not found, told(rules, filing)


def test_whole_submissions_get_the_letters_that_a_naive_evaluation_says() -> None:
    for number in range(PROGRAMS // FILINGS // 5):
        writer = LetterWriter(Random(f"letters/{SEED}/{number}"))
        rules = writer.rules()
        engine = Engine(rules)
        for _ in range(FILINGS):
            filing = writer.filing(rules)
            theirs = engine.letters(filing)
            assert not isinstance(theirs, str), f"{theirs}\n{json.dumps(rules, ensure_ascii=False)}"
            mine = LetterTable(rules, filing).answer()
            assert {path: mine[path] for path in theirs} == theirs, json.dumps([rules, filing], ensure_ascii=False)
