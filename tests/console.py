"""Console sessions in Markdown: what is typed, what comes back, and how a file is brought up to date."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Session:
    """One typed command and the output printed below it."""

    command: str
    output: str


def sessions(path: Path) -> list[Session]:
    """The sessions of a Markdown file."""
    return [Session(m["command"], m["output"]) for m in _BLOCK.finditer(path.read_text(encoding="utf-8"))]


def jixiao(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command of this tree."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("JIXIAO")} | more
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments],
        cwd=ROOT,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def replayed(session: Session) -> str:
    """What the session's `jixiao` command prints now; its set-up part is what brought this environment about."""
    words = session.command.split("jixiao ", 1)[1].split()
    found = jixiao(*words)
    return (found.stdout + found.stderr).rstrip("\n") + "\n"
