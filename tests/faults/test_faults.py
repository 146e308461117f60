"""Is each kind of fault that was once seen mended as a kind? One file a kind; what should be is worked by hand in it.

    kind: A5                  the kind, and what it is in a sentence
    is: …
    bases: {name: {…}}        sections of a rule file, for the tests that stand `on` them, over base.yaml's; one that
                              includes parts is a file of its own
    filed: {…}                sections of a submission that all tests of the file share
    tests:
      - name: …               what is tried; `given` where it is an input of the list of faults, else of the same kind
        on: name              the base; `rules` are laid over it (maps are joined name by name, `~` takes a key out)
        ruleset: id           or a rule set that comes with the engine
        filed: {…}, review: {…}
        permute: path         a list or map of the rules (`rules.…`) or the filing (`filed.…`): any order, one result
        work: "…"             the arithmetic, by hand
        score, of, grades     `7.5`, `0–10`, `none`; `7.5 of 10` says the full points with it
        rows, blocks: {name: 7.5 of 10}      points of criteria and indicator rows, of blocks
        parts: {block: [优]}  grades of blocks
        evidence: {finding: {name: [value, unit]}}     what it rests on, in the unit it is said in
        unsure: [finding]     not raised surely
        ids: [[block, row]]   names that an id is made of
        evidenced: [finding]  raised surely, and it says on what it rests
        raises: {finding: sure}, silent: [finding]     `finding @ row` for one row; silent: neither sure nor possible
        says, unsaid: [text]  what some sentence must hold, and none may
        reported, unreported: [text]   what the whole answer must hold somewhere, or may not (`折算|按比例`)
        notes: [code]         problems that are told though it is judged; `any`: some problem is
        refused: [code]       the rules or the filing are refused; `any` where no code is agreed on
        facts: {choice: off}  facts of a problem of the refusal
        or-refused: true      a refusal is as good

A refusal for a key that nobody reads is never the one asked for.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from .engine_seen import Points, Seen, scored

FOLDER = Path(__file__).parent
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
BASE = yaml.load((FOLDER / "base.yaml").read_text("utf-8"), Loader=LOADER)
INPUTS = {"on", "ruleset", "rules", "filed", "review", "permute"}
EXPECTED = {
    "score", "of", "grades", "rows", "blocks", "parts", "raises", "silent", "says", "unsaid", "notes", "refused",
    "caps", "reported", "unreported", "unsure", "evidence", "evidenced", "ids",
}  # fmt: skip
UNREAD = {"unknown-key", "missing-key", "not-one-of", "not-a-mapping", "bad-value", "repeated-key", "not-yaml"}
"""Problems of a file that the engine can't read at all: never the refusal that a test asks for, unless by its code."""
_POINTS = re.compile(r"(?P<low>-?[\d./]+)(?:–(?P<high>-?[\d./]+))?(?: of (?P<least>[\d./]+)(?:–(?P<most>[\d./]+))?)?")

Test = dict[str, Any]


@cache
def contents() -> dict[str, dict[str, Any]]:
    """The files, by name."""
    return {
        path.stem: yaml.load(path.read_text("utf-8"), Loader=LOADER)
        for path in sorted(FOLDER.glob("[ab]*.yaml"))
        if path.stem != "base"
    }


def laid(under: Any, over: Any) -> Any:
    """Maps joined name by name, anything else replaced; `~` takes a name out. `criteria` are replaced as a whole."""
    if not (isinstance(under, dict) and isinstance(over, dict)):
        return over
    joined = {key: value for key, value in under.items() if over.get(key) != "~"}
    for key, value in over.items():
        if value != "~":
            joined[key] = laid(under.get(key), value) if key != "criteria" else value
    return joined


def stated() -> Iterator[tuple[str, dict[str, Any], Test]]:
    """File, its content, a test; one in which something is permuted stands for each order."""
    for file, content in contents().items():
        for test in content["tests"]:
            for number, order in enumerate(orders(content, test), 1):
                suffix = f" 序{number}" if "permute" in test else ""
                yield f"{file}: {test.get('name') or test['given']}{suffix}", content, order


