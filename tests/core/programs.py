"""Random rule programs, layer by layer, each layer as open as it can be made; and how to run an executor on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from engine.algebra.carriers import SCALARS
from engine.algebra.meaning import Truth
from engine.expressions.tree import Compare, Literal, Logic, Name, Not, Tree
from engine.inference.bitwise import Bitwise
from engine.inference.durable_rules import DurableRules
from engine.inference.facts import Decided, Executor
from engine.inference.program import Program, Rule, program
from tests.core.symbols import SYMBOLS, Lifting, values_of
from tests.reference.kleene import Kleene, Odd
from tests.reference.rules import Concluded, Filed, RuleText, conclude

FIELDS = frozenset({"target", "actual"})
GIVEN = {"早先": False, "早先另一": False, "逐行早先": True, "逐行早先另一": True}
KLEENE: tuple[Kleene, ...] = (True, False, None)
TRUTHS = (*KLEENE * 4, *Odd)
"""Of tests: they may hold neither way."""


def more_than(name: str, number: int) -> Tree:
    """An atom: a comparison that nobody but the measures decides."""
    return Compare(">", Name(name), Literal(Fraction(number)))


ATOMS = tuple(more_than(name, number) for name in ("编制数", "在职人数") for number in range(3))
ROW_ATOMS = tuple(more_than(name, number) for name in sorted(FIELDS) for number in range(3))


@dataclass(frozen=True)
class Shape:
    """How large a random program is."""

    layers: int = 5
    width: int = 3
    submissions: int = 6
    rows: int = 3


@dataclass(frozen=True)
class RandomProgram:
    """Rules in layers, filings that decide their atoms, and what the reference concludes of each filing."""

    layers: tuple[tuple[RuleText, ...], ...]
    filings: tuple[Filed, ...]
    expected: tuple[Concluded, ...]

    @property
    def rules(self) -> list[RuleText]:
        return [rule for layer in self.layers for rule in layer]


def random_filing(random: Random, rows: int, atoms: Sequence[Tree] = ATOMS) -> Filed:
    """Every atom and every rule given: yes, no or unknown, alike likely, and now and then neither."""
    single = [name for name, per_row in GIVEN.items() if not per_row]
    each = [name for name, per_row in GIVEN.items() if per_row]
    return Filed(
        {atom: random.choice(TRUTHS) for atom in atoms},
        [{atom: random.choice(TRUTHS) for atom in ROW_ATOMS} for _ in range(rows)],
        {name: random.choice(TRUTHS) for name in single},
        [{name: random.choice(TRUTHS) for name in each} for _ in range(rows)],
    )


def random_program(seed: int, shape: Shape = Shape()) -> RandomProgram:
    """A program whose k-th layer can't be concluded before the one below it is settled."""
    random = Random(seed)
    filings = tuple(random_filing(random, shape.rows) for _ in range(shape.submissions))
    layers: list[tuple[RuleText, ...]] = []
    known = [Concluded({}, [{} for _ in range(shape.rows)]) for _ in filings]
    for number in range(shape.layers):
        layer: list[RuleText] = []
        for place in range(random.randint(1, shape.width)):
            rule, truths = _balanced(random, f"规则{number}之{place}", layers, layer, filings, known)
            layer.append(rule)
            for told, new in zip(known, truths, strict=True):
                told.submission.update(new.submission)
                for row, new_row in zip(told.rows, new.rows, strict=True):
                    row.update(new_row)
        layers.append(tuple(layer))
    return RandomProgram(tuple(layers), filings, tuple(known))


def _balanced(
    random: Random,
    name: str,
    below: Sequence[Sequence[RuleText]],
    beside: Sequence[RuleText],
    filings: Sequence[Filed],
    known: Sequence[Concluded],
) -> tuple[RuleText, list[Concluded]]:
    """Of a few random rules, the one whose yes, no and unknown are most even over the filings."""
    earlier = {rule.name: rule.per_row for layer in (*below, beside) for rule in layer}
    told = [
        Filed(
            filed.atoms,
            filed.row_atoms,
            {**filed.given, **done.submission},
            [{**given, **row} for given, row in zip(filed.row_given, done.rows, strict=True)],
        )
        for filed, done in zip(filings, known, strict=True)
    ]
    best: tuple[float, RuleText, list[Concluded]] | None = None
    for _ in range(8):
        rule = _random_rule(random, name, below, beside)
        truths = [conclude([rule], GIVEN | earlier, filed) for filed in told]
        evenness = min(shares([said for one in truths for said in said_of(rule, one)]))
        if best is None or evenness > best[0]:
            best = (evenness, rule, truths)
        if evenness >= 0.25:
            break
    assert best is not None
    return best[1], best[2]


def said_of(rule: RuleText, concluded: Concluded) -> list[Kleene]:
    """Every truth of one rule."""
    if rule.per_row:
        return [row[rule.name] for row in concluded.rows]
    return [concluded.submission[rule.name]]


def shares(truths: Sequence[Kleene]) -> tuple[float, float, float]:
    """The shares of yes, no and unknown."""
    yes, no, unknown = (sum(truth is one for truth in truths) / max(1, len(truths)) for one in KLEENE)
    return yes, no, unknown


@dataclass(frozen=True)
class _Leaf:
    tree: Tree
    parity: int | None = None
    """1: must stand under an odd number of `not`, 0: under an even one, None: either."""


def _random_rule(
    random: Random, name: str, below: Sequence[Sequence[RuleText]], beside: Sequence[RuleText]
) -> RuleText:
    per_row = random.random() < 0.5
    leaves = [_random_leaf(random, per_row, below, beside) for _ in range(random.randint(1, 4))]
    if below:
        anchor = random.choice(below[-1])
        leaves.append(_Leaf(Name(anchor.name), 1 if anchor.per_row == per_row else None))
    random.shuffle(leaves)
    return RuleText(name, _random_tree(random, leaves, 0), per_row)


