"""Does a file become data with exact places, and a hostile one a clear refusal, in bounded time and memory?"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import islice, pairwise, product
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.desk import evaluate
from engine.inference.durable_rules import DurableRules
from engine.reading.document import DEEPEST, MOST_BYTES, MOST_NODES, Document, parse, read_text
from engine.reading.editions import load_plan
from engine.reading.library import find_submission, load_submission
from engine.telling.evaluation import Evaluation
from engine.values.problems import Refused

from .examples import SECONDS, within

PROJECT = Path(__file__).parents[2]
RULE_FILES = sorted((PROJECT / "rulesets").glob("*.yaml"))
SUBMISSIONS = sorted((PROJECT / "cases").glob("*/submission.yaml"))
FILES = [*RULE_FILES, *SUBMISSIONS]

MEGABYTES = 400
"""… and no more memory, interpreter and libraries included."""

any_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))


def refused(text: str) -> tuple[str, ...]:
    """The codes of all problems of a text."""
    with pytest.raises(Refused) as caught:
        parse(text, "f")
    return tuple(problem.code for problem in caught.value.problems)


def place(text: str, *path: str | int, key: bool = False) -> tuple[int, int, int]:
    """Line, column and width of a value or key."""
    source = parse(text, "f").place(path, key=key)
    return source.line, source.column, source.width


# -- places ----------------------------------------------------------------------------------------------------------


def values(document: Document) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of a document with its path."""

    def below(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from below(inner, (*path, key))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                yield from below(inner, (*path, number))
        elif isinstance(value, str) and value:
            yield path, value

    return below(document.data, ())


@any_file
def test_every_text_of_a_real_file_stands_where_its_place_says(path: Path) -> None:
    document = parse(read_text(path, "f"), "f")
    lines = document.text.split("\n")
    for at, value in values(document):
        source = document.place(at)
        line = lines[source.line - 1]
        first = line[source.column - 1 :]
        if document.marks[at].style in ("|", ">"):
            assert value.startswith(first), at
            assert source.column + source.width - 1 <= len(line), at
        else:
            assert first[: source.width] == value, at


@any_file
def test_every_key_of_a_real_file_stands_where_its_place_says(path: Path) -> None:
    document = parse(read_text(path, "f"), "f")
    lines = document.text.split("\n")
    for at in document.keys:
        source = document.place(at, key=True)
        assert lines[source.line - 1][source.column - 1 :][: source.width] == at[-1], at


@any_file
def test_every_word_of_a_real_block_stands_where_its_place_says(path: Path) -> None:
    document = parse(read_text(path, "f"), "f")
    lines = document.text.split("\n")
    for at, value in values(document):
        if document.marks[at].style in ("|", ">"):
            for start, character in enumerate(value):
                if not character.isspace():
                    source = document.place(at, start, 1)
                    assert lines[source.line - 1][source.column - 1] == character, (at, start)


def test_a_value_has_its_line_column_and_width() -> None:
    assert place("a: 1\n编制数: 四十六\n", "编制数") == (2, 6, 3)


def test_a_key_has_its_line_column_and_width() -> None:
    assert place("a: 1\n编制数: 四十六\n", "编制数", key=True) == (2, 1, 3)


def test_a_value_in_quotes_begins_behind_the_mark() -> None:
    assert place('a: "编制"', "a") == (1, 5, 2)
    assert place("a: '编制'", "a") == (1, 5, 2)
    assert place('{"编制": 1}', "编制", key=True) == (1, 3, 2)


def test_an_item_of_a_list_has_its_place() -> None:
    assert place("a:\n  - 甲\n  - {b: 乙}\n", "a", 1, "b") == (3, 9, 1)


def test_a_place_that_is_not_there_is_that_of_its_parent() -> None:
    assert place("a:\n  b: 1\n", "a", "c") == (2, 3, 1)


def test_a_blank_has_the_place_behind_its_colon() -> None:
    assert place("a: 1\nb:\nc: 2\n", "b")[:2] == (2, 3)


def test_a_line_separator_in_a_comment_moves_the_words_of_a_block_with_their_key() -> None:
    document = parse("# a\u2028# b\na: |-\n  甲\n  乙\n", "f")
    word, key = document.place(("a",), 2, 1), document.place(("a",), key=True)
    assert (word.line - key.line, word.column) == (2, 3)


@pytest.mark.parametrize(
    ("block", "word"),
    [
        ("a: |-\n  甲 乙\n  丙 丁\n", "丁"),
        ("a: >-\n  甲 乙\n  丙 丁\n", "丁"),
        ("a: |\n  甲\n\n  丁\n", "丁"),
        ("a: >-\n  甲\n\n  丁\n", "丁"),
        ("a: |-\n\n  甲\n  丁\n", "丁"),
        ("a: |-  # why\n  甲\n  丁\n", "丁"),
        ("a: |2-\n    甲\n  丁\n", "丁"),
        ("a: |-\n  甲\n    乙 丁\n", "丁"),
        ("a: >-\n  甲\n    乙\n  丁\n", "丁"),
        ("a:\n  |-\n  甲\n  丁\n", "丁"),
        ('a: "甲 丁"\n', "丁"),
        ('a: "甲\n  丁"\n', "丁"),
        ("a: '甲\n\n  丁'\n", "丁"),
        ("a: '甲''丁'\n", "丁"),
        ('a: "\\u4e00丁"\n', "丁"),
        ('a:\n  "甲 丁"\n', "丁"),
        ("a: 甲 丁\n", "丁"),
        ("a: 甲\n  丁\n", "丁"),
    ],
    ids=repr,
)
def test_a_word_is_found_where_it_stands_however_the_text_is_laid_out(block: str, word: str) -> None:
    document = parse(block, "f")
    source = document.place(("a",), document.data["a"].index(word), 1)
    lines = block.split("\n")
    assert lines[source.line - 1][source.column - 1 : source.column] == word


# -- scalars ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["no", "Yes", "on", "12:30", "01", "0x1F", "1e3", "1_000", "007", ".5", "2022-01-01", "=", "<<", "NaN", ".inf"],
)
def test_a_scalar_is_the_text_that_stands_there(text: str) -> None:
    assert parse(f"a: {text}\n{text}: b\n", "f").data == {"a": text, text: "b"}


