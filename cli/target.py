"""Where do results go? To stdout, or whole into a file that is nothing that was read: never half a file.

A file is written beside its place under a name nobody can foresee, and takes it when it is complete. What is no
regular file, such as a pipe, is written straight.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from engine.values.problems import Problem, Refused, Source

from .screen import out

Write = Callable[[str], None]
_STREAMS = "/proc/"
"""Where the system shows open streams as files: `/dev/stdout` is a link into it."""


@contextmanager
def target(path: Path | None, read: Callable[[], Iterable[Path]]) -> Iterator[Write]:
    """Writes to stdout, or to the file at `path` when all went well. `read` gives the files that were read.

    Raises `Refused` where the file can't be written or was itself read, `OutputLost` where stdout can't.
    """
    if path is None:
        yield out
        return
    try:
        with _straight(path) if _is_no_file(path) else _replacing(path, read) as stream:
            yield _writing(stream)
    except OSError as error:
        raise _unwritable(path, error) from None


def _writing(stream: TextIO) -> Write:
    def write(text: str) -> None:
        stream.write(text)
        stream.flush()

    return write


def _unwritable(path: Path, error: OSError) -> Refused:
    return Refused([Problem("unwritable-file", Source(str(path)), {"found": error.strerror or str(error)})])


def _is_no_file(path: Path) -> bool:
    """Is there something that is no regular file, or that the system only shows as one (`/dev/stdout`)?"""
    try:
        mode = path.stat().st_mode
        link = os.readlink(path) if path.is_symlink() else ""
    except (OSError, ValueError):
        return False
    return (
        not stat.S_ISREG(mode) or f"{os.path.realpath(path.parent)}/".startswith(_STREAMS) or link.startswith(_STREAMS)
    )


@contextmanager
def _straight(path: Path) -> Iterator[TextIO]:
    number = os.open(path, os.O_WRONLY | os.O_APPEND)
    with os.fdopen(number, "w", encoding="utf-8", newline="\n") as stream:
        yield stream


@contextmanager
def _replacing(path: Path, read: Callable[[], Iterable[Path]]) -> Iterator[TextIO]:
    place = Path(os.path.realpath(path))  # a link stays one: what it leads to is written
    _refuse_read(path, place, read())
    draft = place.parent / f".jixiao-{os.urandom(8).hex()}.draft"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:  # an interrupt may come as soon as there is a file
        number = os.open(draft, flags, 0o666)
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(number)
        _refuse_read(path, place, read())  # rules that a submission names are known only now
        with suppress(FileNotFoundError):
            draft.chmod(stat.S_IMODE(place.stat().st_mode))
        draft.replace(place)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    _settled(place.parent)


def _settled(folder: Path) -> None:
    """A name outlasts a power cut only when its folder is written too, where the system lets that be asked."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _refuse_read(path: Path, place: Path, read: Iterable[Path]) -> None:
    for one in read:
        with suppress(OSError, ValueError):
            if os.path.samefile(one, place):
                raise Refused([Problem("out-is-input", Source(str(path)), {"name": str(one)})])
