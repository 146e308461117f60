"""Which words turn a rule, bound, soften, count or exempt, and which names merely look like them? The only such list.

The phrases of the grammar are made of these words (`shorthands`). Where no phrase reads one, it is a `DOUBT`, which
refuses the clause; only what a person judges, and a note, may hold the softer ones.
"""

# ruff: noqa: SIM905, E501  # lists of words, one line a kind

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

TURNS = "不 不得 不能 不能够 不可 不可以 不应 不应当 不应该 不该 不宜 不准 不许 不允许 不得以 严禁 禁止 未 没有 未曾".split()
"""Before 低于, 超过 …: the other side. The plain ones (不, 未) are elsewhere part of names; the others never."""
_LESS = "低于 少于 小于 低过".split()
_MORE = "超过 超出 超 高于 高出 大于 多于 突破 高过".split()

BELOW = frozenset(["<", *_LESS, *"不足 不到 未满 不满 未达 未达到 达不到 不及".split()])
ABOVE = frozenset([">", *_MORE])
REACHED = frozenset("达到 达 完成 满 足 已满 年满".split())
"""Words for ≥ that stand before numbers alone: before a target some of them say other things."""
_AT_LEAST = frozenset(
    "≥ >= 大于等于 大于或等于 大于且等于 达到或超过 达到或高于 高于或等于 不下 不下于 不亚于 至少 至少达到 至少完成 至少为 最少 最少达到 起码 起码达到".split()
) | {turn + word for turn, word in product(TURNS, _LESS)}
AT_LEAST = _AT_LEAST | REACHED
AT_MOST = frozenset(
    "≤ <= 小于等于 小于或等于 小于且等于 低于或等于 控制在 至多 至多为 最多 最多不超过 至多不超过 顶多".split()
) | {turn + word for turn, word in product(TURNS, _MORE) if word != "超" or turn[0] in "不严禁"}
EQUAL = frozenset("= 等于".split())
NEGATIONS = ("没有", "未", "没", "不")
UNSAID = (*NEGATIONS, "并非", "非", *BELOW, *ABOVE, *AT_MOST, *_AT_LEAST)
"""A name that ends so turns or bounds the condition behind it, in a way no phrase reads."""

_SOFT = {
    "turn": (
        "不得不 不得 不能 不可 不应 不该 不宜 不准 不许 不允许 不予 不再 不会 不必 不须 不需 无需 无须 切勿 勿 严禁 禁止 杜绝 避免 防止 并非 绝不 决不 从不 从未 未曾 不曾 仅 只有"
    ),
    "bound": "至少 最少 起码 至多 最多 顶多 最高 最低 最大 最小 不下 不亚 突破 满 足",
    "near": "大概 大致 大体 约 将近 接近 近 几乎 差不多 略 稍",
}
_HARD = {
    "first": "首次 首例 首起 首个 首犯 首日 初次 初犯 头次 再次 之后 以后 此后 其后 连续 宽限 前几 暂不 暂缓",
    "exempt": "例外 豁免 免于 免予 免除 免扣 可免 剔除 不可抗力 不计 不重复 不累计 允许 容许",
    "vague": "左右 大约 上下 视情况 视情节 视具体情况 酌情 适当 情节严重 情节较重 特殊情况 经批准 原则上 加倍 减半 一票否决 翻倍 可以 可不 另行 另扣 另加",
}
NOTHING = "应当 应该 必须 务必".split()
"""Words that change nothing wherever they stand before a condition."""

NAMES = (
    "首次通过 首次合格 首次成功 首次公开 首次就业 首次分配 初次就业 初次分配 首个工作日 "
    "连续运行 连续性 连续监测 连续供水 连续供电 连续作业 不间断 可持续 "
    "满意 圆满 美满 满足 满分 满额 满员 满载 满负荷 满勤 充满 期满 届满 不满 满编 丰满 满覆盖 满族 "
    "足额 足够 足球 充足 富足 不足 立足 补足 足月 足协 足浴 自给自足 十足 "
    "节约 预约 约谈 约束 约定 合约 契约 制约 集约 简约 公约 条约 履约 违约 签约 邀约 解约 续约 约见 "
    "近视 近期 近年 近亲 近郊 就近 附近 邻近 临近 靠近 近零 近海 近岸 近景 最近 "
    "最低生活 最低工资 最低保障 最低收购 最低限价 最低价 最低标准 最高限价 最高价 最高法 最高检 最高人民 最大限度 最大化 最小化 最大承载 "
    "基本支出 基本建设 基本公共 基本医疗 基本养老 基本农田 基本工资 基本药物 基本保险 基本生活 基本情况 基本户 基本数字 基本指标 基本分 基本运转 基本保障 "
    "大致相当 左右岸 上下游 上下级 上下班 上下水 上下浮动 上下联动 "
    "不可抗力 不可移动 不可预见 不可再生 不可回收 不能自理 不可利用 防止返贫 禁止开发 禁止类 战略 策略 谋略 省略 侵略 "
    "突破性 重大突破 技术突破 关键突破 突破口 突破项 "
    "不计利息 免除费用 "
    "经济 经费 经营 经常 经办 已经 财经 神经 曾经 "
    "不仅 "
).split()
"""Mere names that hold such a word: there it is part of the name, and shown as such."""

