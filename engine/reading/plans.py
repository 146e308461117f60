"""Which plan belongs to a rule file? The one kept from an earlier run, where all that it was made from is the same.

It was made from the rule file, the parts it may include, this engine and the libraries it reads with: the digest of
all of them stands before a kept plan, with that of the plan as it was written, and both are compared before anything
of it is read. A plan with anything to say of its file (an older spelling, a problem) is not kept.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pydantic
import yaml

from ..algebra.meaning import MEANING
from ..expressions.interpreter import Interpreter
from ..planning.plan import Plan
from ..rules.ruleset import RuleSet
from ..values.problems import Problem
from .files import content
from .keeping import begin, engine_digest, folder, keep, kept
from .library import name_of, part_files, ruleset_files


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, the files it was read from, and what of them is written in an older spelling."""

    plan: Plan
    files: tuple[Path, ...]
    older: tuple[Problem, ...] = ()


def planned(path: Path) -> Planned:
    """The plan of a rule file. Raises `Refused` with every problem at once."""
    begin()  # a form may print clauses of its own, which are read when it is scored
    name, known = f"plan-{_hashed(str(path.absolute()).encode()).hex()[:16]}", part_files(path)
    key = _key({"": path, **known})
    plan, parts = _found(name, key) or (None, ())
    if plan is not None:
        return Planned(plan, (path, *(known[part] for part in parts)))
    from .editions import load_rules  # costly to import: with a plan at hand, nothing of it is needed
    from .parts import Joined

    plan, document = load_rules(path)
    parts = tuple(document.parts) if isinstance(document, Joined) else ()
    if not document.older:
        _keep(name, key, (plan, parts))
    return Planned(plan, (path, *(known[part] for part in parts)), document.older)


def rulesets() -> Sequence[RuleSet]:
    """Every bundled rule set, read but not planned."""
    files = ruleset_files()
    key = _key({file.name: file for file in files} | part_files(files[0]))
    found: Sequence[RuleSet] | None = _found("rulesets-bundled", key)
    if found is None:
        from .editions import read_all

        found = tuple(read_all())
        _keep("rulesets-bundled", key, found)
    return found


def _key(files: Mapping[str, Path]) -> bytes:
    """The digest of all that a plan is made from, under the names that its places bear; none where nothing is kept, or
    not all can be read, which is said where it is.
    """
    if folder() is None:
        return b""
    try:
        lark = find_spec("lark")
        made_by = [engine_digest(), sys.version, pydantic.VERSION, yaml.__version__]
        told = [repr(made_by).encode(), content(Path(lark.origin)) if lark and lark.origin else b""]
        for name, file in files.items():
            told += [repr((name, name_of(file))).encode(), content(file)]
    except (OSError, ValueError):
        return b""
    return _hashed(b"".join(map(_hashed, told)))


def _found(name: str, key: bytes) -> Any:
    """What was kept under a name for this key, whole; None where nothing was."""
    found = kept(name) or b""
    pickled = found[2 * len(key) :]
    return pickle.loads(pickled) if key and pickled and found.startswith(key + _hashed(pickled)) else None


def _keep(name: str, key: bytes, value: object) -> None:
    if key:
        pickled = _pickled(value)
        keep(name, key + _hashed(pickled) + pickled)


def _hashed(text: bytes) -> bytes:
    return hashlib.sha256(text).digest()


def _pickled(kept: object) -> bytes:
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(kept)
    return stream.getvalue()


class _Pickler(pickle.Pickler):
    """Writes what is read back soonest: a value by its parts. What an interpreter made ready is made ready again."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, Interpreter):
            return _interpreter, ()
        if isinstance(value, Fraction):
            return Fraction, (value.numerator, value.denominator)
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, field.name) for field in fields(value) if field.init)
        return NotImplemented


def _interpreter() -> Interpreter[int, bool, str]:
    return Interpreter(MEANING)
