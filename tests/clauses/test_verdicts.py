"""Are clauses read once and remembered, and only those without trouble?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine.methods import Proportional
from engine.planning import compiling
from engine.planning.compiling import compiled
from engine.reading.keeping import Verdicts
from engine.rules.policy import Policy, Rounding
from engine.rules.ruleset import Criterion

POLICY = Policy(rounding=Rounding(points=2, total=2, mode="half-up"), over="full")
RATE = Proportional.model_validate({"method": "proportional", "direction": "forward", "target": "100%", "over": "full"})


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_CACHE", str(tmp_path))
    monkeypatch.setattr(compiling, "_remembered", [Verdicts("clauses")])


def again(spec: Criterion, monkeypatch: pytest.MonkeyPatch) -> compiling.Compiled:
    """As the next run would have it, which may not read the clause."""
    monkeypatch.setattr(compiling, "_remembered", [Verdicts("clauses")])
    monkeypatch.setattr(compiling, "_compiled", lambda *_: pytest.fail("read again"))
    return compiled(spec, POLICY)


@pytest.mark.parametrize(("clause", "read"), [("20分*执行率", True), ("视情况给分，天气好的多给", False)])
def test_a_clause_beside_its_form_is_read_once(clause: str, read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = Criterion(points=Fraction(20), clause=clause, scoring=RATE)
    first = compiled(spec, POLICY)
    assert first.trouble is None
    assert first.checked is read
    assert again(spec, monkeypatch) == first


def test_a_clause_in_trouble_is_read_again() -> None:
    spec = Criterion(points=Fraction(20), clause="每低于5%扣2分，扣完为止", scoring=RATE)
    assert compiled(spec, POLICY).trouble is not None
    assert Verdicts("clauses").kept == {}
