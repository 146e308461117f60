"""What do the tests leave behind, and what do workers share? Nothing, and the compiled sources of one run.

Many tests start `jixiao` as a process of its own. Where Python is told to keep no compiled sources, each of these
would compile the engine anew, which takes longer than what it is asked to do; so they are kept as long as the run
lasts. What jixiao itself keeps between runs (`reading/keeping.py`) stands in a folder of the worker's own: no other
worker writes there, and nothing is found there that another engine left.
"""

from __future__ import annotations

import atexit
import os
import shutil
from tempfile import mkdtemp

import pytest


def pytest_configure() -> None:
    folder = mkdtemp(prefix="jixiao-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # a worker ends without `pytest_unconfigure`
    os.environ["XDG_CACHE_HOME"] = folder
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):  # for the processes that are started; workers find it done
        os.environ["PYTHONPYCACHEPREFIX"] = os.path.join(folder, "compiled")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """One where READMEs are written anew: two sessions of one file must not be written at a time."""
    return 1 if os.environ.get("UPDATE") else None
