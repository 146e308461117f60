"""What do the tests leave behind, and what do workers share? Nothing, and the compiled sources of one run.

Many tests start `jixiao` as a process of its own. Where Python is told to keep no compiled sources, each of these
would compile the engine anew, which takes longer than what it is asked to do; so they are kept as long as the run
lasts. What jixiao itself keeps between runs (`reading/keeping.py`) stands in a folder of the worker's own: no other
worker writes there, and nothing is found there that another engine left.
"""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory

import pytest

_FOLDER = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    folder = TemporaryDirectory(prefix="jixiao-tests-")
    config.stash[_FOLDER] = folder
    os.environ["XDG_CACHE_HOME"] = folder.name
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):  # for the processes that are started; workers find it done
        os.environ["PYTHONPYCACHEPREFIX"] = os.path.join(folder.name, "compiled")


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_FOLDER].cleanup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """One where READMEs are written anew: two sessions of one file must not be written at a time."""
    return 1 if os.environ.get("UPDATE") else None
