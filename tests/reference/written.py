"""Which rule files are tried? Random ones, small and odd: every method and flag, numbers at their edges."""

from __future__ import annotations

from fractions import Fraction

from .written_methods import COUNTS, FACTS, LETTERS, MEASURES, MONEY, RATES, MethodWriter, plain

HEAD = {
    "ruleset": "random",
    "edition": "1",
    "title": "随机",
    "judges": ["department"],
    "complete": True,
    "authority": [{"issuer": "某局", "document": "办法", "verified": False}],
}


def weighed(inner: dict) -> Fraction:
    """The points of criteria together; of either-or rows one counts."""
    conditions = {one.get("applies", "") for one in inner.values()}
    both = {"事丙", "not 事丙"} <= conditions
    counted = [one for one in inner.values() if not (both and one.get("applies") == "not 事丙")]
    return sum((Fraction(one["points"]) for one in counted), Fraction(0))


class RuleWriter(MethodWriter):
    """One random rule file. `without` names what is left out."""

    # -- rules ---------------------------------------------------------------------------------------------------

    def rules(self) -> dict:
        digits = self.pick(2, 2, 2, 1, 3, "exact")
        self.digits = 3 if digits == "exact" else digits
        total = self.pick(2, 2, 1) if digits != 3 else 3
        self.total = total
        self.exact = digits == "exact"
        policy = {
            "rounding": {
                "points": digits,
                "total": total,
                "mode": self.pick("half-up", "half-up", *(["half-up"] if "truncate" in self.without else ["truncate"])),
            },
            "partial-step": self.pick("whole", "started", "pro-rata"),
            "edges": self.pick("lower-closed", "upper-closed"),
            "over": self.pick("full", "zero", "open"),
            "reverse": self.pick("inverse", "linear"),
            "zero-base": self.pick("open", "full", "zero"),
            "not-applicable": self.pick("full", "full", "excluded", "renormalise"),
            "outside-bands": "open",
        }
        self.policy = policy
        criteria = self.table()
        of = sum(Fraction(one["points"]) for one in criteria.values() if "extra" not in one)
        self.extra(criteria)
        if any(one.get("extra") == "deduction" for one in criteria.values()):
            policy["total-floor"] = "0"
        rules = dict(HEAD, of=plain(of), policy=policy, figures=self.figures(), measures=MEASURES, criteria=criteria)
        rules["dimension-grades"] = self.chance(0.5)
        rules["grades"] = [
            {"grade": grade, "from": plain(of * share)}
            for grade, share in (
                ("优", Fraction(9, 10)),
                ("良", Fraction(8, 10)),
                ("中", Fraction(6, 10)),
                ("差", Fraction(0)),
            )
        ]
        if self.levels or self.chance(0.1):
            rules["rows"] = self.row_rules()
        self.conclusions(rules)
        return rules

    def figures(self) -> dict:
        found = {name: {"unit": "%", "digits": 4, "most": "100000%"} for name in RATES}
        found |= {name: {"unit": "元", "digits": 2, "most": "100000000元"} for name in MONEY}
        found |= {name: {"unit": "件", "digits": 0, "most": "100000件"} for name in COUNTS}
        return found | {name: {"unit": "yes-no"} for name in FACTS}

    def name(self) -> str:
        self.names += 1
        return f"项{LETTERS[self.names % 8]}{self.names}"

    def points(self) -> Fraction:
        """Full points that the leaves can print."""
        return self.pick(
            Fraction(5),
            Fraction(8),
            Fraction(10),
            Fraction(10),
            Fraction(25, 2) if self.digits else Fraction(12),
            Fraction(7),
        )

    def table(self) -> dict:
        found = {}
        if self.chance(0.8) or "nothing" in self.without:
            found["正文"] = {"points": "10", "scoring": {"method": "judgement"}}
            self.answers.append(("正文", found["正文"]))
        for _ in range(self.random.randint(1, 4)):
            name = self.name()
            found[name] = self.entry(name, 0)
        self.move(found)
        return found

    def entry(self, name: str, depth: int) -> dict:
        kind = self.random.random()
        if kind < 0.22 and depth < 2:
            return self.sum_block(depth)
        if kind < 0.32 and depth < 2 and "best" not in self.without:
            return self.best_block()
        if kind < 0.5 and len(self.levels) < 2 and not self.without & {"rows"}:
            return self.rows_block(depth)
        return self.leaf(name, self.points())

    def sum_block(self, depth: int) -> dict:
        inner = {}
        for _ in range(self.random.randint(1, 3)):
            name = self.name()
            inner[name] = self.entry(name, depth + 1)
        if self.chance(0.3, "either"):
            self.either_or(inner)
        self.move(inner)
        whole = weighed(inner)
        if self.chance(0.25, "of"):
            return {"points": plain(self.points()), "of": plain(whole), "criteria": inner}
        return {"points": plain(whole), "criteria": inner}

    def either_or(self, inner: dict) -> None:
        full = self.points()
        for condition in ("事丙", "not 事丙"):
            name = self.name()
            leaf = self.leaf(name, full)
            for key in ("applies", "not-applicable"):
                leaf.pop(key, None)
            inner[name] = leaf | {"applies": condition, "not-applicable": "excluded"}

    def best_block(self) -> dict:
        full, inner = self.points(), {}
        for _ in range(self.random.randint(2, 3)):
            name = self.name()
            inner[name] = self.leaf(name, full)
        return {"points": plain(full), "take": "best", "criteria": inner}

    def move(self, inner: dict) -> None:
        """The weight of one leaf goes to another."""
        leaves = [
            name
            for name, one in inner.items()
            if "scoring" in one and one["scoring"]["method"] != "indicators" and "applies" not in one
        ]
        if len(leaves) > 1 and self.chance(0.25, "moved"):
            one, to = self.random.sample(leaves, 2)
            if (
                "not-applicable" not in inner[one]
                and inner[to].get("not-applicable", self.policy["not-applicable"]) == "full"
            ):
                inner[one] |= {"applies": self.pick(*FACTS[:2]), "not-applicable": {"moved-to": to}}
                inner[to]["not-applicable"] = "full"

    def extra(self, criteria: dict) -> None:
        for kind in ("bonus", "deduction"):
            if self.chance(0.15, "extra") and (kind == "bonus" or "deduction" not in self.without):
                name = self.name()
                criteria[name] = self.leaf(name, Fraction(5)) | {"extra": kind}

    # -- leaves --------------------------------------------------------------------------------------------------

    def leaf(self, name: str, full: Fraction) -> dict:
        measured = ["proportional", "proportional", "linear", "bands", "steps", "steps", "additions", "external"]
        method = self.pick(*measured, "checklist", "outcomes", "deductions", "judgement", "holds")
        if self.levels and self.chance(0.08, "share"):
            method = "share"
        found = {"points": plain(full)}
        if method not in ("checklist", "outcomes", "deductions", "judgement", "holds", "external", "share"):
            found["measure"] = self.pick(*RATES, *RATES, *MEASURES)
        found["scoring"] = getattr(self, f"_{method}")(full)
        if self.chance(0.3, "applies"):
            found["applies"] = self.pick("事甲", "not 事甲", "事乙", "事甲 and 事乙", "not (事甲 or 事乙)")
            if self.chance(0.8):
                found["not-applicable"] = self.pick("full", "zero", "excluded", "renormalise")
        elif self.chance(0.2, "own-na"):
            found["not-applicable"] = self.pick("full", "zero", "excluded", "renormalise")
        if self.chance(0.3):
            found["zero-base"] = self.pick("open", "full", "zero")
        if "measure" in found and self.chance(0.15):
            found["editable"] = True
        self.answers.append((name, found))
        return found

    # -- conclusions -----------------------------------------------------------------------------------------------

    def conclusions(self, rules: dict) -> None:
        leaves = [name for name, one in rules["criteria"].items() if "extra" not in one]
        findings = {}
        for number in range(self.random.randint(0, 3)):
            one = self.pick(*leaves)
            points = [f"points[{one}] < full[{one}] * 60%", f"points[{one}] = full[{one}]"]
            earlier = ["not 提示0 and 事甲", "提示0 or 率甲 > 130%"] if number else ["事甲"]
            when = self.pick(*points, *earlier, self.condition(), self.condition())
            findings[f"提示{number}"] = {"severity": "minor", "when": when, "says": "提示", "ground": "practice"}
        if "rows" in rules and self.chance(0.5):
            when = ["attainment >= 130%", "not met", "score < full_score", "score = full_score"]
            when += ["attainment < 90% and not 事甲", *([] if "states" in self.without else ["blank"])]
            findings["逐行"] = {
                "severity": "minor",
                "for": "each indicator",
                "when": self.pick(*when),
                "says": "逐行",
                "ground": "practice",
            }
        rules["findings"] = findings
        caps = {}
        for number in range(self.random.choice((0, 0, 1, 1, 2))):
            when = self.pick("事乙", self.condition(), *findings)
            what = (
                {"grade": self.pick("良", "中", "差")}
                if self.chance(0.5)
                else {"total": plain(Fraction(rules["of"]) * self.pick(Fraction(1, 2), Fraction(3, 5)) // 1)}
            )
            caps[f"限{number}"] = {"when": when, "ground": "practice"} | what
        if "逐行" in findings and self.chance(0.3):
            caps["限行"] = {"when": "逐行", "ground": "practice", "grade": "中"}
        rules["caps"] = caps

    # -- rows of the indicator table ---

    def rows_block(self, depth: int) -> dict:
        level = ("产出", "效益")[len(self.levels)]
        self.levels.append(level)
        self.weights[level] = self.pick(Fraction(10), Fraction(20), Fraction(50))
        method = {"method": "indicators", "level": level, "split": self.split()}
        method["stated-points"] = self.pick("prevail", "prevail", "ignored")
        if self.chance(0.5, "shares"):
            method["shares"] = "block"
        return {"points": plain(self.weights[level]), "scoring": method}

    def split(self) -> object:
        """Parts are never finer than the leaves print them."""
        if self.exact:
            return "exact"
        if self.chance(0.5, "largest"):
            return {"digits": self.digits, "remainder": "largest"}
        digits = min(self.digits, self.pick(0, 1, 2))
        return {"digits": digits, "mode": self.pick("half-up", "truncate"), "remainder": self.pick("first", "last")}

    def row_rules(self) -> dict:
        over = {"from": self.pick("120%", "130%"), "effect": self.pick("full", "zero", "open", "deduct", "deviation")}
        if over["effect"] == "deduct":
            over["deduct"] = self.pick("1", "2")
        found = {
            "wording": "unseen",
            "unmarked": self.pick("forward", "forward", "equal"),
            "equal": self.pick("as-forward", *([] if "exact-over" in self.without else ["exact"])),
            "reverse": self.pick("inverse", "linear"),
            "over-fulfilment": over,
            "zero-target": self.pick("met-or-zero", "open"),
            "copied": self.pick("open", "zero"),
            "worded": "judged",
            "packed": self.pick("open", "accepted"),
            "derived-target": self.pick("accepted", "open"),
            "edges": "lower-closed",
            "parts": self.pick("share", "open"),
            "coefficients": self.pick("accepted", "ignored"),
            "reductions": ["30%", "60%", "100%"],
            "tiers": [{"tier": "达成", "from": "80%", "to": "100%"}, {"tier": "未达成", "from": "0%", "to": "80%"}],
        }
        if self.chance(0.2):
            found["attainment-round"] = self.pick(2, 4)
        if self.chance(0.7, "not-started"):
            found["not-started"] = self.pick("zero", "open")
        if self.chance(0.7, "strict-key"):
            found["strict"] = self.pick("zero", "open")
        if self.chance(0.5, "directions"):
            found["directions"] = {
                "forward": ["处理次数", "优良天数"],
                "reverse": ["天数", "投诉"],
                "cost": ["成本", "费用"],
                "standards": ["标准"],
            }
        return found
