"""How does the program end, whatever happened? With a sentence and an exit code; never with a traceback.

Streams are written in UTF-8 whatever the locale, and flushed in here. Then the process is over at once: an interpreter
that takes itself down would complain of unwritten output in its own words, after the exit code was chosen, and it
spends a tenth of a short run on freeing what the system takes back anyway.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import NoReturn, TextIO

import typer

from .language import chosen
from .options import FINE, INTERRUPTED, UNJUDGED
from .screen import OutputLost


class _Closed(io.TextIOBase):
    """Stands in for a stream that was closed before the program began (`>&-`)."""

    encoding = "utf-8"

    def write(self, _text: str, /) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    def isatty(self) -> bool:
        return False


def ended(app: typer.Typer) -> NoReturn:
    """Runs the command, and ends the program."""
    sys.stdout, sys.stderr = _ready(sys.stdout), _ready(sys.stderr)
    code = _run(app)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _ready(stream: TextIO | None) -> TextIO:
    if stream is None:
        return _Closed()  # type: ignore[return-value]
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def _run(app: typer.Typer) -> int:
    """The exit code; whatever went wrong is said."""
    stdout = sys.stdout
    try:
        code = _called(app)
        if sys.stdout is not stdout:  # click puts another in its place where a pipe was closed
            raise OutputLost(os.strerror(errno.EPIPE))
        stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OutputLost as error:
        return _lost(str(error))
    except OSError as error:
        return _unforeseen(error) if error.filename else _lost(error.strerror or str(error))
    except Exception as error:
        return _unforeseen(error)
    if code == INTERRUPTED:
        _say("interrupted")
    return code


def _called(app: typer.Typer) -> int:
    """The exit code of the command itself."""
    from .usage import commands, misused

    try:
        result = commands(app).main(standalone_mode=False)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else FINE
    except typer.Abort:
        return INTERRUPTED
    except Exception as error:
        if not misused(error):
            raise
        return UNJUDGED
    return result if isinstance(result, int) else FINE


def _say(key: str, **facts: str) -> None:
    from engine.wording import phrase

    from .screen import note

    note(phrase(key, chosen(), **facts))


def _lost(reason: str) -> int:
    from engine.wording import in_terms

    _say("output-lost", reason=in_terms(reason, chosen()))
    return UNJUDGED


def _unforeseen(error: Exception) -> int:
    from .unforeseen import unforeseen

    unforeseen(error, chosen())
    return UNJUDGED
