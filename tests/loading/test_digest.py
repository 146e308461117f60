"""Does a digest change with the content of a file, and with nothing else?"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from engine.filing.submission import Submission
from engine.reading.document import parse
from engine.reading.editions import load_plan, rule_document
from engine.reading.library import digest, load_submission
from engine.reading.models import validated
from engine.rules.ruleset import RuleSet

PROJECT = Path(__file__).parents[2]
RULE_FILES = sorted((PROJECT / "rulesets").glob("*.yaml"))
SUBMISSIONS = sorted((PROJECT / "cases").glob("*/submission.yaml"))
FILES = [*RULE_FILES, *SUBMISSIONS]

any_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))
any_rules = pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)


def model(path: Path) -> type[RuleSet] | type[Submission]:
    return Submission if path.name == "submission.yaml" else RuleSet


@cache
def _held(path: Path) -> str:
    if model(path) is Submission:
        return json.dumps(parse(path.read_text("utf-8"), "f").data)
    return json.dumps({key: value for key, value in rule_document(path).data.items() if key != "include"})


def data(path: Path) -> Any:
    """What a file holds, with the parts it includes; the caller's own to change."""
    return json.loads(_held(path))


def of_text(text: str, path: Path) -> str:
    """The digest of a text that includes nothing, read as what `path` holds."""
    return digest(validated(parse(text, "f"), model(path)))


def of_data(value: Any, path: Path) -> str:
    return of_text(json.dumps(value, ensure_ascii=False), path)


def of_value(value: Any, path: Path) -> str:
    """As `of_data`, without the way through a text."""
    return digest(model(path).model_validate(value))


def of_file(path: Path) -> str:
    return (load_plan if model(path) is RuleSet else load_submission)(path).digest


@cache
def original(path: Path) -> str:
    return of_data(data(path), path)


def turned(value: Any) -> Any:
    """The same with all keys in the other order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(inner) for inner in value] if isinstance(value, list) else value


# -- does not change -------------------------------------------------------------------------------------------------


@any_file
def test_a_digest_does_not_change_with_the_order_of_keys(path: Path) -> None:
    assert of_data(turned(data(path)), path) == original(path)


@any_file
def test_a_digest_does_not_change_with_the_layout(path: Path) -> None:
    assert of_file(path) == original(path) == of_value(data(path), path)
    blocks = yaml.dump(data(path), allow_unicode=True, default_flow_style=False, width=40, default_style='"')
    assert of_text(blocks, path) == original(path)


@any_file
def test_a_digest_does_not_change_with_comments_or_line_numbers(path: Path, tmp_path: Path) -> None:
    commented = tmp_path / path.name
    commented.write_text("# 说明\n\n\n" + path.read_text("utf-8") + "\n# 完\n", "utf-8")
    assert of_file(commented) == original(path)


@any_file
def test_a_digest_does_not_change_with_the_ends_of_lines_or_the_name_of_the_file(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / path.name
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert of_file(elsewhere) == original(path)


@pytest.mark.parametrize("points", ["16", "16.0", "16.00", "016", "+16"])
def test_a_number_written_otherwise_is_the_same_number(points: str) -> None:
    path = PROJECT / "rulesets" / "hunan-department-b.yaml"
    changed = data(path)
    changed["criteria"]["投入"]["points"] = points
    assert of_data(changed, path) == original(path)


STEPS = {"method": "steps", "from": "100%", "side": "above", "step": "1%", "base": "points", "deduct": "0.5"}


def with_steps(**changes: str) -> tuple[Any, Path]:
    """A rule file with a form beside one of its clauses."""
    path = PROJECT / "rulesets" / "hunan-department-b.yaml"
    changed = data(path)
    changed["criteria"]["投入"]["criteria"]["在职人员控制率"]["scoring"] = {**STEPS, **changes}
    return changed, path


@pytest.mark.parametrize("threshold", ["100%", "100.0%", "100％"])
def test_a_threshold_written_otherwise_is_the_same_threshold(threshold: str) -> None:
    assert of_data(*with_steps(**{"from": threshold})) == of_data(*with_steps())


def test_a_choice_written_down_as_the_default_is_no_other_content() -> None:
    assert of_data(*with_steps(floor="0")) == of_data(*with_steps())


def test_a_digest_names_its_algorithm_and_is_the_same_in_every_process() -> None:
    found = {original(path) for path in FILES}
    assert len(found) == len(FILES)
    assert all(text.startswith("sha256:") and len(text) == 7 + 64 for text in found)


# -- changes ---------------------------------------------------------------------------------------------------------


def scalars(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every text."""
    if isinstance(value, (dict, list)):
        for step in value if isinstance(value, dict) else range(len(value)):
            yield from scalars(value[step], (*above, step))
    else:
        yield above


