"""How are past cases run from the terminal?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.quality.cases import Case, ExpectedFile, Published, compare
from engine.quality.catalogue import cases
from engine.reading.library import case_folders, find_submission, load_submission, name_of
from engine.reading.models import load
from engine.telling.evaluation import Evaluation
from engine.values.problems import Problem

from .language import Lang, say
from .rules import unverified
from .scoring import Desk
from .sheet import earned


def catalogue(lang: Lang) -> str:
    """Every case that comes with jixiao, as Markdown. Raises `Refused`."""
    return cases(map(_case, case_folders()), lang)


def _case(folder: Path) -> Case:
    published, _ = load(folder / "published.yaml", Published, name_of(folder / "published.yaml"))
    expected, _ = load(folder / "expected.yaml", ExpectedFile, name_of(folder / "expected.yaml"))
    return Case(published, expected.accepted)


def cases_compared(names: Sequence[str], lang: Lang) -> tuple[str, list[Problem]]:
    """A line a case and rule set, and every difference. Raises `Refused`."""
    desk = Desk(lang)
    folders = [find_submission(name).parent for name in names] or case_folders()
    said: list[str] = []
    problems: list[Problem] = []
    for folder in folders:
        lines, wrong = _compared(desk, folder)
        said += lines
        problems += wrong
    total = say(f"{len(said)} 项比较，{len(problems)} 处不符", f"{len(said)} compared, {len(problems)} differences")
    return "\n".join([*said, total]), problems


def _compared(desk: Desk, folder: Path) -> tuple[list[str], list[Problem]]:
    filed = load_submission(folder / "submission.yaml")
    published, _ = load(folder / "published.yaml", Published, name_of(folder / "published.yaml"))
    expected, document = load(folder / "expected.yaml", ExpectedFile, name_of(folder / "expected.yaml"))
    lines: list[str] = []
    problems: list[Problem] = []
    for number, accepted in enumerate(expected.accepted):
        filing = load_submission(folder / "submission.yaml", folder / "review.yaml") if accepted.reviewed else filed
        evaluation = desk.evaluate(filing, accepted.ruleset)
        wrong = compare(evaluation, number, expected, published, document.place)
        problems += wrong
        mark = say("符合", "ok") if not wrong else say("不符", "differs")
        name = folder.name + (say("（经评定）", " (reviewed)") if accepted.reviewed else "")
        trust = unverified(desk.plan(accepted.ruleset).ruleset)
        lines.append(f"{mark}  {name}  {accepted.ruleset}{trust}  {_scored(evaluation)}")
    return lines, problems


def _scored(evaluation: Evaluation) -> str:
    """The total and its grades, or the letters of the blocks."""
    score = evaluation.score
    if score is None:
        return "  ".join(f"{one.id} {one.points or '?'}" for one in evaluation.dimensions)
    return f"{earned(score)} / {score.of}  {' '.join(evaluation.grades)}"
