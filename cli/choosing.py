"""Which rule set is taken where none was named, and how is it said? On stderr; asked for where several fit alike."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from engine.filing.choosing import Candidate, candidates, things_filed
from engine.reading.library import Filing, rulesets
from engine.values.problems import Problem, Refused
from engine.wording import Lang, phrase

from .language import say
from .screen import console, visible


def fitting(filing: Filing, lang: Lang) -> str:
    """The id of the bundled rule set that fits. Raises `Refused` where none does, or several and nobody to ask."""
    submission = filing.submission
    found = candidates(submission, (ruleset for _, ruleset in rulesets()))
    kind, place = phrase(f"judges-{submission.kind}", lang), submission.place or phrase("place-unsaid", lang)
    facts = {"kind": kind, "place": place, "year": str(submission.year), "filed": str(len(things_filed(submission)))}
    if not found:
        raise Refused([Problem("no-ruleset-fits", filing.place(()), facts)])
    if len(found) > 1 and not (sys.stdin.isatty() and sys.stderr.isatty()):
        names = "、".join(one.ruleset.ruleset for one in found)
        raise Refused([Problem("several-rulesets", filing.place(()), {"names": names})])
    one = found[0] if len(found) == 1 else _asked(found)
    read = {"read": one.read}
    name = {"name": one.ruleset.ruleset, "title": one.ruleset.title}
    console(error=True).print(visible(phrase("ruleset-chosen", lang, **facts, **read, **name)), soft_wrap=True)
    return one.ruleset.ruleset


def _asked(found: Sequence[Candidate]) -> Candidate:
    """The one that the user takes."""
    from rich.prompt import IntPrompt

    class Number(IntPrompt):
        """Asks in the language of this run."""

        validate_error_message = say("请输入编号", "please enter a number")
        illegal_choice_message = say("没有这个编号", "there is no such number")

    screen = console(error=True)
    for number, one in enumerate(found, 1):
        screen.print(visible(f"{number}  {one.ruleset.ruleset}  {one.ruleset.title}"))
    asked = say("几套规则同样适用，用哪一套", "Several rule sets fit alike; which one")
    numbers = [str(number) for number in range(1, len(found) + 1)]
    return found[Number.ask(asked, console=screen, choices=numbers) - 1]
