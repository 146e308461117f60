"""Which letters does a submission get under a rule set that scores by letters? Naively; and random files for it."""

from __future__ import annotations

from fractions import Fraction

from .earned import Spot, amount
from .facts import Filed, Path
from .filed import Writer
from .ranges import exact
from .worth import YES, May, No, tree_of, truth
from .written import HEAD
from .written_methods import MEASURES, RATES

Letter = tuple[str | None, str, str]
"""The letter, and between which it lies."""


class LetterTable(Filed):
    """A table of letters."""

    def answer(self) -> dict[Path, Letter]:
        self.letters = self.rules["letters"]
        self.scale = {letter: exact(counts) for letter, counts in self.letters["scale"].items()}
        self.told: dict[Path, Letter] = {}
        for name, spec in self.rules["criteria"].items():
            self.value((name,), spec)
        return self.told

    def value(self, path: Path, spec: dict | None = None) -> object:  # type: ignore[override]
        """What a criterion counts as: a number, `"gone"`, or None while it is open."""
        if spec is None:
            return super().value(path)  # type: ignore[arg-type]
        if "criteria" in spec:
            parts = [self.value((*path, name), one) for name, one in spec["criteria"].items()]
            return self.block(path, spec, parts)
        return self.leaf(path, spec)

    def leaf(self, path: Path, spec: dict) -> object:
        applies = truth(tree_of(spec["applies"]), self.world) if "applies" in spec else YES
        method = spec["scoring"]
        kinds = [self.may(name) for name in method["measures"]]
        none = self.letters["not-applicable"]
        if applies.no or all(one == {No.NOT_APPLICABLE} for one in kinds):
            self.told[path] = (none, none, none)
            return "gone"
        low, high = (self.reached(method, kinds, str(self.zero_base(spec)), hoping) for hoping in (False, True))
        if low == high and applies.yes:
            self.told[path] = (low, low, low)
            return self.scale[low]
        wanting = self.letters["wanting"]
        self.told[path] = (wanting["letter"], low, high)
        return self.scale[wanting["counts"]]

    def zero_base(self, spec: dict) -> object:
        return spec.get("zero-base", self.rules["policy"]["zero-base"])

    def reached(self, method: dict, kinds: list[May], zero_base: str, hoping: bool) -> str:
        """The best letter whose range enough of the measures reach; of what is not known all, or none."""
        for level in method["levels"]:
            count = sum(self.one(level, kind, zero_base, hoping) for kind in kinds)
            if count >= int(method["reached-in"]):
                return str(level["letter"])
        return str(method["otherwise"])

    @staticmethod
    def one(level: dict, kinds: May, zero_base: str, hoping: bool) -> bool:
        ways = set()
        for kind in kinds:
            if isinstance(kind, Fraction):
                spot, closed = Spot(kind), level["closed"]
                low = "from" not in level or spot.above(amount(level["from"]), closed)
                ways.add(low and ("to" not in level or spot.below(amount(level["to"]), closed)))
            elif kind is No.UNDEFINED and zero_base != "open":
                ways.add(zero_base == "full")
            elif kind is No.NOT_APPLICABLE:
                ways.add(False)  # it lies in no range
            else:
                ways |= {True, False}
        return any(ways) if hoping else all(ways)

    def block(self, path: Path, spec: dict, parts: list) -> object:
        counted = [one for one in parts if one != "gone"]
        none, worst, best = self.letters["not-applicable"], [*self.scale][-1], next(iter(self.scale))
        self.told[path] = (None, worst, best)
        if None in counted:
            return None
        if not counted:
            self.told[path] = (none, none, none)
            return "gone"
        value: Fraction | None
        if spec["take"] == "weakest-link":
            value = min(counted) + (exact(self.letters.get("lift", 0)) if max(counted) > min(counted) else 0)
        else:
            table = self.letters["conversion"].get(str(len(counted)), {})
            value = max((self.scale[one] for one, least in table.items() if sum(counted) >= exact(least)), default=None)
        named = [letter for letter, counts in self.scale.items() if counts == value]
        if not named:
            return None
        self.told[path] = (named[0], named[0], named[0])
        return value


class LetterWriter(Writer):
    """A random rule file of letters."""

    def rules(self) -> dict:
        letters = {
            "scale": {"A": "4", "B+": "3.5", "B": "3", "C+": "2.5", "C": "2", "D+": "1.5", "D": "1"},
            "wanting": {"letter": "D*", "counts": "D"},
            "not-applicable": "NA",
            "lift": "0.5",
            "conversion": {
                "2": {"D": "2", "D+": "3", "C": "4", "C+": "5", "B": "6", "B+": "7", "A": "8"},
                "3": {"D": "3", "D+": "4", "C": "6", "C+": "7", "B": "8", "B+": "10", "A": "11"},
            },
        }
        head = {key: one for key, one in HEAD.items() if key != "complete"} | {"complete": False}
        criteria = {self.name(): self.letter_block() for _ in range(self.random.randint(1, 2))}
        policy = {"zero-base": self.pick("open", "full", "zero")}
        return head | {
            "policy": policy,
            "letters": letters,
            "figures": self.figures(),
            "measures": MEASURES,
            "criteria": criteria,
        }

    def letter_block(self) -> dict:
        take = self.pick("weakest-link", "conversion")
        inner = {self.name(): self.letter_leaf() for _ in range(self.random.randint(1 + (take == "conversion"), 3))}
        return {"take": take, "criteria": inner}

    def letter_leaf(self) -> dict:
        measures = self.random.sample([*RATES, *MEASURES], self.random.randint(1, 3))
        levels = self.pick(
            [("A", "95%", "105%"), ("B", "90%", "110%"), ("C", "80%", "130%")],
            [("A", None, "50%"), ("B", None, "80%"), ("C", None, "100%")],
            [("A", "100%", None), ("C", "60%", None)],
        )
        closed = self.pick(True, False)
        made = [
            {"letter": letter, "closed": closed} | ({"from": low} if low else {}) | ({"to": high} if high else {})
            for letter, low, high in levels
        ]
        method = {"method": "levels", "measures": measures, "levels": made, "otherwise": "D"}
        method["reached-in"] = str(self.random.randint(1, len(measures)))
        found = {"scoring": method}
        if self.chance(0.3):
            found["applies"] = self.pick("事甲", "not 事乙")
        return found
