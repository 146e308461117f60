"""Which rule set fits a submission that names none? By kind, place and year, then by the shape of the form.

The shape: what share of the things filed (figures, lines of the fund table, levels of indicator rows) a rule set reads.
Of those that read equally much, the one for the smallest place fits best. Where several are left, people choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..methods import Indicators
from ..rules.ruleset import Criterion, RuleSet
from .submission import Submission

_LINE = re.compile(r"spending\[([^\]/]+)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule set that may judge a submission: how many of the things filed it reads, and for how small a place."""

    ruleset: RuleSet
    read: int
    filed: int
    place: str

    @property
    def rank(self) -> tuple[Fraction, int]:
        """What decides between candidates; the greater fits better."""
        return Fraction(self.read, max(self.filed, 1)), len(self.place)


def candidates(submission: Submission, rulesets: Iterable[RuleSet]) -> list[Candidate]:
    """The rule sets that fit best, equally well; none where none reads anything of the submission."""
    fitting = [one for ruleset in rulesets for one in _fitting(submission, ruleset)]
    best = max((one.rank for one in fitting), default=None)
    return [one for one in fitting if one.rank == best]


def _fitting(submission: Submission, ruleset: RuleSet) -> Iterator[Candidate]:
    """The candidate that a rule set is, if its kind, place and years fit and it reads anything."""
    years = ruleset.years
    here = [place for place in ruleset.places or ("",) if submission.place.startswith(place)]
    if submission.kind not in ruleset.judges or years is None or not here:
        return
    if not years.from_ <= submission.year <= (years.to or submission.year):
        return
    filed = things_filed(submission)
    reads = _read(ruleset)
    read = sum(one in reads or (one[0], "") in reads for one in filed)  # a block without a level reads every row
    if read:
        yield Candidate(ruleset, read, len(filed), max(here, key=len))


def things_filed(submission: Submission) -> set[tuple[str, str]]:
    """What was filed, by section and name."""
    return {
        *(("figures", name) for name in submission.figures),
        *(("spending", line.line) for line in submission.spending),
        *(("indicators", row.level.removesuffix("指标")) for row in submission.indicators),
    }


def _read(ruleset: RuleSet) -> set[tuple[str, str]]:
    """What a rule set scores or measures, by section and name."""
    leaves = list(_leaves(ruleset.criteria))
    formulas = [spec.formula for spec in ruleset.measures.values()]
    formulas += [text for leaf in leaves for text in (leaf.measure, leaf.applies)]
    return {
        *(("figures", name) for name in ruleset.figures),
        *(("spending", line) for text in formulas for line in _LINE.findall(text)),
        *(("spending", leaf.stated_points_of) for leaf in leaves if leaf.stated_points_of),
        *(("indicators", leaf.scoring.level) for leaf in leaves if isinstance(leaf.scoring, Indicators)),
    }


def _leaves(criteria: dict[str, Criterion]) -> Iterator[Criterion]:
    for one in criteria.values():
        if one.criteria:
            yield from _leaves(one.criteria)
        else:
            yield one
