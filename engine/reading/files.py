"""How is a file read, if it is one, and never more of it than was asked for?

Pipes and devices are no files: they may have no end, or never begin. Who opens them waits for nobody.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

MOST_BYTES = 4_000_000
"""More is never read of a file that people write by hand."""
NO_FILE = "not a regular file"


def content(path: Path, most: int = MOST_BYTES) -> bytes:
    """What stands in a regular file, and of a longer one `most` bytes and one more.

    Raises OSError where it can't be read or is no regular file, ValueError for a name that no file can have.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    number = os.open(path, flags)
    try:
        mode = os.fstat(number).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, NO_FILE)
        with open(number, "rb", closefd=False) as stream:
            return stream.read(most + 1)
    finally:
        os.close(number)