WHOLE_NAMES = (
    "一次通过 一次合格 一次验收 一次成功 一次办结 一次性 一站式 无障碍 无公害 无害化 无纸化 无偿 无线 无人机 无烟 无证明 无尘 两癌 三品一标"
).split()
"""Names that begin like a number or a condition: no phrase is looked for in them."""


def _guarded(word: str) -> str:
    """The word, but not inside a mere name."""
    names = {name for name in NAMES if word in name and word != name}
    if not names:
        return re.escape(word)
    parts = sorted(name.split(word, 1) for name in names)
    inside = "|".join((f"(?<={re.escape(a)})" if a else "") + re.escape(word + b) for a, b in parts)
    return f"(?!{inside}){re.escape(word)}"


_SHAPED = {
    "first": [
        r"第(?:\d+|[一二三四五六七八九十]+)(?:次|例|起|个)",
        r"[前头](?:\d+|[一二两三四五六七八九十])(?=次|例|起|个|项)",
    ],
    "exempt": [
        r"(?<![扣免消清拆解排删])除(?=[^,;。]*外)",
        r"经(?![济费营常办开贸销纪络典验理])(?=[^,;。]{0,12}(?:后|同意|批准|核准|认可))",
    ],
    "near": [
        r"(?<=[\d十百千万])[余多来几]",
        f"{_guarded('基本')}"
        r"(?!(?:完成|达标|实现|符合|合格|到位|健全|齐全|及时)(?:的|得|计|,|:|\d+分))",  # there an outcome by name
    ],
}


def _any(words: Iterable[str], shaped: Sequence[str] = ()) -> str:
    """One of the words, the longest first."""
    return "(?:" + "|".join([*map(_guarded, sorted(words, key=lambda w: (-len(w), w))), *shaped]) + ")"


def _listed(kinds: dict[str, str]) -> list[str]:
    return [word for words in kinds.values() for word in words.split()]


HARD = _any(_listed(_HARD), [*_SHAPED["first"], *_SHAPED["exempt"]])
SOFT = _any(_listed(_SOFT), _SHAPED["near"])
WORDS = (*_listed(_SOFT), *_listed(_HARD))
"""Every word that is read or refuses the clause."""
BEGINNINGS = frozenset("".join([*WORDS, *AT_LEAST, *AT_MOST, *ABOVE, *BELOW, *EQUAL, "第前头除经余多来几"]))
"""A run of free text stops before these."""


def shorthands() -> dict[str, str]:
    """What the grammar's phrases are made of: see the head of its phrases."""
    return {
        "M": _any(WHOLE_NAMES),
        "P": _any(AT_LEAST | AT_MOST | ABOVE | BELOW | EQUAL),
        "X": _any(AT_MOST),
        "Y": _any(_AT_LEAST),
        "H": HARD,
        "W": f"(?:{HARD}|{SOFT})",
        "B": f"(?!{_any(_HARD['first'].split(), _SHAPED['first'])}|{_any(_HARD['vague'].split())}|{SOFT})",
        "F": f"(?!{HARD}|{SOFT})",
    }


def is_soft(word: str) -> bool:
    """May what a person judges hold this word, and a note?"""
    return word in NEGATIONS or word in _listed(_SOFT) or re.search(_any([], _SHAPED["near"]), "1" + word) is not None


def word_in(text: str) -> str:
    """The first such word of a text; empty where there is none."""
    found = re.search(f"{HARD}|{SOFT}", text)
    return found.group() if found else ""


def problem(word: str) -> str:
    """The code of what is wrong where no phrase reads the word."""
    vague = f"{_SOFT['near']} {_HARD['vague']} 基本".split()
    return "clause-doubtful" if word in vague else "clause-word-unread"
