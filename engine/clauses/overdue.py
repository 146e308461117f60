"""Which points for how late? 按期得10分，逾期1个月以内得6分: in time is the band up to none; late begins after it."""

from __future__ import annotations

import re
from dataclasses import replace

from ..methods import AnyMethod
from .banding import bands_method
from .clause import Clause
from .conditions import amount
from .statements import Band, Each, End, Interval, Item

_IN_TIME = re.compile(
    "(?:按期|按时|及时|如期|准时|在?规定(?:时间|期限|时限)内?)(?:全部)?(?:完成|报送|上报|提交|公开|支付|下达)?"
)
_LATE = re.compile(
    "(?:但|若|如)?(?:逾期|滞后|延迟|推迟|延误|拖延|晚|迟|延期|超期|迟报)(?:未)?(?:完成|报送|上报|提交|支付|下达)?(?:在)?"
)
_TIMES = frozenset(["天", "日", "工作日", "个工作日", "月", "个月", "季度", "个季度", "年", "小时"])


def overdue(clause: Clause) -> bool:
    """Is one outcome in time, and all conditions some time late?"""
    items, bands = clause.all(Item), clause.all(Band)
    if len(items) != 1 or not bands or clause.all(Each) or not _IN_TIME.fullmatch(items[0].name):
        return False
    timed = [band for band in bands if band.condition.word != "otherwise"]
    late = any(_LATE.fullmatch(band.condition.name) for band in timed)
    return late and all(_timed(band.condition) for band in timed)


def _timed(condition: Interval) -> bool:
    named = not condition.name or _LATE.fullmatch(condition.name)
    return bool(named and condition.ends) and all(end.at.word in _TIMES for end in condition.ends)


def overdue_method(clause: Clause) -> AnyMethod:
    """Bands of the time late: up to 0 for the outcome in time; the first after it begins beyond 0."""
    bands = clause.taken(Band)
    (item,) = clause.taken(Item)
    assert item.earned is not None
    none = amount(0, next(end.at.word for band in bands for end in band.condition.ends))
    in_time = Band(Interval(None, End(none, True, item.span), item.span), item.earned, item.span)
    start = End(none, False, item.span)
    shortest = min((one.condition.high.at.value for one in bands if one.condition.high is not None), default=None)
    late = []
    for band in bands:
        told = replace(band.condition, name="")  # 逾期 and its like say what is counted, and no more
        if told.low is None and told.high is not None and told.high.at.value == shortest:
            told = replace(told, low=start)  # the shortest that names no beginning (逾期1个月以内) begins past the time
        late.append(replace(band, condition=told))
    clause.stated("floor")
    return bands_method(clause, [in_time, *late])
