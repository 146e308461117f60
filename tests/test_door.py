"""Does the door open as it says? A cheap import, rules and filings by name, and the same answers from many threads."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import engine
from tests.console import ROOT

KAIFU = "2022-kaifu-market-supervision"


def test_importing_the_engine_reads_nothing_of_it() -> None:
    code = (
        "import sys, engine; print(*(one for one in sys.modules if one.startswith(('engine.', 'pydantic', 'durable'))))"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["engine.version"]


def test_every_name_at_the_door_is_there() -> None:
    assert all(getattr(engine, name) is not None for name in engine.__all__)
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        engine.nothing_of_the_kind  # noqa: B018


def test_types_travel_with_the_package() -> None:
    assert (ROOT / "engine" / "py.typed").exists() and (ROOT / "cli" / "py.typed").exists()


def test_rules_and_a_filing_make_an_evaluation() -> None:
    filing, rules = engine.read_submission(KAIFU), engine.load_rules("national-self-evaluation")
    answer = engine.evaluate(filing, rules)
    assert answer.score is not None and (answer.score.low, answer.score.high) == ("59.47", "99.47")
    assert engine.evaluate(filing) == answer  # by the rules that the filing names
    assert engine.choose_rules(filing).name == rules.name
    assert rules.files[0].name == "national-self-evaluation.yaml"
    assert {path.parent.name for path in rules.files[1:]} == {"shared"}


def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("submission: s\n", "utf-8")
    with pytest.raises(engine.Refused) as refused:
        engine.read_submission(path)
    assert {problem.code for problem in refused.value.problems} == {"missing-key"}
    assert {problem.source.file for problem in refused.value.problems} == {path.as_posix()}


RULES = """\
ruleset: small
edition: "1"
title: 小规则
judges: [department]
complete: true
of: 10
authority: [{issuer: 某局, document: 某办法, verified: true}]
policy: {rounding: {points: 2, total: 2, mode: half-up}, not-applicable: full, zero-base: open, partial-step: whole}
figures: {次数: {unit: 次}}
criteria:
  甲:
    points: 10
    measure: "次数"
    scoring: {method: steps, from: 10次, side: below, step: 1次, base: points, deduct: 1, floor: 0}
grades: [{grade: 优, from: 0}]
findings:
  少: {severity: minor, when: "次数 < 10次", says: "少", ground: practice}
  多: {severity: minor, when: "次数 > 20次", says: "多", ground: practice}
  太多: {severity: major, when: "多 and 次数 > 30次", says: "太多", ground: practice}
  适中: {severity: info, when: "not 少 and not 多", says: "适中", ground: practice}
"""
FILED = """\
submission: small
department: 某局
kind: department
year: 2024
money: 万元
figures: {次数: COUNT}
"""


def test_eight_threads_at_one_desk_agree(tmp_path: Path) -> None:
    """What fires is noted in the network: without a lock, closings at once took each other's findings."""
    desk, filings = engine.Desk(), []
    (tmp_path / "rules.yaml").write_text(RULES, "utf-8")
    rules = desk.rules(str(tmp_path / "rules.yaml"))
    for count in ("9次", "15次", "25次", "35次", '""'):
        path = tmp_path / "s.yaml"
        path.write_text(FILED.replace("COUNT", count), "utf-8")
        filings.append(engine.read_submission(path))
    alone = [desk.evaluate(one, rules) for one in filings]
    assert len({tuple((one.id, one.status) for one in answer.findings) for answer in alone}) == len(alone)

    def judged(start: int) -> list[int]:
        places = [(start + number) % len(filings) for number in range(100)]
        return [place for place in places if desk.evaluate(filings[place], rules) != alone[place]]

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as threads:
            wrong = list(threads.map(judged, range(8)))
    finally:
        sys.setswitchinterval(before)
    assert wrong == [[]] * 8
