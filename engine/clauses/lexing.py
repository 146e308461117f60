"""Which words of a clause carry a rule? Tokens sorted by sentence: notes set apart, punctuation dropped."""

# ruff: noqa: SIM905, E501  # lists of words

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lark import Token

from .lexicon import NEGATIONS, is_soft

_DROPPED = frozenset(["COMMA", "PAREN", "STOP", "DIRECTION"])
_NUMBERS = frozenset(["QUANTITY", "NUMBER", "MARKS_GOT"])
_SILENT = frozenset(
    "TEXT QUANTITY NUMBER MARKS_GOT DASH MINUS PLUS OVER TIMES SIDE WEIGHT NOTE MET UNMET DOWN UP LEVEL NONE INCLUDED EXCLUDED BEYOND_LAST WITHIN_LAST DIRECTION COMMA PAREN OR AND".split()
)
"""Words that state no rule by themselves: a sentence of these alone is a note."""
_SCORES = frozenset(
    "AWARD FULL ZERO DEDUCT RANGE_DEDUCT SHARE_DEDUCT SHARE_AWARD GAIN RATIO RATIO_OF JUDGED EVERY_ITEM FLOOR CAP BA AB DOUBT".split()
)
_JUDGED = frozenset(
    "TEXT COMMA PAREN OVER MINUS AND OR NONE EXCLUDED_FROM ELSE AWARD RANGE_AWARD FULL ZERO DEDUCT RANGE_DEDUCT SHARE_DEDUCT SHARE_AWARD JUDGED FLOOR CAP MARK EVERY_ITEM".split()
)
"""A sentence of these alone names what a person judges: no number of it is compared."""
_LOOSE = frozenset(["TEXT", "COMMA", "PAREN", "DOUBT", "OVER", "MINUS", "PLUS", "TIMES", "MARK", "OR", "AND", "SIDE"])
"""What a 不 before it says nothing of."""
_LAST_YEAR = frozenset(["NONE", "WITHIN_LAST", "BEYOND_LAST", "DOWN", "LEVEL", "UP"])
"""Words that compare with the year before, or say that there is nothing to compare."""
_FORMULA = frozenset(["WEIGHT", "TIMES"])
_OPENS = frozenset(["SCORE_IS", "TIMES", "OVER"])
"""What an operand follows: 得分=达到目标的指标个数/…"""
_ENDS = frozenset(["QUANTITY", "NUMBER", "MARKS_GOT", "SIDE", "INCLUDED", "EXCLUDED", "INTERVAL"])
"""Words a condition may end with."""
PARTICLES = frozenset(
    "的 时 则 者 为 是 在 即 均 各 分别 到 之间 的部门 的单位 的情况 的情况下 情况下 部分 的部分 按 以 且 但 而 并且 和 区间 其中 的项目 之间的 相应 就 应 则应".split()
)
"""Words between a condition and what it gives that say nothing of their own."""


_NAMED_NUMBERS = frozenset(["TEXT", "NUMBER", "COMMA", "OVER", "PAREN"])
_COMPUTED = frozenset(["计分", "记分", "得分", "计算", "计算得分", "计"])
"""What may stand behind a formula: 按执行率×10计分."""


def _token(kind: str, parts: list[Token]) -> Token:
    first, last = parts[0], parts[-1]
    return Token(kind, "".join(parts), start_pos=first.start_pos, line=1, column=1, end_pos=last.end_pos)


