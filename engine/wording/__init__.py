"""In which words is it said? Every sentence of the engine, Chinese first, English beside it; names are {facts}."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ..values.problems import Problem
from .phrases import PHRASES
from .problems import PROBLEMS
from .sheets import SHEETS

Lang = Literal["zh", "en"]
_PHRASES = PHRASES | SHEETS


def phrase(key: str, lang: Lang, **facts: object) -> str:
    """The phrase with its facts put in."""
    return _PHRASES[key][lang == "en"].format(**facts)


def said(name: str, text: str, lang: Lang) -> str:
    """`name: text`, with the colon of the language; the name is that of a phrase."""
    return phrase("said", lang, name=phrase(name, lang), text=text)


def joined(sentences: Iterable[str], lang: Lang) -> str:
    """Sentences one after the other; those that say nothing are left out."""
    return ("；" if lang == "zh" else "; ").join(filter(None, sentences))


def listed(names: Iterable[str], lang: Lang) -> str:
    """Names in a row."""
    return phrase("list", lang).join(names)


def in_terms(text: str, lang: Lang) -> str:
    """What the system says, in the language of the reader."""
    return _in_terms(text) if lang == "zh" else text


_TERMS = {
    "department": "部门整体",
    "project": "项目",
    "government": "政府",
    "number": "数",
    "truth": "是否",
    "text": "文字",
    "figure": "数据",
    "field": "栏目",
    "measure": "指标",
    "flag": "标志",
    "points": "得分",
    "finding": "问题",
    "result": "结果",
    # what the system says of a file
    "Is a directory": "这是文件夹，不是文件",
    "not a regular file": "不是普通文件（是管道或设备）",
    "Permission denied": "没有权限",
    "File name too long": "文件名太长",
    "Too many levels of symbolic links": "链接指向自己",
    "No such file or directory": "没有这个文件或文件夹",
    "No space left on device": "磁盘已满",
    "Broken pipe": "接收一方已关闭",
    "Bad file descriptor": "输出已关闭",
    # what the YAML reader says, and what most often lies behind it
    "found character that cannot start any token": "不能以制表符（Tab）、%、@ 等记号开头；缩进只用空格，这样的值加引号",
    "mapping values are not allowed in this context": "这里不能再有“: ”；值里有半角冒号加空格的要加引号",
    "did not find expected key": "与上文接不上；看引号是否成对、缩进是否与同级对齐",
    "did not find expected ',' or '}'": "花括号没有收住；看是否漏了逗号或“}”，值里有“ #”的要加引号",
    "did not find expected ',' or ']'": "方括号没有收住；看是否漏了逗号或“]”，值里有“ #”的要加引号",
    "could not find expected ':'": "这一行没有“: ”（半角冒号加空格）；看上面的引号是否成对",
    "found unexpected end of stream": "到文件末尾引号也没有收住",
    "control characters are not allowed": "不能有控制字符",
    "directives (%) are not allowed": "行首不能用 %",
}
"""Terms of the engine inside Chinese sentences, by the facts that hold them."""
_TERMED = frozenset({"expected", "judges", "found", "left", "right", "role"})
"""Facts that hold a term, or several."""
_WITH_TERMS = frozenset(
    {"wrong-kind", "settled-later", "not-comparable", "not-yaml", "wrong-judge", "unreadable-file", "unwritable-file"}
)


def message(problem: Problem, lang: Lang) -> str:
    """The sentence of a problem, without its place."""
    facts = problem.facts
    if lang == "zh" and problem.code in _WITH_TERMS:
        facts = {name: _in_terms(text) if name in _TERMED else text for name, text in facts.items()}
    return PROBLEMS[problem.code][lang == "en"].format(**facts)


def _in_terms(text: str) -> str:
    return "、".join(_TERMS.get(one, one) for one in text.split("、"))
