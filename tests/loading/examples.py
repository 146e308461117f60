"""How is an example of a message written down, and what does the engine say of it?

A file of `messages/` is one example, named by its code (`unknown-name.txt`, `unknown-name.folded-block.txt`):

    What it shows, in a sentence.
    ==== rules.yaml
    measures:
      控制率: {unit: "%", formula: "实际在职人 / 编制数"}
                                    ^^^^^^^^^^
    ==== says
    rules.yaml:2:32 unknown-name
    没有叫“实际在职人”的数据、指标或标志
      是不是“实际在职人数”？
    no figure, measure or flag has the name `实际在职人`
      did you mean `实际在职人数`?

The sections written there stand in for the sections of the same name in `base.rules.yaml`, `base.submission.yaml` or
`base.review.yaml`, and the others follow them in the file. `==== rules.yaml alone` takes nothing from the base,
`… without rows` leaves a section out, `… missing` makes no file. A line of carets (a Chinese character is two wide)
is no part of the file: it says where the message must point, and how wide; so does the place, counted in characters.
`⟨0,⟩×9` writes `0,` nine times, and `⟨0xFF⟩` the byte.
"""

from __future__ import annotations

import gc
import re
import signal
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.desk import evaluate
from engine.filing.gathering import gather
from engine.inference.durable_rules import DurableRules
from engine.judging.judge import judge
from engine.reading.editions import load_plan
from engine.reading.library import load_submission
from engine.values.problems import Problem, Refused
from engine.wording import Lang, message, phrase

FOLDER = Path(__file__).parent / "messages"
RULES, SUBMISSION, REVIEW = "rules.yaml", "submission.yaml", "review.yaml"
_SECTION = re.compile(r"^([^\s#:?-][^:\n]*):", re.MULTILINE)
_REPEATED = re.compile(r"⟨([^⟩]+)⟩×(\d+)")
_BYTE = re.compile(r"⟨0x([0-9A-F]{2})⟩")
_CARETS = re.compile(r" *\^+")


@dataclass(frozen=True)
class Example:
    """One example: `carets` are (line, column, width) as drawn, None where nothing is drawn."""

    code: str
    shows: str
    file: str
    how: str
    text: str
    carets: tuple[int, int, int] | None
    says: str


def example(path: Path) -> Example:
    """The example that a file holds."""
    shows, heading, body, says = _parts(path.read_text("utf-8"))
    file, _, how = heading.partition(" ")
    lines: list[str] = []
    carets = None
    for line in body.splitlines():
        if _CARETS.fullmatch(line):
            carets = len(lines), _column(lines[-1], line.index("^")), _between(lines[-1], line)
        else:
            lines.append(line)
    return Example(path.name.split(".")[0], shows, file, how, "\n".join([*lines, ""]), carets, says)


def _parts(text: str) -> tuple[str, str, str, str]:
    shows, filed, says = re.split(r"^==== ", text, flags=re.MULTILINE)
    heading, _, body = filed.partition("\n")
    return shows.strip(), heading, body, says.removeprefix("says\n")


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _column(line: str, cells: int) -> int:
    """The column, from 1, of what is drawn `cells` from the left."""
    return next(number for number in range(len(line) + 1) if _cells(line[:number]) >= cells) + 1


def _between(line: str, carets: str) -> int:
    return _column(line, len(carets)) - _column(line, carets.index("^"))


def base(file: str) -> str:
    """A small file that loads."""
    return (FOLDER / f"base.{file}").read_text("utf-8")


def sections(text: str) -> dict[str, str]:
    """The text of each top-level key."""
    starts = [*_SECTION.finditer(text)]
    ends = [*(match.start() for match in starts[1:]), len(text)][: len(starts)]
    return {match[1]: text[match.start() : end] for match, end in zip(starts, ends, strict=True)}


def patched(file: str, patch: str, without: str = "") -> str:
    """`patch`, and the sections of the base that it does not hold."""
    held = {*sections(patch), without}
    return patch + "".join(text for name, text in sections(base(file)).items() if name not in held)


def written(one: Example) -> bytes:
    """The file of an example, as bytes."""
    text = one.text if one.how == "alone" else patched(one.file, one.text, one.how.removeprefix("without "))
    text = _REPEATED.sub(lambda match: match[1] * int(match[2]), text)
    pieces = _BYTE.split(text)
    return b"".join(
        bytes.fromhex(piece) if number % 2 else piece.encode("utf-8") for number, piece in enumerate(pieces)
    )


def problems(folder: Path) -> tuple[Problem, ...]:
    """Everything said of the files in the current folder, which is `folder`: the rules, what was filed, a review."""
    review = Path(REVIEW) if (folder / REVIEW).exists() else None
    try:
        plan = load_plan(Path(RULES))
        if not (folder / SUBMISSION).exists():
            return ()
        filing = load_submission(Path(SUBMISSION), review)
        evaluate(plan, filing.submission, filing.place, filing.digest, DurableRules())
        figures = gather(filing.submission, filing.place, plan.ruleset.figures)
        return (*figures.notes, *judge(plan, figures, DurableRules()).notes)
    except Refused as refused:
        return refused.problems


def said(found: tuple[Problem, ...]) -> str:
    """The problems as an example writes them."""
    lines = []
    for problem in found:
        lines.append(f"{problem.source} {problem.code}")
        for lang in ("zh", "en"):
            lines += _sentences(problem, lang)  # type: ignore[arg-type]
    return "\n".join([*lines, ""])


def _sentences(problem: Problem, lang: Lang) -> list[str]:
    near = [f"  {phrase('nearest', lang, name=problem.nearest)}"] if problem.nearest else []
    return [message(problem, lang), *near]


SECONDS = 3.0
"""No file takes longer to be refused: seconds of this process, so that a busy machine does not count."""
YARDSTICK = 0.011
"""Seconds of `_yardstick` on the quiet machine on which the limits were set."""


def _yardstick() -> float:
    """How long does a fixed piece of work take now? Neighbours that share a core's caches slow a process to half."""
    begun, held = time.process_time(), {}
    for number in range(50_000):
        held[str(number)] = (number,)
    return time.process_time() - begun


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails where the block takes longer; it is broken off then. What the other tests hold is not walked meanwhile.

    At the limit the machine is measured: where it is slower just now than when the limit was set, so much later.
    """
    measured = False

    def stop(*_: object) -> None:
        nonlocal measured
        more = seconds * (_yardstick() / YARDSTICK - 1)
        if measured or more <= 0:
            raise TimeoutError
        measured = True
        signal.setitimer(signal.ITIMER_PROF, more)

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    gc.freeze()
    try:
        yield
    except TimeoutError:
        raise AssertionError(f"longer than {seconds} s") from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        gc.unfreeze()
        signal.signal(signal.SIGPROF, before)


Told = tuple[int, int, int, str]
"""Line, column and width of a problem, and its code."""


def unmarked(text: str, *codes: str) -> tuple[str, list[Told]]:
    """The text without its marks « », and what must be told: a problem for each mark, with these codes in turn."""
    expected: list[Told] = []
    for number, line in enumerate(text.splitlines(), 1):
        for match in re.finditer("«([^»]*)»", line):
            column = len(re.sub("[«»]", "", line[: match.start()])) + 1
            expected.append((number, column, max(1, len(match[1])), codes[len(expected)]))
    assert len(expected) == len(codes)
    return re.sub("[«»]", "", text), expected


def told(problems: tuple[Problem, ...]) -> list[Told]:
    """Place and code of each problem."""
    return [(one.source.line, one.source.column, one.source.width, one.code) for one in problems]
