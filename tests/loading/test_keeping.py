"""Is a kept plan the plan, and is one kept or read only where it should be?"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.desk import load_rules, read_submission
from engine.inference.durable_rules import DurableRules
from engine.reading import editions, keeping, plans
from engine.reading.library import case_folders, find_ruleset, find_submission
from engine.telling.evaluation import content
from engine.values.problems import Refused
from tests.console import ROOT

from .examples import RULES, base


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which this test keeps things."""
    monkeypatch.setenv("JIXIAO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "jixiao"


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rule file of somebody's own, which includes a part."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "more.yaml").write_text("part: more\nfigures:\n  限期: {unit: 天}\n", "utf-8")
    path = Path(RULES)
    path.write_text("include: [more]\n" + base(RULES), "utf-8")
    return path


def made(path: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Is the plan made anew?"""
    asked: list[Path] = []
    load = editions.load_rules
    with monkeypatch.context() as patched:
        patched.setattr(editions, "load_rules", lambda path: asked.append(path) or load(path))
        plans.planned(path)
    return bool(asked)


@pytest.mark.parametrize("folder", case_folders(), ids=lambda folder: folder.name)
def test_a_kept_plan_gives_the_same_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filing = read_submission(folder)
    name = filing.submission.ruleset
    if not name:
        pytest.skip("names no rule set")
    monkeypatch.setenv("JIXIAO_CACHE", "off")
    alone = content(load_rules(name).evaluate(filing))
    monkeypatch.undo()
    assert content(load_rules(name).evaluate(filing)) == alone
    assert content(load_rules(name).evaluate(filing)) == alone


def test_a_plan_is_made_once(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert made(rules, monkeypatch)
    assert not made(rules, monkeypatch)
    found = plans.planned(rules)
    assert found.plan == editions.load_plan(rules)
    assert [path.name for path in found.files] == [rules.name, "more.yaml"]


def test_who_only_scores_imports_no_parser_and_no_planner() -> None:
    program = (
        "import sys, engine\n"
        "filing = engine.read_submission('2022-kaifu-market-supervision')\n"
        "engine.evaluate(filing, engine.load_rules(filing.submission.ruleset))\n"
        "costly = ('lark', 'engine.planning.planner', 'engine.clauses.reader')\n"
        "print([name for name in costly if name in sys.modules])\n"
    )
    load_rules(read_submission("2022-kaifu-market-supervision").submission.ruleset)
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_bundled_rule_sets_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = plans.rulesets()
    assert first == tuple(editions.read_all())
    monkeypatch.setattr(editions, "read_all", lambda: pytest.fail("read again"))
    assert plans.rulesets() == first


def test_a_plan_is_made_anew_when_anything_it_was_made_from_differs(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(rules, monkeypatch)
    rules.write_text(rules.read_text("utf-8") + "\n", "utf-8")
    assert made(rules, monkeypatch)
    part = rules.parent / "shared" / "more.yaml"
    part.write_text(part.read_text("utf-8").replace("天", "人"), "utf-8")
    assert made(rules, monkeypatch)
    monkeypatch.setattr(plans, "engine_digest", lambda: "sha256:another")
    assert made(rules, monkeypatch)
    monkeypatch.setattr(plans.pydantic, "VERSION", "another")
    assert made(rules, monkeypatch)
    assert not made(rules, monkeypatch)


def test_what_is_unreadable_is_made_anew(rules: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(rules, monkeypatch)
    for damaged in (b"", b"short", kept.joinpath(next(kept.glob("plan-*"))).read_bytes()[:-9]):
        next(kept.glob("plan-*")).write_bytes(damaged)
        assert made(rules, monkeypatch)


def test_nothing_is_kept_of_what_is_refused_or_older(rules: Path, kept: Path) -> None:
    older = rules.read_text("utf-8").replace("method:", "form:", 1)
    rules.write_text(older, "utf-8")
    assert plans.planned(rules).older and plans.planned(rules).older
    rules.write_text("ruleset: []\n", "utf-8")
    with pytest.raises(Refused):
        plans.planned(rules)
    assert not list(kept.glob("plan-*"))


def test_nothing_is_kept_where_that_is_turned_off(rules: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_CACHE", "off")
    assert made(rules, monkeypatch) and made(rules, monkeypatch)
    assert keeping.folder() is None and not kept.exists()


@pytest.mark.skipif(os.name != "posix", reason="needs owners and modes")
def test_what_others_may_write_is_not_read(rules: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(rules, monkeypatch)
    assert kept.stat().st_mode & 0o777 == 0o700
    file = next(kept.glob("plan-*"))
    assert file.stat().st_mode & 0o777 == 0o600
    for place, mode in ((file, 0o622), (kept, 0o777), (kept.parent, 0o777)):
        before = place.stat().st_mode
        place.chmod(mode)
        assert made(rules, monkeypatch)
        shutil.rmtree(kept)
        place.chmod(before) if place.exists() else None
        made(rules, monkeypatch)
        file = next(kept.glob("plan-*"))


def test_no_more_plans_are_kept_than_are_allowed(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_FILES", 3)
    for number in range(6):
        keeping.keep(f"plan-{number}", b"")
    assert len(list(kept.iterdir())) == 3 and (kept / "plan-5").exists()


def test_the_places_of_kept_rules_are_those_of_the_file() -> None:
    name = "hunan-department-b"
    load_rules(name)
    _, document = editions.load_rules(find_ruleset(name))
    assert load_rules(name).place(("criteria",)) == document.place(("criteria",))


def test_a_kept_plan_runs_as_the_plan_does() -> None:
    filing = read_submission(find_submission("2022-kaifu-market-supervision"))
    found = pickle.loads(plans._pickled(load_rules(filing.submission.ruleset).plan))
    for program in (found.flags, found.findings, found.remarks):
        DurableRules().networks(program)