def _random_leaf(
    random: Random, per_row: bool, below: Sequence[Sequence[RuleText]], beside: Sequence[RuleText]
) -> _Leaf:
    alike = [rule for rule in beside if rule.per_row == per_row]
    earlier = [rule for layer in below for rule in layer]
    pick = random.random()
    if pick < 0.25 and alike:
        return _Leaf(Name(random.choice(alike).name), 0)
    if pick < 0.5 and earlier:
        return _Leaf(Name(random.choice(earlier).name))
    if pick < 0.65:
        return _Leaf(Name(random.choice(sorted(GIVEN))))
    return _Leaf(random.choice(ROW_ATOMS if per_row and pick < 0.9 else ATOMS))


def _random_tree(random: Random, leaves: Sequence[_Leaf], parity: int) -> Tree:
    if len(leaves) == 1:
        wanted = leaves[0].parity
        deny = random.random() < 0.4 if wanted is None else wanted != parity
        return Not(leaves[0].tree) if deny else leaves[0].tree
    if random.random() < 0.2:
        return Not(_random_tree(random, leaves, 1 - parity))
    cut = random.randint(1, len(leaves) - 1)
    parts = _random_tree(random, leaves[:cut], parity), _random_tree(random, leaves[cut:], parity)
    return Logic(random.choice(("and", "or")), *parts)


# -- running the executors ---------------------------------------------------------------------------------------


def compiled(rules: Sequence[RuleText], read: Sequence[str] | None = None) -> Program:
    """The program that the engine makes of these rules; unless said, all of them are read elsewhere."""
    read = [rule.name for rule in rules] if read is None else read
    return program([Rule(rule.name, rule.when, rule.per_row) for rule in rules], GIVEN, FIELDS, read)


BITS: dict[Kleene, tuple[bool, bool, bool, bool]] = {
    True: (True, True, False, False),
    False: (False, False, True, True),
    None: (False, True, False, True),
    Odd.NEITHER: (False, False, False, False),
    Odd.PERHAPS: (False, True, False, False),
    Odd.PERHAPS_NOT: (False, False, False, True),
}


def truth(kleene: Kleene) -> Truth:
    """Sure, possible, surely not, possibly not."""
    return Truth(*BITS[kleene])


def kleene(told: Truth) -> Kleene:
    """The inverse of `truth`."""
    return next(truth for truth, bits in BITS.items() if bits == told)


def _told(made: Program, filed: Filed) -> tuple[dict[str, Kleene], list[dict[str, Kleene]]]:
    single = {atom.id: filed.atoms[atom.tree] for atom in made.atoms if not atom.per_row}
    rows = [
        {atom.id: row[atom.tree] for atom in made.atoms if atom.per_row} | dict(given)
        for row, given in zip(filed.row_atoms, filed.row_given, strict=True)
    ]
    return {**single, **filed.given}, rows


def _decided(made: Program, filed: Filed) -> Decided[bool]:
    single, rows = _told(made, filed)
    return Decided(
        {name: truth(told) for name, told in single.items()},
        [{name: truth(told) for name, told in row.items()} for row in rows],
        [True] * len(rows),
    )


def _read(concluded: Decided[bool]) -> Concluded:
    return Concluded(
        {name: kleene(told) for name, told in concluded.submission.items()},
        [{name: kleene(told) for name, told in row.items()} for row in concluded.rows],
    )


def run(executor: Executor, made: Program, filed: Filed) -> Concluded:
    """What an executor on scalars concludes of one filing."""
    return _read(executor(made, _decided(made, filed)))


def run_symbols(made: Program, filings: Sequence[Filed], slots: int = 0) -> list[Concluded]:
    """What the bits conclude on symbols, once for all filings, each of which fills some of the slots for rows."""
    slots = max([slots, *(len(filed.row_atoms) for filed in filings)])
    lifted = [_lifted(_decided(made, filed), slots) for filed in filings]
    concluded = Bitwise(SYMBOLS.carrier)(made, lifted[0][0])
    each = values_of(concluded, [environment for _, environment in lifted])
    told = [_read(one) for one in each]
    return [Concluded(one.submission, one.rows[: len(f.row_atoms)]) for one, f in zip(told, filings, strict=True)]


def _lifted(decided: Decided[bool], slots: int) -> tuple[Decided, dict[str, object]]:
    """Symbols for every truth, in every slot; those without a row hold what no row does."""
    lifting, rows = Lifting(), list(decided.rows)
    names = list(rows[0]) if rows else []
    rows += [dict.fromkeys(names, Truth(True, True, True, True))] * (slots - len(rows) if names else 0)
    held = Decided(
        {name: lifting.lifted(name, told) for name, told in decided.submission.items()},
        [{name: lifting.lifted(f"{at} {name}", told) for name, told in row.items()} for at, row in enumerate(rows)],
        [lifting.lifted(f"{at} there", at < len(decided.rows)) for at in range(len(rows))],
    )
    return held, lifting.environment


def agree(rules: Sequence[RuleText], filings: Sequence[Filed], expected: Sequence[Concluded]) -> None:
    """durable_rules, the bits of one submission and those of symbols conclude what the reference does."""
    made, durable, scalar = compiled(rules), DurableRules(), Bitwise(SCALARS)
    for filed, wanted in zip(filings, expected, strict=True):
        assert run(scalar, made, filed) == wanted
        assert run(durable, made, filed) == wanted
    assert run_symbols(made, filings) == list(expected)