class Sentences:
    """Lark's hook between lexer and parser."""

    always_accept = ("STOP", "COMMA", "PAREN", "DIRECTION", "DOUBT", "NAME", "OR", "AND")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Yield the tokens the grammar reads, sentence by sentence."""
        sentences: list[list[Token]] = [[]]
        for token in stream:
            if token.type == "STOP":
                sentences.append([])
            else:
                sentences[-1].append(_token("TEXT", [token]) if token.type == "NAME" else token)
        for sentence in _told_apart([_negated(one) for one in sentences if one]):
            yield from _sentence(_eased(sentence))


def _negated(tokens: list[Token]) -> list[Token]:
    """不 or 未 right before a phrase that doesn't hold it: 不达到目标, 每不发生1次, 不扣2分."""
    told: list[Token] = []
    for token in tokens:
        before = told[-1] if told else None
        if before is not None and before.type == "TEXT" and before.endswith(NEGATIONS) and token.type not in _LOOSE:
            told[-1] = _token("DOUBT", [before])
            if token.type in _SCORES:
                told[-1] = _token("DOUBT", [before, token])
                continue
        told.append(token)
    return told


def _eased(tokens: list[Token]) -> list[Token]:
    """What a person judges, and a note, may hold a word that elsewhere turns or bounds the rule: it is shown with it."""
    kinds = {token.type for token in tokens} - {"DOUBT"}
    if kinds <= _JUDGED or _is_note(tokens, kinds):
        return [_text(token) for token in tokens]
    eased: list[Token] = []
    item = 0
    for token in tokens:
        if token.type == "MARK" or token.type in _SCORES - {"DOUBT"}:
            eased[item:] = map(_text, eased[item:]) if item else eased[item:]
            item = len(eased) + 1 if token.type == "MARK" else 0
        elif token.type.startswith("EACH"):  # ①-⑤ 以上情况每出现一例: these words say what is counted
            item = 0
        eased.append(token)
    return eased[:item] + [_text(token) for token in eased[item:]] if item else eased


def _text(token: Token) -> Token:
    return _token("TEXT", [token]) if token.type == "DOUBT" and is_soft(token) else token


def _told_apart(sentences: list[list[Token]]) -> list[list[Token]]:
    """无结余3；有结余但不超过上年结转2: where each sentence compares with last year, its last number is points."""
    compared = all(one[-1].type == "NUMBER" and _LAST_YEAR & {token.type for token in one[:-1]} for one in sentences)
    if len(sentences) < 2 or not compared or any(_counted(one) != 1 for one in sentences):
        return sentences
    return [[*one[:-1], _token("AWARD", [one[-1]])] for one in sentences]


def _counted(tokens: list[Token]) -> int:
    return sum(token.type in _NUMBERS or token.type in _SCORES for token in tokens)


def _sentence(tokens: list[Token]) -> list[Token]:
    kinds = {token.type for token in tokens}
    if _is_note(tokens, kinds):
        return [_token("NOTE", tokens)]
    if kinds <= _NAMED_NUMBERS:
        tokens = [_token("LISTED", [token]) if token.type == "NUMBER" else token for token in tokens]
    marked, formula = "MARK" in kinds, bool(kinds & _FORMULA)
    if marked and kinds <= {"TEXT", "NUMBER", "COMMA", "PAREN", "MARK"}:
        tokens = _bare_points(tokens)
    merged = _merged(tokens, formula)
    return _read(_marked(merged) if marked else merged, formula)


def _is_note(tokens: list[Token], kinds: set[str]) -> bool:
    if kinds & _SCORES:
        return False
    if not kinds <= _SILENT:
        return "说明" in "".join(token for token in tokens if token.type == "TEXT")
    if kinds <= _NAMED_NUMBERS:  # 良好10一般8差0
        listed = [token.type for token in tokens if token.type in ("TEXT", "NUMBER")]
        pairs = [*pairwise(listed)].count(("TEXT", "NUMBER"))
        return pairs < 2 or listed[-1] != "NUMBER"
    ranges = sum(b.type == "DASH" and (a.type in _NUMBERS or a.type == "INCLUDED") for a, b in pairwise(tokens))
    return ranges < 2 and not {"TIMES", "WEIGHT"} <= kinds