def with_value(whole: Any, at: tuple[Any, ...], value: Any) -> Any:
    """The same with another value at a place; `whole` stays as it is."""
    if not at:
        return value
    copy = list(whole) if isinstance(whole, list) else dict(whole)
    copy[at[0]] = with_value(whole[at[0]], at[1:], value)
    return copy


OTHER_TEXTS = """
7 7% false true 2018 2019 1 department project exact half-up truncate whole started pro-rata lower-closed upper-closed
open full zero excluded renormalise verbatim paraphrase unseen yes-no above below both points relative
forward reverse equal inverse linear as-forward met-or-zero judged accepted prevail ignored first last
critical major minor info regulation practice arithmetic 元 千元 万元 亿元
all-targets-met pacing-uneven deviation-explained budget-adjustment-explained actual target
sum best share together
"""
OTHERS = [*OTHER_TEXTS.split(), {"digits": 2, "mode": "half-up", "remainder": "last"}]


STOOD: dict[Any, Any] = {}
"""What could stand under a key the last time: tried first, as most texts can stand nowhere."""


def changed_at(whole: Any, at: tuple[Any, ...], before: str, path: Path) -> Iterator[str]:
    """Digests of the file with other texts at one place, as far as they can stand there."""
    for other in [STOOD.get(at[-1], before), f"{before}甲", *OTHERS]:
        if other != before:
            try:
                found = of_value(with_value(whole, at, other), path)
            except ValidationError:
                continue
            if other in OTHERS:
                STOOD[at[-1]] = other
            yield found


FIXED = {"method", "for", "worded", "outside-bands", "shares"}
"""Keys for which the file has one word only, or on which all beside them depends."""


@any_file
def test_a_digest_changes_with_any_value(path: Path) -> None:
    whole, before = data(path), original(path)
    places = [at for at in scalars(whole) if at[-1] not in FIXED]
    for at in random.Random(1).sample(places, min(len(places), 100)):
        value = whole
        for step in at:
            value = value[step]
        after = next(changed_at(whole, at, value or "", path), None)
        assert after is not None, f"nothing else can stand at {at}"
        assert after != before, at


@any_file
def test_a_digest_changes_with_the_name_of_anything(path: Path) -> None:
    whole, before = data(path), original(path)
    for section in ("figures", "measures", "criteria", "findings", "actions"):
        for name in whole.get(section, {}):
            renamed = {f"{key}甲" if key == name else key: value for key, value in whole[section].items()}
            assert of_value({**whole, section: renamed}, path) != before, (section, name)


@any_file
def test_a_digest_changes_with_the_order_of_a_list(path: Path) -> None:
    whole, before = data(path), original(path)
    for section in ("indicators", "spending", "grades", "statements", "judges"):
        if len(whole.get(section) or []) > 1:
            assert of_value({**whole, section: whole[section][::-1]}, path) != before, section


@any_rules
def test_a_digest_changes_when_a_thing_is_left_out(path: Path) -> None:
    whole, before = data(path), original(path)
    for section in ("figures", "measures", "criteria", "findings"):
        for name in whole.get(section, {}):
            rest = {key: value for key, value in whole[section].items() if key != name}
            if rest or section != "criteria":  # a table of one block can't be without it
                assert of_value({**whole, section: rest}, path) != before, (section, name)


def test_a_digest_tells_a_blank_from_a_0() -> None:
    path = PROJECT / "cases" / "2023-hengshan-guantang" / "submission.yaml"
    digests = {of_data(with_value(data(path), ("figures", "编制数"), value), path) for value in (None, "0", "46")}
    assert len(digests) == 3


def test_a_review_is_part_of_the_digest(tmp_path: Path) -> None:
    path = PROJECT / "cases" / "2018-hunan-unnamed-department" / "submission.yaml"
    review = tmp_path / "review.yaml"
    review.write_text(
        "review-of: 2018-hunan-unnamed-department\n"
        "judgements: [{criterion: 预算控制率, points: 1, by: 张三, reason: 见台账}]\n",
        "utf-8",
    )
    assert load_submission(path, review).digest != load_submission(path).digest
