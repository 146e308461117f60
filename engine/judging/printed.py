"""Which rule does an indicator row print itself, and may it be scored by it?"""

from __future__ import annotations

import re
from fractions import Fraction

from ..clauses.reading import ClauseUnreadable
from ..filing.figures import Figures, Row
from ..methods import AnyMethod, Judgement
from ..planning.compiling import printed
from ..rules.policy import Policy
from ..values.exact import written
from ..values.problems import Problem


class PrintedRules:
    """Reads the rules printed in rows. Those that can't be used are noted, those that the rule set would have to settle
    are problems.
    """

    def __init__(self, figures: Figures, policy: Policy, problems: list[Problem]) -> None:
        self.figures, self.policy, self.problems = figures, policy, problems
        self.notes: list[Problem] = []

    def method(self, row: Row, full: Fraction) -> AnyMethod | None:
        """The rule printed in the row; its target is the standard. None where it needs one and the row has none.

        A text that can't be read, as misprints can't, or that doesn't go with the row's target (元 off a target in
        元/人), is noted, and leaves the points to be judged.
        """
        target, told = row.target, trusted(row)
        n, d = target.number[:2]
        standard = f"{written(Fraction(n, d) / target.word.scale)}{target.word.word}" if told else ""
        try:
            return printed(row.clause, full, standard, self.policy)
        except ClauseUnreadable as error:
            needs_standard = error.facts.get("choice") == "standard"
            if needs_standard and not told:
                return None
            place = self.figures.place((*row.at, "clause"), error.start, error.end - error.start)
            if error.code == "choice-unknown" and needs_standard:
                self.notes.append(Problem("not-combined", place, {"found": target.raw}))
            elif error.code == "clause-unreadable":
                rest = re.split("[，。；,;]", row.clause[error.start :])[0]
                self.notes.append(Problem("own-clause-unread", place, {"row": row.name, "found": rest}))
            else:
                self.problems.append(Problem(error.code, place, error.facts))
                return None
            return Judgement(method="judgement")


def trusted(row: Row) -> bool:
    """Can the row's numbers be trusted? Where they are doubtful, the row rules say what that means."""
    return row.target.number.known and not (row.marks.copied or row.marks.worded or row.bare or row.marks.qualitative)