@pytest.mark.parametrize("blank", ["", "~", "null", "  ", " # a comment"])
def test_a_blank_is_none_and_no_text(blank: str) -> None:
    assert parse(f"a:{blank and ' ' + blank}\nb: 1\n", "f").data == {"a": None, "b": "1"}


def test_an_empty_text_in_quotes_is_a_text() -> None:
    assert parse("a: ''\n", "f").data == {"a": ""}


def test_a_merge_key_merges_nothing() -> None:
    assert parse("a: {b: c}\n<<: {b: d}\n", "f").data == {"a": {"b": "c"}, "<<": {"b": "d"}}


# -- refused ---------------------------------------------------------------------------------------------------------


def test_equal_keys_are_refused_and_each_names_the_line_of_the_first() -> None:
    with pytest.raises(Refused) as caught:
        parse("a: 1\nb: {c: 1, c: 2}\na: 2\n'a': 3\n", "f")
    told = [(problem.source.line, problem.facts["found"], problem.facts["first"]) for problem in caught.value.problems]
    assert told == [(2, "c", "2"), (3, "a", "1"), (4, "a", "1")]


def test_equal_keys_in_different_places_are_no_problem() -> None:
    assert parse("a: {c: 1}\nb: {c: 2}\n", "f").data == {"a": {"c": "1"}, "b": {"c": "2"}}


@pytest.mark.parametrize("text", ["a: &x 1", "a: &x {b: c}", "a: &x [b]", "&x a: b", "a: *x", "*x : b", "- *x"])
def test_anchors_and_aliases_are_refused(text: str) -> None:
    assert refused(text) == ("alias",)


@pytest.mark.parametrize(
    "text", ["a: !!str 1", "a: ! 1", "a: !x {b: c}", "!!python/name:os.system a: b", "a: !!binary aGk=", "!<tag:x> [a]"]
)
def test_tags_are_refused(text: str) -> None:
    assert refused(text) == ("tag",)


@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2\n", "--- {a: 1}\n--- {b: 2}\n", "a: 1\n...\n---\nb: 2\n"])
def test_several_documents_are_refused(text: str) -> None:
    assert refused(text) == ("several-documents",)


@pytest.mark.parametrize("text", ["? [a]\n: b", "? {a: b}\n: c", "{[a]: b}", "? - a\n: b"])
def test_a_key_that_is_no_text_is_refused(text: str) -> None:
    assert refused(text) == ("key-not-text",)


