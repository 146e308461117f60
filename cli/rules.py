"""How are rule sets listed, checked, shown and tried from the terminal?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction

from engine.expressions.tree import canonical
from engine.filing.submission import Submission
from engine.inference.durable_rules import DurableRules, ExtensionUnusable
from engine.methods.intervals import level_shown
from engine.methods.methods import Indicators, Levels, Method
from engine.planning.plan import Leaf, Plan
from engine.quality.catalogue import editions
from engine.quality.examples import run_examples
from engine.quality.thresholds import uncovered, without_examples
from engine.reading.library import find_ruleset, load_plan, load_rules, name_of, rulesets
from engine.rules.letters import Letters
from engine.rules.ruleset import RuleSet
from engine.telling.evaluation import Evaluation
from engine.values.exact import written
from engine.values.model import Model
from engine.values.problems import Problem, Refused, Source
from engine.wording import phrase

from .language import Lang, chosen, colon, say
from .screen import console, lines, plain, visible

_UNREADABLE = frozenset(
    ["no-such-file", "unreadable-file", "too-large", "not-utf-8", "not-yaml", "unknown-ruleset", "not-a-mapping"]
)
"""Problems with which a file can't even be read as rules: exit 2, not 1."""


def _printed(part: object) -> str:
    screen = console()
    with screen.capture() as capture:
        screen.print(part)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def catalogue(lang: Lang) -> str:
    """Every edition with its authority, points and choices, as Markdown."""
    return editions((ruleset for _, ruleset in rulesets()), lang)


def unverified(ruleset: RuleSet) -> str:
    """A mark for rules whose authority nobody read in the document itself."""
    return "" if ruleset.verified else say("（依据未核实）", " (authority not verified)")


def listed() -> str:
    """One line a rule set."""
    from rich.table import Table

    table = Table(box=lines(), pad_edge=False, padding=(0, 1))
    for head in (say("编号", "Id"), say("版本", "Edition"), say("名称", "Title"), say("评", "Judges")):
        table.add_column(head, overflow="fold")
    table.add_column(say("完整", "Complete"))
    table.add_column(say("已核实", "Verified"))
    for _, rules in rulesets():
        yes, no = say("是", "yes"), say("否", "no")
        table.add_row(
            plain(rules.ruleset),
            plain(rules.edition),
            plain(rules.title),
            plain(" · ".join(phrase(f"judges-{kind}", chosen()) for kind in rules.judges)),
            yes if rules.complete else no,
            yes if rules.verified else no,
        )
    return _printed(table)


def checked(files: Sequence[str]) -> tuple[str, list[Problem], bool]:
    """What holds, all problems of all files, and whether any file could not be read at all."""
    said: list[str] = []
    problems: list[Problem] = []
    for file in files:
        try:
            path = find_ruleset(file)
            plan = load_plan(path)
            for program in (plan.flags, plan.findings, plan.remarks):
                DurableRules().networks(program)
        except Refused as refused:
            problems += refused.problems
        except ExtensionUnusable as error:
            problems.append(Problem("extension-unusable", Source("durable_rules"), {"found": str(error)}))
        else:
            leaves, findings = len(plan.leaves), len(plan.ruleset.findings)
            unread = sum(bool(leaf.spec.clause) and not leaf.checked for leaf in plan.leaves)
            said.append(
                say(
                    f"{name_of(path)}：没有问题（{leaves} 条评分，{findings} 条发现，{unread} 条条文未经机器核对）",
                    f"{name_of(path)}: no problems ({leaves} criteria, {findings} findings, "
                    f"{unread} clauses not machine-checked)",
                )
                + unverified(plan.ruleset)
            )
    return "\n".join(said), problems, any(problem.code in _UNREADABLE for problem in problems)


def shown(name: str) -> str:
    """A rule set as a table. Raises `Refused`."""
    from rich.table import Table

    plan = load_plan(find_ruleset(name))
    rules = plan.ruleset
    head = [f"{rules.title}  [{rules.ruleset} {rules.edition}]"]
    for authority in rules.authority:
        seen = say("（已核实）", " (verified)") if authority.verified else say("（未核实）", " (not verified)")
        head.append(f"  {authority.cited}{seen}")
    policy = rules.policy.model_dump(mode="json", by_alias=True, exclude_none=True)
    letters = rules.letters
    if letters is not None:
        policy = {key: value for key, value in policy.items() if key != "rounding"}
    head.append(say("选择：", "Choices: ") + "；".join(f"{key}: {_flat(value)}" for key, value in policy.items()))
    table = Table(box=lines(), pad_edge=False, padding=(0, 1))
    table.add_column(say("指标", "Criterion"), overflow="fold")
    if letters is None:
        table.add_column(say("分值", "Points"), justify="right")
    table.add_column(say("评分方式", "Form"), overflow="fold")
    table.add_column(say("条文", "Clause"), overflow="fold")
    for leaf in plan.leaves:
        points = (written(leaf.spec.points),) if letters is None else ()
        table.add_row(plain("/".join(leaf.path)), *points, plain(_method(leaf)), plain(leaf.spec.clause))
    grades = "  ".join(f"{band.grade} ≥ {written(band.from_)}" for band in rules.grades)
    tail = [say("等级：", "Grades: ") + grades] if grades else []
    tail += _lettering(plan, letters) if letters is not None else []
    tail += [f"- {name} ({spec.severity}): {spec.when}" for name, spec in rules.findings.items()]
    scored = [_printed(table)] if plan.leaves else []
    return "\n".join([*map(visible, head), *scored, *map(visible, tail)])


