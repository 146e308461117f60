"""What was filed? Figures, facts, measures and rows as names of the rules read them."""

from __future__ import annotations

from fractions import Fraction

from engine.values.cells import CellKind, read_cell
from engine.values.units import unit_word

from .lines import read_line
from .ranges import cut
from .worth import ANY, BLANK, EITHER, NO, YES, May, No, Truth, Value, World, may, now, tree_of, truth

Path = tuple[str, ...]
TRUE, FALSE = ("是", "有", "true", "yes"), ("否", "无", "没有", "false", "no")
SCALES = {"元": 1, "千元": 1000, "万元": 10000, "亿元": 100000000}


class Filed:
    """Figures, facts, measures and rows of one submission."""

    def __init__(self, rules: dict, filing: dict) -> None:
        self.rules, self.filing = rules, filing
        self.lines = [read_line(filing, one) for one in filing.get("indicators", ())]
        self.world = World(self.value, self.may, self.truth, self.select)

    def _raw(self, name: str) -> str | None:
        raw = self.filing.get("figures", {}).get(name)
        return None if raw is None else str(raw)

    def value(self, name: str) -> Value:
        """A figure, or a measure."""
        measures = self.rules.get("measures", {})
        if name in measures:
            return self._rounded(measures[name], now(tree_of(measures[name]["formula"]), self.world))
        spec = self.rules["figures"][name]
        return self._figure(spec["unit"], self._raw(name))

    def _figure(self, unit: str, raw: str | None) -> Value:
        cell, word = read_cell(raw), unit_word(unit)
        if cell.kind is CellKind.NOT_APPLICABLE:
            return No.NOT_APPLICABLE
        if cell.kind is not CellKind.NUMBER:
            return ANY
        if cell.unit.word:
            return cell.value
        if unit in SCALES:
            return cell.number * SCALES[self.filing["money"]]
        if unit == "%" and 0 < cell.number <= 1:
            return ANY  # a bare share: doubted
        return cell.number * word.scale

    def _rounded(self, spec: dict, value: Value) -> Value:
        if isinstance(value, Fraction) and spec.get("round") is not None:
            return cut(value, int(spec["round"]), spec.get("round-mode", "half-up"))
        return value

    def may(self, name: str) -> May:
        measures = self.rules.get("measures", {})
        if name not in measures:
            value = self.value(name)
            assert not isinstance(value, str)
            return BLANK if value is ANY else frozenset({value})
        kinds = may(tree_of(measures[name]["formula"]), self.world)
        return frozenset(self._rounded(measures[name], one) for one in kinds)  # type: ignore[arg-type]

    def truth(self, name: str) -> Truth:
        """A fact, or a flag."""
        flags = self.rules.get("flags", {})
        if name in flags:
            return truth(tree_of(flags[name]["when"]), self.world)
        raw = (self._raw(name) or "").strip()
        return YES if raw in TRUE else NO if raw in FALSE else EITHER

    def select(self, table: str, path: Path, one: str) -> Value:
        assert table == "spending"
        for line in self.filing.get("spending", ()):
            if (line["line"],) == path:
                return self._figure("%" if one == "rate" else "元", line.get(one))
        return ANY
