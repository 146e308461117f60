"""What does an evaluator print? The scored table, what was lost and why, findings, total, grade, what to supply."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from engine.telling.evaluation import CriterionResult, Dimension, Evaluation, FindingResult, Score
from engine.values.exact import written

from .language import colon, say
from .screen import lines, plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_SEVERITY = {
    "critical": ("严重", "critical", "bold red"),
    "major": ("较重", "major", "red"),
    "minor": ("一般", "minor", "yellow"),
    "info": ("提示", "info", "cyan"),
}
_GROUND = {
    "regulation": ("法规", "regulation"),
    "practice": ("惯例", "practice"),
    "arithmetic": ("算术", "arithmetic"),
}
_OPEN = "yellow"


def sheet(evaluation: Evaluation) -> Iterator[RenderableType]:
    """The parts of the sheet, from the head down."""
    yield from _head(evaluation)
    if evaluation.criteria:
        yield _table(evaluation)
        yield from _total(evaluation)
    else:
        yield plain(say("（本规则不计分）", "(these rules give no points)"), "dim")
    for remark in evaluation.remarks:
        yield plain(remark)
    yield from _findings(evaluation)
    yield from _supply(evaluation)
    yield from _notes(evaluation)


def _head(evaluation: Evaluation) -> Iterator[RenderableType]:
    submission, rules = evaluation.submission, evaluation.ruleset
    yield plain(f"{submission.department}  {submission.year}", "bold")
    title = f"{rules.title}  [{rules.id} {rules.edition}]"
    yield plain(say("规则：", "Rules: ") + title)
    if not rules.verified:
        yield plain(
            say("（规则依据未逐字核实）", "(the authority of these rules is not verified word for word)"), "dim"
        )
    if evaluation.score is None:
        partly = "" if rules.complete else say("，规则不全", ", rules known in part")
        yield plain(say(f"（按字母评分，没有总分{partly}）", f"(scored by letters: no total{partly})"), "dim")
    elif not rules.complete:
        yield plain(say("（规则不全，只出小计，不评等级）", "(rules known in part: a subtotal, no grade)"), "dim")


def _table(evaluation: Evaluation) -> RenderableType:
    from rich.table import Table

    table = Table(box=lines(), pad_edge=False, padding=(0, 1), header_style="bold", expand=False)
    lettered = evaluation.score is None
    table.add_column(say("指标", "Criterion"), min_width=18, max_width=38, overflow="fold")
    heads = [say("得分", "Score")] if lettered else [say("满分", "Of"), say("得分", "Points"), say("失分", "Lost")]
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column(say("依据", "Why"), overflow="fold", ratio=1)
    blocks = {block.id: block for block in evaluation.dimensions}
    extra = {block.id: block.extra for block in evaluation.dimensions if block.extra}
    above: set[tuple[str, ...]] = {tuple(one.id.split("/")) for one in evaluation.criteria}
    for one in evaluation.criteria:
        steps = tuple(one.id.split("/"))
        for depth in range(1, len(steps)):
            if steps[:depth] not in above:
                above.add(steps[:depth])
                block = blocks.get(steps[0]) if depth == 1 else None
                called = block.title if block and lettered else steps[depth - 1]
                table.add_row(plain("  " * (depth - 1) + called, "bold"), *_cells(block, lettered))
        style = _OPEN if one.outcome == "open" else ""
        name = plain("  " * (len(steps) - 1) + one.title, style)
        points = plain(earned(one), style)
        cells = (points,) if lettered else (one.of, points, plain(_lost(one, extra.get(steps[0], "")), style))
        table.add_row(name, *cells, plain(one.because, style))
    return table


def _cells(block: Dimension | None, lettered: bool) -> tuple[RenderableType, ...]:
    """The cells of a block's row, as of its criteria."""
    points = earned(block) if block else ""
    if lettered:
        return (points, plain(block.because if block else ""))
    return (block.of if block else "", points, "", "")


def earned(one: CriterionResult | Dimension | Score) -> str:
    """The points, or the letter; where they are open, between which they lie."""
    return one.points if one.points is not None else f"{one.low} - {one.high}"


def _lost(one: CriterionResult, extra: str) -> str:
    """What the row loses for sure; a question mark where more may be lost. Of a bonus nothing is lost, of a deduction
    what it takes off.
    """
    if extra == "bonus":
        return ""
    lost = Fraction(one.low) if extra else Fraction(one.of) - Fraction(one.high)
    more = "?" if one.points is None else ""
    return (written(lost) if lost > 0 else "") + more