@pytest.mark.parametrize(
    "character", ["\0", "\a", "\b", "\x1b", "\x7f", "\x80", "\ufffe"], ids=lambda character: f"{ord(character):#x}"
)
def test_a_control_character_is_refused_at_its_place(character: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(f"甲: 一二三四五六七八九十\n乙: 丙{character}\n" + "丁: 1\n" * 30, "f")
    (problem,) = caught.value.problems
    assert (problem.code, problem.source.line, problem.source.column) == ("not-yaml", 2, 5)


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\e[31m", "\\x1B", "\\x9B", "\\u202E"])
def test_a_control_character_written_as_an_escape_is_refused_too(escape: str) -> None:
    """In a name it would reach the reader's terminal, and could hide what stands there."""
    with pytest.raises(Refused):
        parse(f'a: "甲{escape}"\n', "f")
    with pytest.raises(Refused):
        parse(f'"甲{escape}": a\n', "f")


def test_yaml_that_can_not_be_read_is_refused_at_its_place() -> None:
    with pytest.raises(Refused) as caught:
        parse("a: 1\nb: [1, 2\nc: 3\n", "f")
    (problem,) = caught.value.problems
    assert (problem.code, problem.source.line) == ("not-yaml", 3)


def test_problems_found_before_the_file_stops_being_yaml_are_told_with_it() -> None:
    assert refused("a: 1\na: 2\nb: [\n") == ("repeated-key", "not-yaml")


# -- bytes -----------------------------------------------------------------------------------------------------------


def loaded(path: Path, content: bytes) -> Document:
    path.write_bytes(content)
    return parse(read_text(path, "f"), "f")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    document = loaded(tmp_path / "f", b"\xef\xbb\xbfa: b\n")
    assert document.data == {"a": "b"}
    assert document.place(("a",)).column == 4


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"], ids=repr)
def test_the_ends_of_lines_change_neither_data_nor_places(tmp_path: Path, end: str) -> None:
    document = loaded(tmp_path / "f", end.join(["a: |-", "  甲", "  乙", "b: 1", ""]).encode())
    assert document.data == {"a": "甲\n乙", "b": "1"}
    assert [document.place(("a",), 2, 1).line, document.place(("b",)).line] == [3, 4]


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ("编制数: 一".encode("gbk"), 1, 1),
        ("a: 甲\nb: 乙".encode() + b"\xff", 2, 5),
        (b"a: \xc3", 1, 4),
        (b"\xff\xfea\0", 1, 1),
    ],
    ids=["gbk", "stray byte", "cut short", "utf-16"],
)
def test_a_file_that_is_not_utf_8_is_refused_at_the_byte(
    tmp_path: Path, content: bytes, line: int, column: int
) -> None:
    with pytest.raises(Refused) as caught:
        loaded(tmp_path / "f", content)
    (problem,) = caught.value.problems
    assert (problem.code, problem.source.line, problem.source.column) == ("not-utf-8", line, column)


def test_a_folder_is_refused_as_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_text(tmp_path, "f")
    assert [problem.code for problem in caught.value.problems] == ["unreadable-file"]


def test_a_name_that_leads_to_itself_is_refused_as_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "round.yaml"
    path.symlink_to(path)
    with pytest.raises(Refused) as caught:
        load_submission(find_submission(str(path)))
    assert [problem.code for problem in caught.value.problems] == ["unreadable-file"]


def test_a_name_with_a_null_character_is_refused_as_unreadable() -> None:
    with pytest.raises(Refused):
        read_text(Path("a\0b"), "f")


# -- hostile files ---------------------------------------------------------------------------------------------------


def names(count: int) -> list[str]:
    """So many different keys of four characters."""
    return ["".join(letters) for letters in islice(product(ascii_letters + digits, repeat=4), count)]