def inputs(content: dict[str, Any], test: Test) -> dict[str, Any]:
    """Rules, filing and review of a test, whole."""
    rules: Any = test.get("ruleset")
    if rules is None:
        base = content["bases"][test["on"]] if "on" in test else {}
        rules = laid({} if "include" in base else BASE["rules"], base)
        if "rows" in rules and "include" not in base:
            rules = {**rules, "rows": laid(BASE["rows"], rules["rows"])}
        rules = laid(rules, test.get("rules", {}))
    filed = laid(laid(BASE["filed"], content.get("filed", {})), test.get("filed", {}))
    return {"rules": rules, "filed": filed, "review": test.get("review")}


def orders(content: dict[str, Any], test: Test) -> Iterator[Test]:
    """The test with its inputs, once for each order of what it permutes."""
    whole = inputs(content, test)
    if "permute" not in test:
        yield {**test, **whole}
        return
    *way, last = test["permute"].split(".")
    held: Any = whole
    for key in way:
        held = held[key]
    items = list(held[last].items()) if isinstance(held[last], dict) else held[last]
    for order in shuffled(items):
        changed = copy.deepcopy(whole)
        at: Any = changed
        for key in way:
            at = at[key]
        at[last] = dict(order) if isinstance(held[last], dict) else list(order)
        yield {**test, **changed}


