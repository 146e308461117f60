"""Do the English and the Chinese README of rules and of cases say the same? Block by block: shape, literals, links."""

from __future__ import annotations

import difflib
import re
from typing import get_args

import pytest

from engine.methods import METHODS
from engine.methods.choices import CHOICES
from engine.rules.rows import RowRules
from tests.console import ROOT

NAMES = ("README.md", "README.zh-CN.md")
_GENERATED = re.compile(r"<!-- jixiao .*?<!-- end -->", re.DOTALL)
_LITERAL = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"\]\(([^)]+)\)")

Line = tuple[str, list[str], list[str]]
"""What a line or paragraph is, its literals, and where its links lead."""


def shape(text: str) -> list[Line]:
    """Each heading, table row, item or paragraph of a page, without its generated list."""
    written = _GENERATED.sub("", text).strip()
    return [_line(line) for block in re.split(r"\n{2,}", written) for line in _lines(block)]


def _lines(block: str) -> list[str]:
    """A table by its rows, a list by its items, and else the whole paragraph."""
    if block.startswith("|"):
        return block.splitlines()
    return re.split(r"\n(?=- )", block) if block.startswith("- ") else [block]


def _line(line: str) -> Line:
    kind = line.split(" ")[0] if line.startswith("#") else line[0] if line[0] in "|-" else "text"
    if kind == "|":
        number = re.match(r"\| (\d+) \|", line)
        kind = f"row of {line.count(' |')}" + (f", {number[1]}" if number else "")
    literals = sorted(" ".join(found[2].split()) for found in _LITERAL.finditer(line))
    links = [target for target in _LINK.findall(line) if target not in NAMES]
    return kind, literals, sorted(links)


def differences(english: str, chinese: str) -> list[str]:
    """What only the first page has (`-`) and what only the second has (`+`), in order."""
    lines = difflib.unified_diff(*([str(line) for line in shape(page)] for page in (english, chinese)), n=0)
    return [line for line in lines if line.startswith(("-(", "+("))]


@pytest.mark.parametrize("folder", ["rulesets", "cases"])
def test_the_twins_have_the_same_blocks_rows_literals_and_links(folder: str) -> None:
    english, chinese = ((ROOT / folder / name).read_text("utf-8") for name in NAMES)
    assert differences(english, chinese) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_choice_stands_in_the_page_with_its_values(name: str) -> None:
    rows = [literals for kind, literals, _ in shape((ROOT / "rulesets" / name).read_text("utf-8")) if "row" in kind]
    for choice in CHOICES:
        assert any({choice.name, *choice.values} <= set(literals) for literals in rows), choice.name


@pytest.mark.parametrize("name", NAMES)
def test_every_method_and_key_of_rows_stands_in_the_page(name: str) -> None:
    page = (ROOT / "rulesets" / name).read_text("utf-8")
    said = {word for found in _LITERAL.finditer(_GENERATED.sub("", page)) for word in re.findall(r"[\w-]+", found[2])}
    for method in METHODS:
        for name, field in method.model_fields.items():
            words = get_args(field.annotation) if name == "method" else (field.alias,)
            assert set(words) <= said, (method, words)
    assert {field.alias for field in RowRules.model_fields.values()} - said == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_table_of_shapes_has_all_of_them_each_with_its_example(name: str) -> None:
    lines = shape((ROOT / "rulesets" / name).read_text("utf-8"))
    numbered = [(kind.split(", ")[1], links) for kind, _, links in lines if ", " in kind]
    assert [number for number, _ in numbered] == [str(number) for number in range(1, 48)]
    assert all(f"/shapes/{int(number):02}-" in link for number, (link,) in numbered)


PAGE = (
    "# I\n\nSay `a: 1`, or\n`b`: [it](x.md).\n\n| k | v |\n|---|---|\n| 1 | `c` |\n| 2 | ``d`e`` |\n\n- `f`\n  o\n- g\n"
)
TWIN = "# 一\n\n`b` 或 `a: 1`，见[此](x.md)。\n\n| 键 | 值 |\n|---|---|\n| 1 | `c` |\n| 2 | ``d`e`` |\n\n- `f`\n- 庚\n"


def test_words_and_their_order_may_differ() -> None:
    assert differences(PAGE, TWIN) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("# 一\n", "## 一\n"),
        ("`a: 1`", "`a: 2`"),
        ("`b` 或 ", "或 "),
        ("x.md", "y.md"),
        ("| 2 | ``d`e`` |\n", ""),
        ("| 1 |", "| 3 |"),
        ("``d`e``", "`d`"),
        ("| `c` |", "| `c` | |"),
        ("- 庚\n", ""),
        ("- 庚\n", "- 庚\n\n尾\n"),
    ],
    ids=["heading", "literal", "left-out", "link", "row", "number", "marks", "cells", "item", "paragraph"],
)
def test_what_drifts_apart_is_told(was: str, now: str) -> None:
    assert was in TWIN
    assert differences(PAGE, TWIN.replace(was, now, 1)) != []