HOSTILE: dict[str, tuple[Callable[[], str], str]] = {
    "billion laughs": (
        lambda: "a: &a [x]\n" + "".join(f"{b}: &{b} [{f'*{a},' * 9}]\n" for a, b in pairwise("abcdefghi")),
        "alias",
    ),
    "50 MB": (lambda: "a: " + "x" * 50_000_000, "too-large"),
    "100,000 lists in each other": (lambda: "[" * 100_000, "too-deep"),
    "100,000 closed lists in each other": (lambda: "[" * 100_000 + "]" * 100_000, "too-deep"),
    "100,000 mappings in each other": (lambda: "{a: " * 100_000, "too-deep"),
    "100,000 block lists in each other": (lambda: "- " * 100_000, "too-deep"),
    "1,500 block mappings in each other": (lambda: "".join(" " * n + "a:\n" for n in range(1500)), "too-deep"),
    "100,000 keys of keys": (lambda: "? " * 100_000, "key-not-text"),
    "a million keys": (lambda: "\n".join(f"{name}:" for name in names(1_000_000)), "too-large"),
    "600,000 keys": (lambda: "{" + ",".join(names(600_000)) + "}", "too-many-values"),
    "a million values": (lambda: "a: [" + "1," * 1_000_000 + "]", "too-many-values"),
    "a million lists": (lambda: "a: [" + "[]," * 1_000_000 + "]", "too-many-values"),
    "one key, 30,000 times": (lambda: "a:\n" * 30_000, "repeated-key"),
    "a text without end": (lambda: "a: '" + "x" * (MOST_BYTES - 10), "not-yaml"),
    "four million marks": (lambda: "a: '" + "'" * (MOST_BYTES - 10), "not-yaml"),
    "a million documents": (lambda: "---\n" * 999_999, "several-documents"),
    "40,000 directives": (lambda: "".join(f"%TAG !{name}! x\n" for name in names(40_000)), "not-yaml"),
}


