"""How is a submission evaluated, from models to the finished answer? The engine's front door."""

from __future__ import annotations

from .filing.gathering import gather
from .filing.submission import Submission
from .inference.facts import Executor
from .judging.judge import judge
from .planning.plan import Plan
from .telling.evaluation import Evaluation
from .telling.present import present
from .values.problems import Place, Problem, Refused
from .wording import Lang


def evaluate(
    plan: Plan, submission: Submission, place: Place, digest: str, executor: Executor, lang: Lang = "zh"
) -> Evaluation:
    """Evaluate one submission. `place` gives the sources of its values, `digest` that of its content.

    Raises `Refused` with every bad value and its place; nothing is scored half-read.
    """
    if submission.kind not in plan.ruleset.judges:
        facts = {"judges": "、".join(plan.ruleset.judges), "found": submission.kind}
        raise Refused([Problem("wrong-judge", place(("kind",)), facts)])
    figures = gather(submission, place, plan.ruleset.figures)
    return present(plan, figures, judge(plan, figures, executor), digest, lang)
