"""How does a submission come to its evaluation? Rules by name, each planned once, and which of them judges it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeAlias

from .filing.gathering import gather
from .filing.submission import Submission
from .inference.durable_rules import DurableRules, ExtensionUnusable
from .inference.facts import Executor
from .judging.judge import judge
from .planning.plan import Plan
from .reading import library
from .reading.keeping import engine_digest
from .reading.library import Filing
from .reading.plans import planned, rulesets
from .telling.evaluation import EngineInfo, Evaluation, Input
from .telling.present import About, Presented
from .values.problems import Place, Problem, Refused, Source
from .version import __version__
from .wording import Lang, phrase

if TYPE_CHECKING:
    from .filing.choosing import Candidate

Ask: TypeAlias = "Callable[[Sequence[Candidate]], Candidate]"
"""Takes one of several editions that fit alike."""


def evaluate(
    plan: Plan,
    submission: Submission,
    place: Place,
    digest: str,
    executor: Executor,
    lang: Lang = "zh",
    *,
    answers: str = "",
    inputs: Sequence[Input] = (),
    library: bool = True,
) -> Evaluation:
    """Evaluate one submission. `place` gives the sources of its values, `digest` that of its content, `answers` that of
    the evaluator's answers; `library` says whether the rules are bundled ones.

    Raises `Refused` with every bad value and its place; nothing is scored half-read.
    """
    if submission.kind not in plan.ruleset.judges:
        facts = {"judges": "、".join(plan.ruleset.judges), "found": submission.kind}
        raise Refused([Problem("wrong-judge", place(("kind",)), facts)])
    figures = gather(submission, place, plan.ruleset.figures)
    name = type(executor).__module__.rpartition(".")[2]
    engine = EngineInfo(version=__version__, executor=name, digest=engine_digest())
    about = About(engine, lang, digest, answers, tuple(inputs), library)
    return Presented(plan, figures, judge(plan, figures, executor), about)


@dataclass(frozen=True)
class Rules:
    """A rule set, planned: with the files it was read from, and the executor that serves it."""

    plan: Plan
    name: str
    files: tuple[Path, ...]
    older: tuple[Problem, ...] = ()
    """What in its file is written in an older spelling."""
    library: bool = True
    """Is it one of those bundled?"""
    executor: DurableRules = field(default_factory=DurableRules, repr=False, compare=False)

    @cached_property
    def place(self) -> Place:
        """The places in its file, which is read for them. Raises `Refused`."""
        from .reading.editions import rule_document

        return rule_document(self.files[0]).place

    def prepare(self) -> None:
        """Make its networks, which otherwise wait for the first submission. Raises `Refused`."""
        try:
            for program in (self.plan.flags, self.plan.findings, self.plan.remarks):
                self.executor.networks(program)
        except ExtensionUnusable as error:
            raise _unusable(error) from None

    def evaluate(self, filing: Filing, lang: Lang = "zh") -> Evaluation:
        """One evaluation. Raises `Refused`."""
        try:
            return evaluate(
                self.plan,
                filing.submission,
                filing.place,
                filing.digest,
                self.executor,
                lang,
                answers=filing.answers,
                inputs=(Input(name=filing.submission.submission, digest=filing.digest),),
                library=self.library,
            )
        except ExtensionUnusable as error:
            raise _unusable(error) from None


def _unusable(error: ExtensionUnusable) -> Refused:
    return Refused([Problem("extension-unusable", Source("durable_rules"), {"found": str(error)})])


def load_rules(name: str | Path) -> Rules:
    """The rule set of a bundled id or of a file. Raises `Refused`."""
    path = library.find_ruleset(str(name))
    found = planned(path)
    return Rules(found.plan, library.name_of(path), found.files, found.older, library.bundled(path))


def read_submission(name: str | Path, review: str | Path | None = None) -> Filing:
    """The submission at a path, in a case folder, or of a bundled case's id; with an evaluator's review of it.

    Raises `Refused`.
    """
    path = library.find_submission(str(name))
    return library.load_submission(path, None if review is None else Path(review))


class Desk:
    """Where submissions are judged: rules by name, each planned once. Several threads may sit at one.

    `ask` takes one of several editions that fit alike, `tell` is told of the choice, `warn` of rules in an older
    spelling.
    """

    def __init__(
        self,
        lang: Lang = "zh",
        ask: Ask | None = None,
        tell: Callable[[str], None] | None = None,
        warn: Callable[[Sequence[Problem]], None] | None = None,
    ) -> None:
        self.lang = lang
        self.ask, self.tell, self.warn = ask, tell, warn
        self._known: dict[str, Rules] = {}
        self._planning = RLock()

    def rules(self, name: str) -> Rules:
        """The rule set of an id or path. Raises `Refused`."""
        with self._planning:
            if name not in self._known:
                self._known[name] = load_rules(name)
                if self.warn is not None:
                    self.warn(self._known[name].older)
            return self._known[name]

    def rules_for(self, filing: Filing) -> Rules:
        """Those that the submission names, else those that fit. Raises `Refused`."""
        return self.rules(filing.submission.ruleset or self._fitting(filing))

    def evaluate(self, filing: Filing, rules: Rules | None = None) -> Evaluation:
        """One evaluation, by these rules or those that judge the submission. Raises `Refused`."""
        return (rules or self.rules_for(filing)).evaluate(filing, self.lang)

    def read(self) -> list[Path]:
        """The files from which rules were read."""
        return [path for rules in self._known.values() for path in rules.files]

    def _fitting(self, filing: Filing) -> str:
        """The id of the bundled edition that fits. Raises `Refused` where none does, or several and nobody to ask."""
        from .filing.choosing import candidates, things_filed

        submission = filing.submission
        found = candidates(submission, rulesets())
        kind = phrase(f"judges-{submission.kind}", self.lang)
        place = submission.place or phrase("place-unsaid", self.lang)
        filed = str(len(things_filed(submission)))
        facts = {"kind": kind, "place": place, "year": str(submission.year), "filed": filed}
        if not found:
            raise Refused([Problem("no-ruleset-fits", filing.place(()), facts)])
        if len(found) > 1 and self.ask is None:
            names = "、".join(one.ruleset.ruleset for one in found)
            raise Refused([Problem("several-rulesets", filing.place(()), {"names": names})])
        one = found[0] if len(found) == 1 or self.ask is None else self.ask(found)
        if self.tell is not None:
            name, title = one.ruleset.ruleset, one.ruleset.title
            self.tell(phrase("ruleset-chosen", self.lang, **facts, read=one.read, name=name, title=title))
        return one.ruleset.ruleset