def _total(evaluation: Evaluation) -> Iterator[RenderableType]:
    score = evaluation.score
    if score is None:
        letters = "  ".join(f"{one.id} {one.points or '?'}" for one in evaluation.dimensions)
        yield plain(f"{say('得分', 'Scores')}{colon()}{letters}", "bold")
        return
    name = say("总分", "Total") if evaluation.ruleset.complete else say("小计", "Subtotal")
    points = earned(score)
    grade = ""
    if evaluation.grades:
        grade = "  " + say("等级：", "Grade: ") + say(" 或 ", " or ").join(evaluation.grades)
    action = f"  {evaluation.action}" if evaluation.action else ""
    yield plain(f"{name}{colon()}{points} / {score.of}{grade}{action}", "bold")
    blocks = [f"{one.title} {'/'.join(one.grades)}" for one in evaluation.dimensions if one.grades]
    if blocks:
        yield plain(f"{say('各部分', 'Dimensions')}{colon()}{'  '.join(blocks)}")
    for cap in evaluation.caps:
        sure = say("确定", "sure") if cap.sure else say("可能", "possible")
        yield plain(f"{say('限制', 'Cap')} ({sure}){colon()}{cap.id}, {cap.effect}")


def _findings(evaluation: Evaluation) -> Iterator[RenderableType]:
    """By severity; one finding on several rows is headed once."""
    if not evaluation.findings:
        return
    yield plain("")
    sure = sum(finding.status == "sure" for finding in evaluation.findings)
    possible = len(evaluation.findings) - sure
    yield plain(
        say(f"发现的问题（确定 {sure}，可能 {possible}）", f"Findings ({sure} sure, {possible} possible)"), "bold"
    )
    groups = groupby(evaluation.findings, key=lambda one: (one.id, one.status))
    for _, group in groups:
        yield from _finding(list(group))


def _finding(group: list[FindingResult]) -> Iterator[RenderableType]:
    from rich.text import Text

    first = group[0]
    zh, en, style = _SEVERITY[first.severity]
    mark = say(zh, en) + ("" if first.status == "sure" else say("·可能", ", possible"))
    head = plain(first.id + ("" if first.subject else f"{colon()}{first.says}"))
    yield _hanging(head, Text(f"- {mark} ", style))
    for one in group:
        if one.subject:
            yield _hanging(plain(f"{one.subject}{colon()}{one.says}"), _MARGIN)
    cited = f" {first.authority}" if first.authority else ""
    advice = f"  {say('建议：', 'Advice: ')}{first.advice}" if first.advice else ""
    yield _hanging(plain(f"{say('依据：', 'Ground: ')}{grounded(first.ground)}{cited}{advice}", "dim"), _MARGIN)


def graded(finding: FindingResult) -> str:
    """How severe a finding is, and whether it is sure."""
    zh, en, _ = _SEVERITY[finding.severity]
    sure = say("确定", "sure") if finding.status == "sure" else say("可能", "possible")
    return f"{say(zh, en)}{say('，', ', ')}{sure}"


def grounded(ground: str) -> str:
    """What a finding rests on."""
    return say(*_GROUND[ground])


_MARGIN = "    "


def _hanging(text: Text, margin: Text | str) -> RenderableType:
    """A paragraph whose every line starts right of the margin."""
    from rich.table import Table

    grid = Table.grid(padding=0)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(margin, text)
    return grid


def _supply(evaluation: Evaluation) -> Iterator[RenderableType]:
    if not evaluation.missing:
        return
    yield plain("")
    lettered = evaluation.score is None
    head = say("接下来补什么（按能定下的分数排列）", "What to supply next (by the points it would settle)")
    yield plain(say("接下来补什么", "What to supply next") if lettered else head, "bold")
    unit = "" if lettered else say(" 分", " points")
    for missing in evaluation.missing:
        yield plain(f"- {missing.criterion}{colon()}{missing.name} ({missing.settles}{unit})")


def _notes(evaluation: Evaluation) -> Iterator[RenderableType]:
    if evaluation.review:
        yield plain("")
        yield plain(say("评价人的评定与确认", "Judgements and confirmations"), "bold")
        for entry in evaluation.review:
            yield plain(f"- {entry.subject}{colon()}{entry.says} ({entry.by}{colon()}{entry.reason})")
    if evaluation.problems:
        yield plain("")
        yield plain(say("其他", "Also"), "bold")
        for problem in evaluation.problems:
            yield plain(f"- {problem.message} ({problem.source})", "dim")
