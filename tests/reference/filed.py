"""Which filings are tried under a rule file? Blanks, what does not apply, numbers at the edges, answers half given."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from .ranges import cut
from .written import RuleWriter
from .written_methods import COUNTS, EDGES, FACTS, MONEY, RATES, plain


class Writer(RuleWriter):
    """A random rule file, and filings for it."""

    def filing(self, rules: dict) -> dict:
        figures = {}
        for name in RATES:
            self.file(figures, name, self.rate())
        for name in MONEY:
            self.file(
                figures,
                name,
                self.pick(
                    *(["100"] if "zero" in self.without else ["0"]), "100", "90", "95.1", "107", "60万元", "33.33"
                ),
            )
        for name in COUNTS:
            self.file(figures, name, self.pick(*(["3"] if "zero" in self.without else ["0"]), "3", "7", "9", "10件"))
        for name in FACTS:
            raw = self.pick("是", "否", "是", "否", *([] if "maybe" in self.without else [""]))
            if raw:
                figures[name] = raw
        found = {
            "submission": "filed",
            "department": "某局",
            "kind": "department",
            "year": 2024,
            "money": self.pick("元", "万元"),
            "figures": figures,
        }
        judgements = [one for one in (self.answer(name, spec) for name, spec in self.answers) if one]
        if self.levels:
            found["indicators"] = [row for level in self.levels for row in self.rows(level)]
            judgements += self.row_answers(rules, found["indicators"])
            answered = {one.get("row") for one in judgements}
            found["confirmations"] = self.readings([one for one in found["indicators"] if one["name"] not in answered])
        if judgements:
            found["judgements"] = judgements
        return found

    def file(self, figures: dict, name: str, raw: str) -> None:
        kind = self.random.random()
        if kind < 0.1 and "blank" not in self.without:
            return
        if kind < 0.2:
            states = ["不适用"] * ("na" not in self.without) + ["", "无法核实", "-"] * ("blank" not in self.without)
            raw = self.pick(*states, *[raw] * (not states))
        figures[name] = raw

    def rate(self) -> str:
        edge = Fraction(self.pick(*EDGES, "99.3%", "108.7%", "200%")[:-1])
        return (
            plain(edge + self.pick(0, 0, Fraction(1, 100), -Fraction(1, 100), Fraction(7, 2), -Fraction(33, 10))) + "%"
        )

    def answer(self, name: str, spec: dict) -> dict | None:
        method, full = spec["scoring"], Fraction(spec["points"])
        found = {"criterion": name, "by": "甲", "reason": "核对"}
        if self.chance(0.4):
            return None
        match method["method"]:
            case "checklist":
                split = [self.pick("met", "not-met", "") for _ in method["items"]]
            case "deductions":
                split = [self.pick("met", "met", "not-met", "") for _ in method["faults"]]
            case "outcomes":
                return found | {"tier": self.pick("好", "一般", "差")}
            case "judgement":
                if "tiers" in method:
                    tier = self.pick(*method["tiers"])
                    points = full * (Fraction(tier["from"][:-1]) + 3) / 100
                    rounded = plain(Fraction(int(points * 100) + 1, 100))
                    return found | {"tier": tier["tier"]} | self.pick({}, {"points": rounded})
                return found | {
                    "points": self.pick("1", "2.5", "3.333" if "given-digits" not in self.without else "3.33", "4")
                }
            case _:
                if spec.get("editable") and "applies" not in spec and self.chance(0.5, "edited"):
                    return found | {
                        "points": self.pick("0", "1.5", "3.335" if "given-digits" not in self.without else "3.3")
                    }
                return None
        answered = {key: [n for n, one in enumerate(split, 1) if one == key] for key in ("met", "not-met")}
        answered = {key: one for key, one in answered.items() if one}
        return found | answered if answered else None

    def rows(self, level: str) -> list[dict]:
        count = self.pick(1, 2, 3, 3, 4, 6)
        stated = self.pick("none", "none", "all", "some", "whole", "whole")
        whole = self.weights.get(level)
        if self.digits >= 2 and self.chance(0.2, "shares"):
            stated = "equal"
        found = []
        for number in range(count):
            row = {"name": f"{self.head()}{level}{number}", "level": level} | self.cells()
            if self.chance(0.4, "directions"):
                row["name"] = f"{self.telling()}（{level}{number}）"
                row["kind"] = self.pick("", "", "成本指标")
            if stated == "all" or (stated == "some" and self.chance(0.4)):
                row["points"] = self.pick("1", "1.5" if self.digits else "1", "2")
            found.append(row)
        if stated == "equal" and whole is not None:
            for row in found:
                row["points"] = plain(cut(whole / count, 2, "half-up"))
        if stated == "whole" and whole is not None:
            for row, points in zip(found, self.parts(whole, count), strict=True):
                row["points"] = points
        self.random.shuffle(found)
        return found

    def telling(self) -> str:
        """A name that says which way is better, or makes one doubt it."""
        return self.pick(
            "完成天数", "优良天数", "投诉处理次数", "投诉处理情况", "办公成本", "成本：办公", "标准成本", "成本控制"
        )

    def head(self) -> str:
        return self.pick("抽查", "培训", "检查")

    def cells(self) -> dict:
        kind = self.random.random()
        if kind < 0.6:
            sign = self.pick("", "≥", "≤", "=", *(() if "strict" in self.without else (">", "<")))
            target = self.pick("10", "10", "3", "100", "100" if "zero-target" in self.without else "0")
            actual = self.pick("10", "9", "11", "13", "12.99", "0", "3", "100", "250")
            unit = self.pick("台", "%", "万元")
            return {
                "target": f"{sign}{target}{unit}",
                "actual": actual + self.pick(unit, unit, "", "元" if unit == "万元" else unit),
            }
        return self.pick(
            *(
                []
                if "row-blank" in self.without
                else [{"target": "≥10台", "actual": self.pick("", "无法核实")}, {"target": "≥10台"}]
            ),
            {"target": "≥10台", "actual": "不适用"}
            if "row-na" not in self.without
            else {"target": "8台", "actual": "7台"},
            {"target": "≥10台", "actual": "≥10台"}
            if "copied" not in self.without
            else {"target": "8台", "actual": "9台"},
            {"target": "显著提升", "actual": "基本达成"},
            {"target": "≥90%", "actual": "已完成"},
            {"actual": "9台", "stated-rate": self.pick("90%", "120%", "150%")},
            {"target": "10台", "actual": "9台", "coefficient": self.pick("50%", "80%")},
            {"parts": [{"target": "≥3台", "actual": "3台"}, {"target": "5台", "actual": self.pick("4台", "")}]},
            {"target": "≥10台", "actual": "未开展"}
            if "unstarted" not in self.without
            else {"target": "8台", "actual": "8台"},
            {"target": "≥95%", "actual": "0.98"},
            {"target": "≥3台", "actual": "5人"},
        )

    def row_answers(self, rules: dict, rows: list[dict]) -> list[dict]:
        found, few = [], Counter(row["level"] for row in rows)  # of many, one may be left without points to give
        for row in rows:
            common = {"row": row["name"], "by": "甲", "reason": "核对"}
            measured = row.get("actual") in ("9台", "10台", "3台") and "target" in row and "coefficient" not in row
            if row.get("target") == "显著提升" and self.chance(0.5):
                found.append(common | {"tier": self.pick("达成", "未达成")})
            elif row.get("actual") in ("0.98", "5人") and few[row["level"]] <= 3 and self.chance(0.3):
                found.append(common | {"points": self.pick("0", "0.5")})
            elif measured and self.chance(0.1, "reduce"):
                found.append(common | {"reduce": self.pick("30%", "60%", "100%")})
        return found

    def readings(self, rows: list[dict]) -> list[dict]:
        """What somebody read in a doubtful cell."""
        doubtful = [row for row in rows if row.get("actual") in ("0.98", "≥10台")]
        reads = {"0.98": ("98%", "90%"), "≥10台": ("10台", "8台")}
        return [
            {"row": row["name"], "reads": self.pick(*reads[row["actual"]]), "by": "甲", "reason": "核对"}
            for row in doubtful
            if self.chance(0.3)
        ]
