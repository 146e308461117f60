"""With which parameters is a scoring method tried? Every choice, and thresholds that the filings meet or just miss."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random

RATES, MONEY, COUNTS, FACTS = (
    ("率甲", "率乙", "率丙"),
    ("额甲", "额乙", "额丙"),
    ("数甲", "数乙"),
    ("事甲", "事乙", "事丙"),
)
MEASURES = {
    "比甲": {"unit": "%", "formula": "额甲 / 额乙"},
    "比乙": {"unit": "%", "formula": "数甲 / 数乙", "round": 4},
    "比丙": {"unit": "%", "formula": "(额甲 - 额乙) / 额丙", "round": 3, "round-mode": "truncate"},
    "比丁": {"unit": "%", "formula": "min(率甲, 率乙)"},
}
EDGES = ["0%", "50%", "60%", "79.99%", "80%", "90%", "95.1%", "100%", "103.3%", "130%"]
LETTERS = "甲乙丙丁戊己庚辛"


def plain(value: Fraction) -> str:
    """A decimal without an exponent."""
    text = f"{float(value):.6f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-0") else "0"


class MethodWriter:
    """Random methods. `without` names what is left out."""

    digits: int
    policy: dict

    def __init__(self, random: Random, without: frozenset[str] = frozenset()) -> None:
        self.random, self.without = random, without
        self.answers: list[tuple[str, dict]] = []
        self.levels: list[str] = []
        self.weights: dict[str, Fraction] = {}
        self.names = 0

    def pick(self, *options):  # type: ignore[no-untyped-def]
        return self.random.choice(options)

    def chance(self, share: float, spice: str = "") -> bool:
        return self.random.random() < share and spice not in self.without

    def cuts(self, full: Fraction, start: str = "") -> dict:
        if not self.chance(0.35, "cuts"):
            return {}
        found = []
        below = self.random.sample(["50%", "60%", "70%"], self.random.randint(0, 2))
        above = self.random.sample(["120%", "130%", "150%"], self.random.randint(0, 2))
        for side, places in (("below", below), ("above", above)):
            what = self.pick("points", "deduct")
            for place in places:
                worth = self.pick("0", "1", "2.5" if self.digits else "2")
                found.append({"at": place, "side": side, "closed": self.pick(True, False), what: worth})
        self.random.shuffle(found)
        return {"cuts": found} if found else {}

    def _proportional(self, full: Fraction) -> dict:
        found = {
            "method": "proportional",
            "direction": self.pick("forward", "forward", "reverse"),
            "target": self.pick("90%", "95.1%", "100%"),
        }
        if found["direction"] == "forward":
            found |= self.pick({"over": self.pick("full", "zero", "open")}, {}, {"most": self.pick("105.5%", "120%")})
        else:
            found["reverse"] = self.pick("inverse", "linear")
        if (
            self.chance(0.2, "equal-method")
            and "most" not in found
            and "over" not in found
            and found["direction"] == "forward"
        ):
            return {
                "method": "proportional",
                "direction": "equal",
                "target": found["target"],
                "off": self.pick("zero", "proportional"),
            }
        cuts = self.cuts(full)
        if not cuts and self.chance(0.25):
            found["pass"] = "60%" if found["direction"] == "forward" else "130%"
        return found | cuts

    def _linear(self, full: Fraction) -> dict:
        one, other = self.random.sample(["60%", "80%", "95.1%", "100%"], 2)
        found = {"method": "linear", "full-at": one, "zero-at": other}
        if self.chance(0.25):
            found["most"] = self.pick("120%", "105.5%")
        return found | self.cuts(full)

    def _bands(self, full: Fraction) -> dict:
        edges = sorted(self.random.sample(EDGES, self.random.randint(1, 3)), key=lambda one: Fraction(one[:-1]))
        worth = [plain(full), "0", "1", "2.5" if self.digits else "2", "4"]
        bands, ends = [], [None, *edges, None]
        for low, high in pairwise(ends):
            band = {"points": self.pick(*worth)}
            if low is not None:
                band["from"] = low
            if high is not None:
                band["to"] = high
            bands.append(band)
        if self.chance(0.3):
            del bands[self.pick(0, -1)]
        self.pick(*bands)["points"] = plain(full)
        if self.chance(0.5):
            bands.reverse()
        found = {"method": "bands", "edges": self.pick("lower-closed", "upper-closed"), "bands": bands}
        if len(bands) > 1 and self.chance(0.15, "least"):
            next(band for band in bands if band["points"] != plain(full) or band is bands[-1])["points"] = "-1"
            bands[0]["points"] = plain(full)
            found["least"] = "-2"
        return found

    def _steps(self, full: Fraction) -> dict:
        found = {
            "method": "steps",
            "from": self.pick("90%", "95.1%", "100%"),
            "side": self.pick("above", "below", "both"),
            "step": self.pick("1%", "3%", "5%", "0.7%"),
            "base": self.pick("points", "relative"),
            "deduct": self.pick("0.5", "1", "2", "0.3"),
            "partial-step": self.pick("whole", "started", "pro-rata"),
        }
        cuts = self.cuts(full)
        if not cuts and self.chance(0.2):
            found["floor"] = "1"
        return found | cuts

    def _additions(self, full: Fraction) -> dict:
        return {
            "method": "additions",
            "from": self.pick("60%", "90%", "100%"),
            "side": self.pick("above", "below"),
            "step": self.pick("1%", "5%", "7%"),
            "add": self.pick("0.5", "1", "2"),
            "start": self.pick("0", "1", "2"),
            "partial-step": self.pick("whole", "started", "pro-rata"),
        } | self.cuts(full)

    def parts(self, full: Fraction, count: int) -> list[str]:
        each = Fraction(int(full * 10 ** min(self.digits, 2) / count), 10 ** min(self.digits, 2))
        return [plain(each)] * (count - 1) + [plain(full - each * (count - 1))]

    def _checklist(self, full: Fraction) -> dict:
        return {
            "method": "checklist",
            "items": [
                {"item": f"第{n}条", "points": p} for n, p in enumerate(self.parts(full, self.random.randint(1, 3)), 1)
            ],
        }

    def _outcomes(self, full: Fraction) -> dict:
        worth = [plain(full), "2", self.pick("0", "0.5" if self.digits else "0")]
        return {
            "method": "outcomes",
            "outcomes": [{"outcome": name, "points": p} for name, p in zip(("好", "一般", "差"), worth, strict=True)],
        }

    def _deductions(self, full: Fraction) -> dict:
        faults = [
            {"fault": "虚列", "least": "1", "most": self.pick("1", "3")},
            {"fault": "挪用", "least": "2", "most": "4"},
        ]
        if self.chance(0.3):
            faults[1]["repeats"] = True  # type: ignore[assignment]
        return {"method": "deductions", "faults": faults}

    def _judgement(self, full: Fraction) -> dict:
        if self.chance(0.5):
            tiers = [
                {"tier": "好", "from": "80%", "to": "100%"},
                {"tier": "中", "from": "60%", "to": "80%"},
                {"tier": "差", "from": "0%", "to": "60%"},
            ]
            return {"method": "judgement", "edges": "lower-closed", "tiers": tiers}
        return {"method": "judgement"} | self.pick({}, {"least": "1", "most": "4"}, {"most": "5"})

    def _external(self, full: Fraction) -> dict:
        return {"method": "external", "score": "额甲", "of": "额乙"}

    def _share(self, full: Fraction) -> dict:
        found = {"method": "share"}
        if self.chance(0.4):
            found |= {"from": "100%"}
        if self.chance(0.4):
            found |= {"to": "130%", "to-closed": self.pick(True, False)}  # type: ignore[dict-item]
        return found

    def _holds(self, full: Fraction) -> dict:
        found = {"method": "holds", "holds": self.condition()}
        return found | ({"otherwise": self.pick("1", "2")} if self.chance(0.4) else {})

    def condition(self) -> str:
        plain_ones = ["事甲", "not 事乙", "率甲 >= 95.1%", "比甲 > 100% or 事甲", "not (率甲 < 80%)", "数甲 > 数乙"]
        plain_ones += ["比乙 = 100% and not 事乙", "abs(比丙) <= 10%"]
        states = ["比甲 is undefined", "率乙 is unknown", "率丙 is not-applicable"]
        return self.pick(*plain_ones, *([] if "states" in self.without else states))