def _lettering(plan: Plan, letters: Letters) -> list[str]:
    """The scale, how several letters make one, and the table for it."""
    said = [say("字母：", "Letters: ") + _flat(letters.scale)]
    wanting, none = letters.wanting, letters.not_applicable
    said.append(
        say(
            f"资料不足：{wanting.letter}（按 {wanting.counts} 计）；不适用：{none}（不计入）",
            f"Wanting: {wanting.letter} (counts as {wanting.counts}); not applicable: {none} (left out)",
        )
    )
    hows = {
        "weakest-link": say(f"取最弱一项，另有较高的加 {written(letters.lift)}", "the weakest, raised by "
                            f"{written(letters.lift)} where another is higher"),
        "conversion": say("按项数与合计换算", "by the table of number and sum"),
    }  # fmt: skip
    said += [f"{'/'.join(path)}{colon()}{hows[block.take]}" for path, block in plan.blocks.items()]
    for count, row in letters.conversion.items():
        lowest = "  ".join(f"{letter} ≥ {written(least)}" for letter, least in row.items())
        said.append(say(f"换算（{count} 项合计）：{lowest}", f"Conversion (sum of {count}): {lowest}"))
    return said


def _flat(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    return ", ".join(f"{k} {written(v) if isinstance(v, Fraction) else v}" for k, v in value.items())


def _method(leaf: Leaf) -> str:
    method: Method = leaf.method
    content = method.model_dump(mode="json", by_alias=True, exclude_none=True)
    kind = content.pop("method")
    if isinstance(method, Indicators):
        content = {"level": method.level} if method.level else {}
    if isinstance(method, Levels):
        content = {"of": ", ".join(map(canonical, leaf.trees)), "reached-in": method.reached_in} | {
            level.letter: level_shown(level) for level in method.levels
        }
        content["otherwise"] = method.otherwise
    kept = ("applies", "not-applicable", "editable")
    spec = leaf.spec.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    said = [*content.items(), *((key, spec[key]) for key in kept if key in spec)]
    return (f"{kind}: " + "; ".join(f"{key} {_listed(value)}" for key, value in said)).removesuffix(": ")


def _listed(value: object) -> str:
    return " | ".join(map(_flat, value)) if isinstance(value, list) else _flat(value)


def tested(files: Sequence[str]) -> tuple[str, list[Problem]]:
    """How many examples ran, and those that differ. Raises `Refused`."""
    said, problems = [], []
    for file in files:
        path = find_ruleset(file)
        plan, document = load_rules(path)
        count, wrong = run_examples(plan, document.place)
        problems += wrong
        name = name_of(path)
        said.append(
            say(f"{name}：{count} 个例子，{len(wrong)} 个不符", f"{name}: {count} examples, {len(wrong)} differ")
            + unverified(plan.ruleset)
        )
        said += _untried(plan)
    return "\n".join(said), problems


def _untried(plan: Plan) -> list[str]:
    """Thresholds that no example meets or just misses, and measured criteria without examples: notes, not problems."""
    notes = []
    for leaf, values in uncovered(plan):
        name, left = "/".join(leaf.path), "、".join(values)
        notes.append(visible(say(f"  {name}：还可举例 {left}", f"  {name}: no example at {left}")))
    for leaf in without_examples(plan):
        name = "/".join(leaf.path)
        notes.append(visible(say(f"  {name}：没有例子", f"  {name}: no examples")))
    return notes


def schema(subject: str) -> str:
    """A JSON Schema (2020-12)."""
    models: dict[str, type[Evaluation] | type[Model]] = {
        "evaluation": Evaluation,
        "ruleset": RuleSet,
        "submission": Submission,
    }
    mode = "serialization" if subject == "evaluation" else "validation"
    return json.dumps(models[subject].model_json_schema(mode=mode), ensure_ascii=False, indent=2)  # type: ignore[arg-type]
