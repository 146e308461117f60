"""How are submissions scored from the terminal? Each is printed as soon as it is judged; a bad one stops no other."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from engine.desk import Desk, read_submission
from engine.reading.library import find_ruleset, find_submission
from engine.reports import scored
from engine.values.problems import Problem, Refused, Source
from engine.wording import Lang, phrase
from engine.wording.visible import visible

from .choosing import asking
from .screen import as_lines, as_text, console, note
from .target import Write, target
from .trouble import show, warn
from .unforeseen import unforeseen

if TYPE_CHECKING:
    from engine.rules.findings import Severity
    from engine.telling.evaluation import Evaluation

_BETWEEN = "="
"""What is drawn between two sheets."""


class Counter:
    """Where submissions are handed in: a desk, the rules that were named, and what was read and found so far."""

    def __init__(self, lang: Lang, ruleset: str, review: Path | None) -> None:
        self.lang, self.ruleset, self.review = lang, ruleset, review
        self.desk = Desk(lang, asking(lang), lambda text: note(visible(text)), lambda older: warn(older, lang))
        self.filed: list[Path] = []
        self.results: list[tuple[str, Evaluation | None]] = []
        self.shown: list[Problem] = []

    def judged(self, file: str) -> Evaluation:
        """One evaluation. Raises `Refused`."""
        filing = read_submission(file, self.review)
        self.filed += filing.files
        return self.desk.evaluate(filing, self.desk.rules(self.ruleset) if self.ruleset else None)

    def name(self, files: Sequence[str]) -> None:
        """These are to be read: no result may be written over one of them."""
        for file in files:
            with suppress(Refused):
                self.filed.append(find_submission(file))
        if self.ruleset:
            with suppress(Refused):
                self.filed.append(find_ruleset(self.ruleset))

    def read(self) -> list[Path]:
        """Every file that was read, or was named to be."""
        return [*self.filed, *self.desk.read(), *([self.review] if self.review else [])]

    def each(self, files: Iterable[str]) -> Iterator[Evaluation]:
        """The evaluations, one by one; what is wrong with a submission is shown, and the next one's turn comes."""
        for file in files:
            try:
                evaluation = self.judged(file)
            except Refused as refused:
                self.results.append((file, None))
                self._show(refused.problems)
            except Exception as error:
                self.results.append((file, None))
                unforeseen(error, self.lang)
            else:
                self.results.append((file, evaluation))
                yield evaluation

    def _show(self, problems: Sequence[Problem]) -> None:
        """Problems of a rule file come with every submission that it judges: they are shown once."""
        new = [problem for problem in problems if problem not in self.shown]
        self.shown += new
        if new:
            show(new, self.lang)

    def failing(self, severity: Severity) -> bool:
        """Has any a sure finding at least this severe?"""
        from engine.reports import summary

        return summary.failing(self.results, severity)

    @property
    def refused(self) -> bool:
        """Could any not be judged?"""
        return any(evaluation is None for _, evaluation in self.results)


def score(files: Sequence[str], counter: Counter, format_: str, out: Path | None) -> None:
    """Score and print each. Raises `Refused` where nothing can be written, or several are to share one review."""
    if counter.review is not None and len(files) != 1:
        raise Refused([Problem("one-review", Source(str(counter.review)))])
    counter.name(files)
    with _progress(files, out, counter.lang) as tracked, target(out, counter.read) as write:
        evaluations = counter.each(tracked)
        if format_ == "json":
            _as_json(evaluations, write, alone=len(files) == 1)
        else:
            _as_sheets(evaluations, write, counter, several=len(files) > 1, plain=out is not None)
        if all(evaluation is None for _, evaluation in counter.results):
            raise NothingJudged


class NothingJudged(Exception):
    """Every submission was refused: there is nothing to write, and what stands there stays."""


def _as_json(evaluations: Iterator[Evaluation], write: Write, *, alone: bool) -> None:
    """One object, or for several an array of those that could be judged; what was begun is closed, whatever comes."""
    if alone:
        for evaluation in evaluations:
            write(_object(evaluation) + "\n")
        return
    before = "[\n"
    try:
        for evaluation in evaluations:
            write(before + _object(evaluation))
            before = ",\n"
    finally:
        write("\n]\n" if before == ",\n" else "[]\n")


def _object(evaluation: Evaluation) -> str:
    """The JSON contract: stable, one byte sequence for one answer."""
    from engine.telling.evaluation import content

    return json.dumps(content(evaluation), ensure_ascii=False, indent=2)


def _as_sheets(
    evaluations: Iterator[Evaluation], write: Write, counter: Counter, *, several: bool, plain: bool
) -> None:
    above = ""
    for evaluation in evaluations:
        write(as_text(scored.sheet(evaluation, counter.lang), above=above, plain=plain))
        above = _BETWEEN
    if several:
        from engine.reports import summary

        write(as_text(summary.sheet(counter.results, counter.lang), above=_BETWEEN, plain=plain))


@contextmanager
def _progress(files: Sequence[str], out: Path | None, lang: Lang) -> Iterator[Iterable[str]]:
    """The files, with a bar on a terminal where results go elsewhere."""
    errors = console(error=True)
    if len(files) < 2 or not errors.is_terminal or (out is None and sys.stdout.isatty()):
        yield files
        return
    from rich.progress import Progress

    with Progress(console=errors, transient=True, redirect_stdout=False, redirect_stderr=False) as progress:
        yield progress.track(files, description=phrase("scoring", lang))


def explained(file: str, name: str, counter: Counter) -> str:
    """Everything about one criterion, block, measure or finding. Raises `Refused`."""
    from engine.reports import explained as explanations

    return as_lines(explanations.explained(counter.judged(file), name, file, counter.lang))
