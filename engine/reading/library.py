"""Where are the rule sets and cases that come with the engine, and how is one found by name?

In a source tree they stand at the top level; a wheel carries them inside the package (`engine/bundled`). Names that
people type are asked of `os.path`, which takes one that the system refuses for one that is not there.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ..filing.submission import Review, Submission
from ..values.model import Model
from ..values.problems import At, Place, Problem, Refused, Source, nearest
from .files import content
from .layout import LINE_END
from .models import load

SHARED = "shared"
"""The folder of parts that rule sets include."""

_PACKAGE = Path(__file__).resolve().parent.parent
_BUNDLED = _PACKAGE / "bundled"


@cache
def home(kind: str) -> Path:
    """The folder of `rulesets` or `cases`."""
    bundled = _BUNDLED / kind
    return bundled if bundled.is_dir() else _PACKAGE.parent / kind


def digest(model: Model) -> str:
    """SHA-256 of the canonical content: what is meant, not where it stands or how it is laid out."""
    content = model.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"include"})
    return _hashed(content)


def _hashed(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Filing:
    """A submission with the places of its values, the digest of its content, and the files it was read from."""

    submission: Submission
    place: Place
    digest: str
    files: tuple[Path, ...] = ()
    answers: str = ""
    """The digest of the evaluator's answers; empty where there are none."""


def ruleset_files() -> list[Path]:
    """The rule files that come with the engine, by name."""
    return sorted(home("rulesets").glob("*.yaml"))


def case_folders() -> list[Path]:
    """The cases that come with the engine, by name."""
    return sorted(path for path in home("cases").glob("*") if (path / "submission.yaml").is_file())


def find_ruleset(name: str) -> Path:
    """The rule file of an id or path. Raises `Refused` with the nearest id."""
    known = {path.stem: path for path in ruleset_files()}
    if name in known:
        return known[name]
    path = Path(name)
    if os.path.isfile(path) or path.suffix in (".yaml", ".yml"):
        return path
    raise Refused([Problem("unknown-ruleset", Source(name), {"name": name}, nearest(name, known))])


def find_submission(name: str) -> Path:
    """The submission at a path, in a case folder, or of a bundled case's id. Raises `Refused` with the nearest id."""
    path = Path(name)
    if os.path.isfile(path / "submission.yaml"):
        return path / "submission.yaml"
    bundled = home("cases") / name / "submission.yaml"
    if os.path.exists(path) or path.name != name:
        return path
    if os.path.isfile(bundled):
        return bundled
    if not path.suffix:
        near = nearest(name, [folder.name for folder in case_folders()])
        raise Refused([Problem("no-such-submission", Source(name), {"name": name}, near)])
    return path


def name_of(path: Path) -> str:
    """How a file is called in messages and answers: bundled files by their place in the project."""
    real = Path(os.path.realpath(path))
    for kind in ("rulesets", "cases"):
        if real.is_relative_to(home(kind)):
            return f"{kind}/{real.relative_to(home(kind)).as_posix()}"
    return path.as_posix()


def bundled(path: Path) -> bool:
    """Does the file come with the engine?"""
    return Path(os.path.realpath(path)).is_relative_to(home("rulesets"))


def line_at(source: Source) -> str:
    """The line of a file at which a source points; nothing where the file is not at hand."""
    kind, _, rest = source.file.partition("/")
    bundled = kind in ("rulesets", "cases") and not os.path.exists(source.file)
    path = home(kind) / rest if bundled else Path(source.file)
    try:
        lines = _lines(path, path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return ""
    return lines[source.line - 1] if source.line <= len(lines) else ""


@lru_cache(maxsize=4)
def _lines(path: Path, changed: int) -> list[str]:
    """The lines of a file as it was when last `changed`: many problems may point into one."""
    return LINE_END.split(content(path).decode("utf-8-sig", errors="replace"))


def part_files(path: Path) -> dict[str, Path]:
    """The parts that a rule file can include, by name: those beside it, before those bundled."""
    homes = (path.parent / SHARED, home("rulesets") / SHARED)
    return {part.stem: part for folder in reversed(homes) for part in folder.glob("*.yaml")}


def load_submission(path: Path, review: Path | None = None) -> Filing:
    """A submission from its file, with an evaluator's review of it, if there is one. Raises `Refused`."""
    submission, document = load(path, Submission, name_of(path))
    if review is None:
        return Filing(submission, document.place, digest(submission), (path,), _answers(submission))
    answers, beside = load(review, Review, name_of(review))
    if answers.review_of != submission.submission:
        facts = {"found": answers.review_of, "expected": submission.submission}
        raise Refused([Problem("review-of-another", beside.place(("review-of",)), facts)])
    filed = {"judgements": len(submission.judgements), "confirmations": len(submission.confirmations)}
    together = submission.model_copy(
        update={
            "judgements": submission.judgements + answers.judgements,
            "confirmations": submission.confirmations + answers.confirmations,
        }
    )

    def place(path: At, start: int = 0, width: int | None = None, *, key: bool = False) -> Source:
        """Answers past those in the submission stand in the review."""
        if len(path) > 1 and path[0] in filed and isinstance(path[1], int) and path[1] >= filed[str(path[0])]:
            return beside.place((path[0], path[1] - filed[str(path[0])], *path[2:]), start, width, key=key)
        return document.place(path, start, width, key=key)

    return Filing(together, place, digest(together), (path, review), _answers(together))


def _answers(submission: Submission) -> str:
    said = [*submission.judgements, *submission.confirmations]
    return _hashed([one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in said]) if said else ""