@pytest.mark.parametrize(("made", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_soon(tmp_path: Path, made: Callable[[], str], code: str) -> None:
    path = tmp_path / "f"
    path.write_text(made(), "utf-8")
    with within(SECONDS), pytest.raises(Refused) as caught:
        load_plan(path)
    assert {problem.code for problem in caught.value.problems} == {code}


def test_what_takes_too_long_is_broken_off() -> None:
    with pytest.raises(AssertionError, match=r"longer than 0\.1 s"), within(0.1):
        while True:
            pass


def test_hostile_files_are_refused_in_bounded_memory(tmp_path: Path) -> None:
    paths = []
    for number, (made, _) in enumerate(HOSTILE.values()):
        paths.append(tmp_path / str(number))
        paths[-1].write_text(made(), "utf-8")
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.loading.memory import peak\n"
        "from engine.reading.editions import load_plan\n"
        "from engine.values.problems import Refused\n"
        "for name in sys.argv[1:]:\n"
        "    try:\n"
        "        load_plan(Path(name))\n"
        "    except Refused:\n"
        "        pass\n"
        "print(peak())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, paths)], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < MEGABYTES * 10**6


def test_a_file_at_the_limits_is_still_read() -> None:
    deepest = "a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    most = "a: [" + "1," * (MOST_NODES - 3) + "]"
    assert parse(deepest, "f").data and parse(most, "f").data
    assert refused("a: " + "[" * DEEPEST + "]" * DEEPEST) == ("too-deep",)
    assert refused("a: [" + "1," * (MOST_NODES - 2) + "]") == ("too-many-values",)


def test_a_file_of_exactly_the_most_bytes_is_still_read(tmp_path: Path) -> None:
    assert len(loaded(tmp_path / "f", b"a: " + b"x" * (MOST_BYTES - 3)).data["a"]) == MOST_BYTES - 3
    with pytest.raises(Refused):
        loaded(tmp_path / "f", b"a: " + b"x" * (MOST_BYTES - 2))


# -- whatever stands in a file, it is used or refused ----------------------------------------------------------------

FUZZ = settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def attempt(path: Path, content: bytes, load: Callable[[Path], object]) -> None:
    """Load it. A refusal names places in the file; anything else but a result fails the test."""
    path.write_bytes(content)
    try:
        load(path)
    except Refused as refusal:
        lines = 1 + sum(content.count(end.encode()) for end in ("\n", "\r", "\x85", "\u2028", "\u2029"))
        assert refusal.problems
        for problem in (one for one in refusal.problems if one.source.file == path.as_posix()):
            assert 1 <= problem.source.line <= lines + 1
            assert problem.source.column >= 1 <= problem.source.width


@FUZZ
@given(content=st.binary(max_size=400))
def test_random_bytes_are_refused(tmp_path: Path, content: bytes) -> None:
    attempt(tmp_path / "f", content, load_plan)
    attempt(tmp_path / "f", content, load_submission)


@FUZZ
@given(content=st.text(st.sampled_from("ab甲\n\n  \t:-?[]{},#&*!|>'\"%@`~0.0…\\"), max_size=60))
def test_random_yaml_marks_are_refused(tmp_path: Path, content: str) -> None:
    attempt(tmp_path / "f", content.encode(), load_plan)
    attempt(tmp_path / "f", content.encode(), load_submission)


@st.composite
def edited(draw: st.DrawFn, originals: list[Path]) -> bytes:
    """A real file after a few random edits of characters, words, or lines."""
    text = draw(st.sampled_from(originals)).read_text("utf-8")
    pieces = st.sampled_from([*"[]{}:,-|>'\"#&*!%=\n\t\0 0甲.", "\n  ", ": ", "- ", "null", "-1", "1e9", "not ", "''"])
    for _ in range(draw(st.integers(1, 3))):
        here = draw(st.integers(0, len(text)))
        there = min(here + draw(st.integers(1, 12)), len(text))
        beyond = min(there + draw(st.integers(1, 12)), len(text))
        match draw(st.sampled_from(["delete", "insert", "swap", "double", "cut"])):
            case "delete":
                text = text[:here] + text[there:]
            case "insert":
                text = text[:here] + draw(pieces) + text[here:]
            case "swap":
                text = text[:here] + text[there:beyond] + text[here:there] + text[beyond:]
            case "double":
                text = text[:there] + text[here:]
            case "cut":
                text = text[: max(here, 200)]
    return text.encode()


ODD_TEXTS = """
-1 0 0% -100% 99 1e3 99999999999999999999 1/0 是 甲 ≥95% not-applicable exact true [red] {甲} { `
met total name attainment steps bands indicators department
"""
ODD_VALUES = [[], {}, [[]], [{}], {"": ""}, ["x"], {"method": "judgement"}, {"method": "steps"}, {"value": None}]
ODD = st.sampled_from([None, "", " ", "each indicator", "x" * 3000, *ODD_TEXTS.split(), *ODD_VALUES])


@st.composite
def altered(draw: st.DrawFn, originals: list[Path]) -> bytes:
    """A real file in which a few values or keys are odd, and everything else stands (JSON is YAML)."""
    data = parse(draw(st.sampled_from(originals)).read_text("utf-8"), "f").data
    for _ in range(draw(st.integers(1, 3))):
        within_it = data
        while True:
            steps = list(within_it) if isinstance(within_it, dict) else list(range(len(within_it)))
            step = draw(st.sampled_from(steps))
            if not (isinstance(within_it[step], (dict, list)) and within_it[step] and draw(st.integers(0, 9))):
                break
            within_it = within_it[step]
        match draw(st.sampled_from(["replace", "replace", "replace", "remove", "rename"])):
            case "rename" if isinstance(within_it, dict):
                within_it[draw(st.sampled_from(["", "x", "total", "when", "甲/乙", "`"]))] = within_it.pop(step)
            case "remove" if len(within_it) > 1:
                del within_it[step]
            case _:
                within_it[step] = deepcopy(draw(ODD))  # a later step may change it
    return json.dumps(data, ensure_ascii=False).encode()


def judged_by(rules: Path, submission: Path) -> Evaluation:
    """The whole way, from two files to an answer."""
    filing = load_submission(submission)
    return evaluate(load_plan(rules), filing.submission, filing.place, filing.digest, DurableRules())


@settings(FUZZ, max_examples=50)
@given(content=altered(RULE_FILES), submission=st.sampled_from(SUBMISSIONS))
def test_a_rule_file_with_odd_values_judges_or_is_refused(tmp_path: Path, content: bytes, submission: Path) -> None:
    attempt(tmp_path / "f", content, lambda path: judged_by(path, submission))


@settings(FUZZ, max_examples=50)
@given(content=altered(SUBMISSIONS), rules=st.sampled_from(RULE_FILES))
def test_a_submission_with_odd_values_is_judged_or_refused(tmp_path: Path, content: bytes, rules: Path) -> None:
    attempt(tmp_path / "f", content, lambda path: judged_by(rules, path))


@FUZZ
@given(content=edited(RULE_FILES))
def test_an_edited_rule_file_is_a_plan_or_refused(tmp_path: Path, content: bytes) -> None:
    attempt(tmp_path / "f", content, load_plan)


@FUZZ
@given(content=edited(SUBMISSIONS))
def test_an_edited_submission_is_a_filing_or_refused(tmp_path: Path, content: bytes) -> None:
    attempt(tmp_path / "f", content, load_submission)
