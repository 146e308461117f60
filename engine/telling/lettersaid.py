"""Why is a letter this one? How many measures reach its range, and how a block's letter comes from its criteria's."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..algebra.meaning import MEANING, OneNumber, fraction
from ..expressions.tree import canonical
from ..judging.leaves import LeafPoints
from ..judging.letters import Lettered
from ..methods import Levels
from ..methods.levels import Level
from ..planning.plan import Leaf, Path
from ..rules.letters import Letters
from ..values.exact import written
from ..wording import joined, listed
from .evaluation import Block
from .explain import Teller, Why
from .words import PointTexts, Value, value_shown


class LetterExplainer(Teller):
    """Sentences about the letters of one judged submission."""

    @property
    def letters(self) -> Letters:
        """By which it is scored."""
        letters = self.plan.ruleset.letters
        assert letters is not None
        return letters

    def texts(self, one: Lettered) -> PointTexts:
        """A letter where points stand, with those it lies between, and the best."""
        return {"points": one.letter, "of": self.letters.best, "of_low": None, "low": one.low, "high": one.high}

    def leaf(self, one: LeafPoints) -> Why:
        """The measures and the range they reach, and what is wanting."""
        method, letter = one.leaf.method, one.letter
        assert isinstance(method, Levels) and letter is not None
        if letter.outcome == "not-applicable":
            said = self.say("not-applicable-excluded")
            return said, said
        pairs = zip(one.leaf.trees, one.measures, strict=True)
        values = listed(
            (f"{canonical(tree)} {value_shown(x, self.plan.word_of(tree))}" for tree, x in pairs), self.lang
        )
        facts: dict[str, Value] = {"values": values, "letter": letter.letter or ""}
        if letter.letter != letter.low or letter.letter != letter.high:
            cause = self._wanting(one)
            return self.say("levels-wanting", cause=cause, low=letter.low, high=letter.high, **facts), cause
        facts |= {"needed": method.reached_in, "count": len(one.measures)}
        several = len(one.measures) > 1
        for level in method.levels:
            if level.letter == letter.letter:
                reached = sum(self._lies_within(level, one.leaf, measure) for measure in one.measures)
                key = "levels" if several else "levels-one"
                return self.say(key, reached=reached, range=level.shown(), **facts), ""
        return self.say("levels-otherwise" if several else "levels-none", **facts), ""

    def _lies_within(self, level: Level, leaf: Leaf, measure: OneNumber) -> bool:
        """Is the measure in the range for sure?"""
        alone = Levels(method="levels", levels=(level,), otherwise=self.letters.worst)
        reached = alone.reached(MEANING, self.letters.scale, [measure], leaf.zero_base).low
        return reached.known and fraction(reached) == self.letters.scale[level.letter]

    def _wanting(self, one: LeafPoints) -> str:
        """What the measures lack; where they lack nothing, it is not known whether the criterion applies."""
        causes = []
        for tree, measure in zip(one.leaf.trees, one.measures, strict=True):
            if measure.undefined:
                causes.append(self.say("undefined", formula=self.naming.formula(tree)))
            elif not measure.known:
                causes.append(self.lacks(tree))
        return joined(dict.fromkeys(causes), self.lang) or self.say("maybe-applies")

    def blocks(self) -> Iterator[Block]:
        """The blocks at the top of the table, with their letters."""
        for name, spec in self.plan.ruleset.criteria.items():
            if spec.criteria:
                path = (name,)
                texts = self.texts(self.judged.letters[path])
                yield Block(id=path, title=spec.title or name, because=self._block_because(path), **texts)

    def _block_because(self, path: Path) -> str:
        """How a block's letter comes from those of its criteria."""
        lettered, block = self.judged.letters, self.plan.blocks[path]
        own, parts = lettered[path], [lettered[(*path, name)] for name in block.criteria]
        values = [part.value for part in parts if part.value is not None]
        letter = own.letter or ""
        if own.outcome == "not-applicable":
            return self.say("not-applicable-excluded")
        if own.outcome == "open":
            key = "part-open" if any(part.outcome == "open" for part in parts) else "not-converted"
            return self.say(key, count=len(values))
        if block.take == "conversion":
            return self.say("converted", count=len(values), sum=written(sum(values, Fraction(0))), letter=letter)
        key = "weakest-lifted" if own.value != min(values) else "weakest"
        return self.say(key, weakest=self.letters.named(min(values)) or "", letter=letter)
