"""Do the READMEs show what happens? Every session is run and compared; with UPDATE=1 in the environment, rewritten."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.console import ROOT, Session, jixiao, replayed, sessions

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
CASES = [(path, session) for path in READMES for session in sessions(path) if "pytest" not in session.command]


@pytest.mark.parametrize(("path", "session"), CASES, ids=[f"{p.name}: {s.command[:60]}" for p, s in CASES])
def test_sessions_print_what_the_readme_shows(path: Path, session: Session) -> None:
    found = replayed(session)
    if os.environ.get("UPDATE"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace(f"$ {session.command}\n{session.output}```", f"$ {session.command}\n{found}```"), "utf-8"
        )
    else:
        assert found == session.output


GENERATED = [ROOT / folder / name for folder in ("rulesets", "cases") for name in ("README.md", "README.zh-CN.md")]
_PART = re.compile(r"<!-- jixiao (?P<command>[^>]*) -->\n\n(?P<text>.*?)\n\n<!-- end -->", re.DOTALL)


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_lists_are_what_the_commands_print(path: Path) -> None:
    text = path.read_text("utf-8")
    (part,) = _PART.finditer(text)
    found = jixiao(*part["command"].split()).stdout.strip()
    if os.environ.get("UPDATE"):
        path.write_text(text[: part.start("text")] + found + text[part.end("text") :], "utf-8")
    else:
        assert found == part["text"]


def test_the_first_command_sets_up_and_scores_and_the_second_tests() -> None:
    for path in READMES:
        first, second = [session.command for session in sessions(path)][:2]
        assert first == "sh .ci/setup && .venv/bin/jixiao score 2022-kaifu-market-supervision"
        assert second == "sh .ci/setup --test && .venv/bin/python -m pytest -n auto --dist worksteal"


def test_the_chinese_twin_shows_the_same_sessions() -> None:
    english, chinese = ([session.command.replace(" --lang en", "") for session in sessions(path)] for path in READMES)
    assert english == chinese


def test_every_command_is_in_the_readmes_and_has_help_with_an_example() -> None:
    commands = [
        "score",
        "explain",
        "migrate",
        "rules list",
        "rules check",
        "rules show",
        "rules test",
        "rules schema",
        "cases run",
    ]
    for command in commands:
        helped = jixiao(*command.split(), "--help", COLUMNS="100")
        assert helped.returncode == 0, command
        assert "例" in helped.stdout, command
        english = jixiao(*command.split(), "--help", "--lang", "en", COLUMNS="100")
        assert "Example" in english.stdout, command
        for path in READMES:
            text = re.sub(r"`|\\", "", path.read_text(encoding="utf-8"))
            assert command.split()[-1] in text, (command, path.name)


def test_files_and_folders_named_in_the_readmes_exist() -> None:
    for path in [*READMES, ROOT / "rulesets" / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), (path.name, target)


def test_the_house_has_every_room() -> None:
    rooms = sorted(path.parent.name for path in (ROOT / "engine").glob("*/__init__.py"))
    for path in READMES:
        shown = re.findall(r"^\| `engine/(\w+)/` \| (.+) \|$", path.read_text("utf-8"), re.MULTILINE)
        assert sorted(name for name, _ in shown) == rooms, path.name
