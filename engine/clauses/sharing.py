"""Which share of the indicator rows passes (达标的数量指标个数÷全部数量指标个数×分值), and what does one row need?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..methods import AnyMethod, Share
from ..values.amounts import Amount
from .clause import Clause
from .conditions import HUNDRED
from .statements import Band, Formula, Span

_KIND = (
    "(?:数量|质量|时效|(?:经济|社会|生态环境)?成本|经济效益|社会效益|生态效益|可持续影响|"
    "(?:服务对象|社会公众)?满意度)指标"
)
"""Kinds of indicator as the national form names them; a row is of the kind that it is filed under."""
_ROWS = f"(?:(?P<kind>{_KIND})|(?P<any>(?:绩效|考核|评价|年度|三级)?指标))"
_COUNT = "的?总?(?:个数|项数|条数|数量|数)"
_AIM = "(?:年初|年度|绩效|预期|既定)*(?:目标值?|指标值|预期|要求)?"
_PASSING = re.compile(f"(?:已|实际)?(?:达到|达标|达成|完成|实现|合格){_AIM}的?{_ROWS}?{_COUNT}")
_EVERY = re.compile(f"(?:全部|所有|年初|设定|设置|下达|考核|应完成|的)*{_ROWS}?{_COUNT}")
_SINGLE = re.compile(f"(?:单个|单项|每个|每项|各个|各项|各){_ROWS}")


def counts_rows(formula: Formula, bands: Sequence[Band]) -> bool:
    """Does the formula count indicator rows, or do the conditions speak of single ones?"""
    top, bottom = _PASSING.fullmatch(formula.top), _EVERY.fullmatch(formula.bottom)
    if top and bottom and (top["kind"] or top["any"]) and (bottom["kind"] or bottom["any"]):
        return True
    return any(band.condition.word == "unmet-or" or _SINGLE.match(band.condition.name) for band in bands)


def share_form(clause: Clause, formula: Formula, bands: Sequence[Band]) -> AnyMethod:
    """What one row needs to pass (单个指标未达到预期或超过预期30%以上均不计分), and the share that does."""
    kind = _kind(clause, formula, bands)
    clause.caps()
    low: Amount | None = None
    high: Amount | None = None
    high_closed: bool | None = None
    for band in bands:
        condition = band.condition
        if clause.given(band.earned) != 0:
            clause.refuse("not-combined", band)
        if condition.word in ("unmet", "unmet-or"):
            low = HUNDRED
        if condition.low is not None and condition.high is None:
            high, high_closed = condition.low.at, clause.closed(condition.low, "above", band)
        elif condition.high is not None:
            clause.refuse("not-combined", band)
        clause.part("passes", band)
    to_closed = None if high is None or high_closed is None else not high_closed
    return Share(method="share", kind=kind, from_=low, to=high, to_closed=to_closed)


def _kind(clause: Clause, formula: Formula, bands: Sequence[Band]) -> str:
    """The kind of row that is counted: every place that names one must name the same; "" where none does."""
    found = ""
    places: list[tuple[re.Match[str] | None, str, Span]] = [
        (_PASSING.fullmatch(formula.top), formula.top, formula.span),
        (_EVERY.fullmatch(formula.bottom), formula.bottom, formula.span),
    ]
    for band in bands:
        if band.condition.name:
            places.append((_SINGLE.fullmatch(band.condition.name), band.condition.name, band.condition.name_span))
    for match, text, span in places:
        if match is None:
            clause.refuse("not-combined", span, found=text)
        kind = match["kind"] or ""
        if kind and found and kind != found:
            clause.refuse("several-measures", span, found=kind, first=found)
        found = found or kind
    return found
