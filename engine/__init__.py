"""jixiao (绩效): rules in, a submission in, an explained evaluation out. This is the door; README shows the house.

    rules = engine.load_rules("national-self-evaluation")
    filing = engine.read_submission("my.yaml")
    answer = engine.evaluate(filing, rules)

Whatever is wrong with a file is a `Refused`, with every problem and its place. Nothing is read before it is asked for:
`import engine` costs nothing. Rules may be used from several threads at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .version import __version__

if TYPE_CHECKING:
    from .desk import Desk, Rules, load_rules, read_submission
    from .filing.submission import Submission
    from .reading.library import Filing
    from .telling.evaluation import Evaluation
    from .values.problems import Problem, Refused, Source
    from .wording import Lang

__all__ = [
    "Desk",
    "Evaluation",
    "Filing",
    "Lang",
    "Problem",
    "Refused",
    "Rules",
    "Source",
    "Submission",
    "__version__",
    "choose_rules",
    "evaluate",
    "load_rules",
    "read_submission",
]

_HOMES = {
    "Desk": "desk",
    "Evaluation": "telling.evaluation",
    "Filing": "reading.library",
    "Lang": "wording",
    "Problem": "values.problems",
    "Refused": "values.problems",
    "Rules": "desk",
    "Source": "values.problems",
    "Submission": "filing.submission",
    "load_rules": "desk",
    "read_submission": "desk",
}
"""In which room each name lives; it is fetched when it is first asked for."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = found
    return found


def choose_rules(filing: Filing) -> Rules:
    """The rule set that the submission names, else the bundled edition that fits its kind, place, year and form.

    Raises `Refused` where none fits, or several fit alike.
    """
    from .desk import Desk

    return Desk().rules_for(filing)


def evaluate(filing: Filing, rules: Rules | None = None, lang: Lang = "zh") -> Evaluation:
    """The evaluation of a submission, by these rules or by those that `choose_rules` takes. Raises `Refused`.

    Rules that are not given are read anew each time: for many submissions, give them, or keep a `Desk`.
    """
    from .desk import Desk

    return Desk(lang).evaluate(filing, rules)
