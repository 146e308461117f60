"""Do the locks hold what pyproject.toml asks for, for every system and Python, by hash and naming no place to fetch?"""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.console import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ASKED = {
    "lock-build": [*PROJECT["build-system"]["requires"], "editables", "setuptools", "wheel"],
    "lock": PROJECT["project"]["dependencies"],
    "lock-test": PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["test"],
}


def locked(name: str) -> dict[str, set[str]]:
    """Releases and hashes by name; one name may have several releases, under markers."""
    text = (ROOT / ".ci" / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            release, *hashes = line.split("--hash=")
            assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", one.strip()) for one in hashes), line
            pinned, version = release.split(";")[0].strip().split("==")
            found.setdefault(pinned, set()).add(version)
    return found


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", ASKED)
def test_a_lock_holds_what_is_asked_for(name: str) -> None:
    found = locked(name)
    for asked in map(Requirement, ASKED[name]):
        versions = found.get(plain(asked.name))
        assert versions, f"{asked} is in no lock: run .ci/relock --keep"
        assert all(asked.specifier.contains(version) for version in versions), f"{asked}: run .ci/relock --keep"


def test_the_locks_agree_and_name_no_place() -> None:
    build, needed, tests = (locked(name) for name in ASKED)
    assert needed.items() <= tests.items()
    assert all(tests[name] == versions for name, versions in build.items() if name in tests)
    for name in ASKED:
        assert "://" not in (ROOT / ".ci" / f"{name}.txt").read_text("utf-8")