def _bare_points(tokens: list[Token]) -> list[Token]:
    """①制定1 ②有效执行1: where every item ends with a number, the numbers are points."""
    last = [place for place, one in enumerate(tokens) if place + 1 == len(tokens) or tokens[place + 1].type == "MARK"]
    if tokens[0].type != "MARK" or not all(tokens[place].type == "NUMBER" for place in last):
        return tokens
    return [_token("AWARD", [one]) if place in last else one for place, one in enumerate(tokens)]


class _Runs:
    """Tokens in turn, those of a run as one free text."""

    def __init__(self) -> None:
        self.done: list[Token] = []
        self.run: list[Token] = []

    def close(self) -> list[Token]:
        """End the run; all tokens so far."""
        if self.run:
            self.done.append(_token("TEXT", self.run))
            self.run = []
        return self.done


def _merged(tokens: list[Token], formula: bool) -> list[Token]:
    """Runs of free text as one token each; signs of arithmetic count only in a formula."""
    runs = _Runs()
    for place, token in enumerate(tokens):
        kind, behind = token.type, tokens[place + 1 :]
        sign = kind in ("PLUS", "WEIGHT", "TIMES") or (kind == "MINUS" and not _between_marks(token, tokens))
        if kind in ("OR", "AND"):
            inside = bool(runs.run) or not _joins(token, runs.done, behind)
        elif kind == "OVER":
            inside = bool(runs.run) and _compares(behind)
        else:
            operand = formula and kind == "MET" and not runs.run and runs.done and runs.done[-1].type in _OPENS
            inside = kind == "TEXT" or bool(operand) or (sign and not formula)
        if inside:
            runs.run.append(token)
        else:
            runs.close()
            runs.done += [token] if formula or kind != "OVER" else []
    return runs.close()


def _compares(behind: list[Token]) -> bool:
    """Does the quotient before these belong to a condition (…，其中：若a/b>0.1)?"""
    return next((one.type in ("COMPARE", "PAST") for one in behind if one.type != "TEXT"), False)


def _joins(token: Token, before: list[Token], after: list[Token]) -> bool:
    """Does 或 stand behind a condition, or 且 between two?"""
    if token.type == "OR":
        return bool(before) and before[-1].type not in _DROPPED
    told = [one.type for one in before if one.type not in _DROPPED]
    return bool(told) and told[-1] in _ENDS and bool(after) and after[0].type == "TEXT"


def _between_marks(token: Token, tokens: list[Token]) -> bool:
    place = tokens.index(token)
    return place > 0 and tokens[place - 1].type == "MARK"


def _marked(tokens: list[Token]) -> list[Token]:
    """Whatever stands between a list mark and its points is the item's text."""
    runs, inside = _Runs(), False
    for token in tokens:
        if token.type in _SCORES or token.type in ("MARK", "MINUS") or token.type.startswith("EACH"):
            runs.close().append(token)
            inside = token.type == "MARK"
        elif not inside:
            runs.done.append(token)
        elif runs.run or token.type not in _DROPPED:
            runs.run.append(token)
    while runs.run and runs.run[-1].type in _DROPPED:
        runs.run.pop()
    return runs.close()


def _read(tokens: list[Token], formula: bool) -> list[Token]:
    """Punctuation goes; a heading before a colon is a note; particles go."""
    read: list[Token] = []
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.type == "NONE" and following is not None and following.type in _DROPPED:
            token = _token("TEXT", [token])
        if token.type == "TEXT":
            begins = place == 0 or tokens[place - 1].type == "COMMA"
            if (token in PARTICLES and not (begins and token in ("是", "否"))) or (formula and token in _COMPUTED):
                continue
            if formula and token.endswith("="):
                token = _token("SCORE_IS", [token])
            elif place == 0 and following == ":" and (not formula or _headed(tokens)):
                token = _token("NOTE", [token])
        read += [token] if token.type not in _DROPPED else []
    return read


def _headed(tokens: list[Token]) -> bool:
    """预算执行率：得分=…: does a formula follow the name and its colon?"""
    return len(tokens) > 2 and tokens[2].type == "SCORE_IS" and "向" not in tokens[0]
