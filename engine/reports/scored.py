"""What does an evaluator read? The scored table, what was lost and why, total, grade, findings, what to supply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from ..telling.evaluation import Block, CriterionResult, Evaluation, FindingResult
from ..wording import Lang, phrase, said
from ..wording.visible import folded
from .marks import earned, full, graded, grounded, lettered, lost, named, points_of, severity
from .sheet import Cell, Column, Line, Part, Sheet, Style, Table

_MARGIN = "    "


def sheet(evaluation: Evaluation, lang: Lang) -> Sheet:
    """The evaluation of one submission."""
    return tuple(_Scored(evaluation, lang).parts())


class _Scored:
    def __init__(self, evaluation: Evaluation, lang: Lang) -> None:
        self.evaluation, self.lang = evaluation, lang
        self.lettered = evaluation.lettered

    def _phrase(self, key: str, **facts: object) -> str:
        return phrase(key, self.lang, **facts)

    def parts(self) -> Iterator[Part]:
        """From the head down."""
        yield from self._head()
        if self.evaluation.criteria:
            yield self._table()
            yield from self._total()
        else:
            yield Line(self._phrase("no-points"), "faint")
        yield from map(Line, self.evaluation.remarks)
        yield from self._findings()
        yield from self._supply()
        yield from self._notes()

    def _head(self) -> Iterator[Line]:
        submission, rules = self.evaluation.submission, self.evaluation.ruleset
        about = "  ".join(filter(None, (submission.department, submission.project, str(submission.year))))
        yield Line(about, "strong")
        yield Line(said("rules", f"{rules.title}  [{rules.id} {rules.edition}]", self.lang))
        if rules.origin == "file":
            yield Line(self._phrase("rules-of-a-file", digest=rules.digest[7:19]), "faint")
        if not rules.verified:
            yield Line(self._phrase("rules-unverified"), "faint")
        if self.lettered:
            yield Line(self._phrase("lettered" if rules.complete else "lettered-in-part"), "faint")
        elif not rules.complete:
            yield Line(self._phrase("in-part"), "faint")

    # -- the table ---

    def _table(self) -> Table:
        points = ["head-score"] if self.lettered else ["head-of", "head-points", "head-lost"]
        columns = (
            Column(self._phrase("head-criterion"), least=18, most=38),
            *(Column(self._phrase(head), numeric=True) for head in points),
            Column(self._phrase("head-why"), widest=True),
        )
        return Table(columns, tuple(self._rows()))

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        blocks = {block.id: block for block in self.evaluation.blocks}
        above = {one.id for one in self.evaluation.criteria}
        for one in self.evaluation.criteria:
            for depth in range(1, len(one.id)):
                if one.id[:depth] not in above:
                    above.add(one.id[:depth])
                    yield self._block(one.id[:depth], blocks.get(one.id[:depth]))
            extra = blocks[one.id[:1]].extra if one.id[:1] in blocks else None
            yield self._row(one, len(one.id) - 1, extra or "")

    def _block(self, path: tuple[str, ...], block: Block | None) -> tuple[Cell, ...]:
        called = Cell(block.title if block and self.lettered else path[-1], "strong", len(path) - 1)
        points = earned(block, self.lang) if block else ""
        if self.lettered:
            return called, Cell(points), Cell(block.because if block else "")
        return called, Cell(full(block, self.lang) if block else ""), Cell(points), Cell(), Cell()

    def _row(self, one: CriterionResult, depth: int, extra: str) -> tuple[Cell, ...]:
        style: Style = "open" if one.origin == "open" else "plain"
        name, points = Cell(one.title, style, depth), Cell(earned(one, self.lang), style)
        if self.lettered:
            return name, points, Cell(one.because, style)
        return (
            name,
            Cell(full(one, self.lang)),
            points,
            Cell(lost(one, extra, self.lang), style),
            Cell(one.because, style),
        )

    # -- below the table ---

    def _total(self) -> Iterator[Line]:
        score = self.evaluation.score
        if self.lettered:
            yield Line(said("scores", lettered(self.evaluation), self.lang), "strong")
            return
        if score is None:
            yield Line(self._phrase("nothing-applies"), "strong")
            return
        name = "total" if self.evaluation.ruleset.complete else "subtotal"
        parts = [said(name, points_of(score, self.lang), self.lang)]
        if score.filed is not None:
            parts.append(said("self-score", score.filed, self.lang))
        if self.evaluation.grades:
            parts.append(said("grade", graded(self.evaluation, self.lang), self.lang))
        if self.evaluation.action:
            parts.append(said("action", self.evaluation.action, self.lang))
        yield Line(self._phrase("apart").join(parts), "strong")
        blocks = [f"{one.title} {'/'.join(one.grades)}" for one in self.evaluation.blocks if one.grades]
        if blocks:
            yield Line(said("parts", "  ".join(blocks), self.lang))
        if score.bridge:
            yield Line(said("bridge", self._phrase("bridge-from", sum=score.summed or "", how=score.bridge), self.lang))
        acting = {(cap.effect, cap.sure): cap for cap in reversed(self.evaluation.caps) if cap.acts}
        for cap in reversed(acting.values()):
            sure = "" if cap.sure else self._phrase("aside", text=self._phrase("to-verify"))
            named_ = self._phrase("cap") + sure
            yield Line(self._phrase("said", name=named_, text=cap.id + self._phrase("comma") + cap.effect))

    def _findings(self) -> Iterator[Line]:
        """By severity, the possible ones last; one finding on several rows is headed once."""
        findings = self.evaluation.findings
        if not findings:
            return
        told = Counter(finding.status for finding in findings)
        counts = [self._phrase(f"findings-{one}", count=told[one]) for one in ("sure", "possible") if told[one]]
        yield Line()
        yield Line(self._phrase("findings", counts=self._phrase("comma").join(counts)), "strong")
        for _, group in groupby(findings, key=lambda one: (one.id, one.status)):
            yield from self._finding(list(group))

    def _finding(self, group: list[FindingResult]) -> Iterator[Line]:
        first = group[0]
        head = first.id if first.subject else self._phrase("said", name=first.id, text=first.says)
        yield Line(head, margin=f"- {severity(first, self.lang)} ", margin_style=first.severity)
        for one in group:
            if one.subject:
                yield Line(self._phrase("said", name=one.subject, text=one.says), margin=_MARGIN)
        parts = [said("ground", grounded(first, self.lang), self.lang)]
        if first.advice:
            parts.append(said("advice", folded(first.advice), self.lang))
        yield Line("  ".join(parts), "faint", _MARGIN)

    def _supply(self) -> Iterator[Line]:
        if not self.evaluation.missing:
            return
        yield Line()
        yield Line(self._phrase("supply-letters" if self.lettered else "supply"), "strong")
        settles = "aside" if self.lettered else "supply-settles"
        for missing in self.evaluation.missing:
            if not missing.criterion:  # of a finding, not of points
                yield Line(missing.name, margin="- ")
                continue
            what = self._phrase("said", name=named(missing.criterion), text=missing.name)
            yield Line(what + self._phrase(settles, points=missing.settles, text=missing.settles), margin="- ")

    def _notes(self) -> Iterator[Line]:
        if self.evaluation.review:
            yield Line()
            yield Line(self._phrase("review"), "strong")
        for entry in self.evaluation.review:
            says = self._phrase("said", name=entry.subject, text=entry.says)
            yield Line(says + self._phrase("review-by", by=entry.by, reason=entry.reason), margin="- ")
        if self.evaluation.problems:
            yield Line()
            yield Line(self._phrase("also"), "strong")
        for problem in self.evaluation.problems:
            yield Line(problem.message + self._phrase("aside", text=problem.source), "faint", "- ")