def shuffled(items: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Every order of up to three; of more, each turn of them, forwards and backwards."""
    if len(items) <= 3:
        yield from itertools.permutations(items)
        return
    for order in (items, items[::-1]):
        for number in range(len(order)):
            yield (*order[number:], *order[:number])


def points(text: str) -> tuple[Fraction, Fraction, tuple[Fraction, Fraction] | None]:
    """`7.5`, `0–10`, `7.5 of 10`."""
    match = _POINTS.fullmatch(text)
    assert match, text
    low, least = Fraction(match["low"]), match["least"]
    of = (Fraction(least), Fraction(match["most"] or least)) if least else None
    return low, Fraction(match["high"] or match["low"]), of


def differing(wanted: str, found: Points | None) -> str:
    """How points differ from those wanted; empty where they do not. `10 or 0–10`: either is right."""
    if " or " in wanted:
        told = [differing(one, found) for one in wanted.split(" or ")]
        return "" if "" in told else "; ".join(told)
    if found is None or wanted == "none":
        return "" if found is None and wanted == "none" else f"expected {wanted}, found {found and shown(found)}"
    low, high, of = points(wanted)
    same = (found.low, found.high) == (low, high) and of in (None, found.of)
    return "" if same else f"expected {wanted}, found {shown(found)}"


def shown(found: Points) -> str:
    """Points as a test writes them."""
    ends = ["–".join(str(float(end)) for end in dict.fromkeys(pair)) for pair in ((found.low, found.high), found.of)]
    return " of ".join(ends)


def differences(test: Test, got: Seen) -> list[str]:
    """Everything in which an answer differs from what was worked by hand."""
    told = []
    if "score" in test:
        told.append(("score", differing(test["score"], got.score)))
    if "of" in test and got.score is not None:
        told.append(("of", "" if got.score.of == points(test["of"])[:2] else f"expected {test['of']}, {got.score.of}"))
    if "grades" in test:
        told.append(("grades", same(tuple(test["grades"]), got.grades)))
    for where, found in (("rows", got.leaves), ("blocks", got.blocks)):
        told += [(f"{where}: {name}", differing(one, found.get(name))) for name, one in test.get(where, {}).items()]
    told += [(f"part {name}", same(tuple(one), got.parts.get(name, ()))) for name, one in test.get("parts", {}).items()]
    told += [(f"finding {name}", same(one, got.findings.get(name))) for name, one in test.get("raises", {}).items()]
    told += [(f"finding {name}", same(None, got.findings.get(name))) for name in test.get("silent", ())]
    told += [(f"cap {name}", same(one, str(got.caps.get(name)))) for name, one in test.get("caps", {}).items()]
    said = got.sentences()
    told += [
        ("said", "" if any(text in one for one in said) else f"no sentence holds {text}")
        for text in test.get("says", ())
    ]
    told += [("unsaid", f"{one} holds {text}") for text in test.get("unsaid", ()) for one in said if text in one]
    told += [("id", "" if tuple(one) in got.ids else f"no {one} in {got.ids}") for one in test.get("ids", ())]
    told += [(f"unsure {name}", "sure" if got.findings.get(name) == "sure" else "") for name in test.get("unsure", ())]
    told += [
        (
            f"evidence of {name}",
            "" if got.findings.get(name) == "sure" and got.evidence[name] else "none, or not raised",
        )
        for name in test.get("evidenced", ())
    ]
    told += [
        (f"evidence of {name}", resting(one, got.evidence.get(name))) for name, one in test.get("evidence", {}).items()
    ]
    told += [("note", noted(code, got)) for code in test.get("notes", ())]
    told += [("reported", "" if re.search(text, got.report) else f"no {text}") for text in test.get("reported", ())]
    told += [("unreported", text if re.search(text, got.report) else "") for text in test.get("unreported", ())]
    return [f"{where}: {what}" for where, what in told if what]


def resting(wanted: dict[str, list[str]], found: tuple[tuple[str, str | None, str], ...] | None) -> str:
    """How the numbers that a finding rests on differ from those wanted, each in its unit."""
    held = {name: (value, unit) for name, value, unit in found or ()}
    for name, (value, unit) in wanted.items():
        number, word = held.get(name) or (None, "")
        if (
            number is None
            or word != unit
            or Fraction(number.removesuffix(word or " ").replace(",", "")) != Fraction(value)
        ):
            return f"{name}: expected {value} {unit}, found {held}"
    return ""


def noted(code: str, got: Seen) -> str:
    """Whether a problem of this code is told."""
    if code == "any":
        return "" if got.notes else "nothing is noted"
    return "" if any(one.startswith(f"{code}:") for one in got.notes) else f"no note {code}: {got.notes}"


def same(wanted: object, found: object) -> str:
    return "" if wanted == found else f"expected {wanted}, found {found}"


def refusal(test: Test, got: Seen) -> list[str]:
    """What is wrong with a refusal, where one is asked for."""
    wanted = test["refused"]
    if not got.refused:
        return [f"not refused ({wanted})"]
    named = [] if wanted == "any" else wanted
    wrong = [f"refused for {got.refused}, not for {code}" for code in named if code not in got.refused]
    wrong += [
        f"refused as unreadable: {code} {got.facts}" for code in got.refused if code in UNREAD and code not in named
    ]
    for key, value in test.get("facts", {}).items():
        if not any(facts.get(key) == value for facts in got.facts):
            wrong.append(f"no problem says {key}: {value}: {got.facts}")
    return wrong


TESTS = [pytest.param(test, id=name) for name, _, test in stated()]


@pytest.mark.parametrize("test", TESTS)
def test_a_fault_once_seen_is_not_seen_again(test: Test) -> None:
    got = scored(test["rules"], test["filed"], test["review"])
    if "refused" in test:
        assert refusal(test, got) == []
    elif got.refused and test.get("or-refused"):
        assert refusal({"refused": "any"}, got) == []
    else:
        assert got.refused == (), got.facts
        assert differences(test, got) == []


def test_every_test_is_worked_by_hand_and_says_nothing_that_nobody_reads() -> None:
    for file, content in contents().items():
        assert set(content) <= {"kind", "is", "bases", "filed", "tests"}, file
        for test in content["tests"]:
            assert test["work"], test
            assert ("name" in test) != ("given" in test), test
            assert EXPECTED & set(test), test
            assert set(test) <= {"name", "given", "work", "facts", "or-refused"} | INPUTS | EXPECTED, test
        assert any("given" in test for test in content["tests"]), file
        assert sum("name" in test for test in content["tests"]) >= 3, file
