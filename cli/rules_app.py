"""Which commands are there for rule sets? Thin, as those of `main.py`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from .language import example, say
from .options import LANGUAGE, UNJUDGED, WANTING, FormatOption, LangOption, refusing

rules_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help=say("规则：检查、查看、试算", "Rule sets: check, show, try")
)


@rules_app.command(
    "list",
    help=say("列出内置规则", "List the rule sets that come with jixiao"),
    epilog=say(
        "例：jixiao rules list ｜ jixiao rules list --format md",
        "Examples: jixiao rules list | jixiao rules list -f md",
    ),
)
def rules_list(
    format_: Annotated[
        Literal["table", "md"], typer.Option("--format", "-f", help=say("输出格式", "output format"))
    ] = "table",
    lang: LangOption = LANGUAGE,
) -> None:
    """One line a rule set, or a section in Markdown."""
    from engine.reading.plans import rulesets
    from engine.reports.rules import listed
    from engine.workshop import editions

    from .screen import as_text, out

    with refusing(lang):
        in_full = format_ == "md"
        text = editions(lang) + "\n" if in_full else as_text(listed(rulesets(), lang))
    out(text)


@rules_app.command(
    "check",
    help=say(
        "检查规则文件：一次报出所有问题；有错退出码为 1", "Check rule files: every problem at once; exit 1 on errors"
    ),
    epilog=example("jixiao rules check rulesets/*.yaml"),
)
def rules_check(
    files: Annotated[list[str], typer.Argument(metavar="RULESET…", help=say("编号或文件", "ids or files"))],
    lang: LangOption = LANGUAGE,
) -> None:
    """Check each, and say what holds."""
    from engine.reports.rules import checked
    from engine.values.problems import Problem, Refused
    from engine.workshop import UNREADABLE
    from engine.workshop import checked as check

    from .screen import out
    from .trouble import show, warn

    problems: list[Problem] = []
    for file in files:
        try:
            rules = check(file)
        except Refused as refused:
            problems += refused.problems
        else:
            warn(rules.older, lang)
            out(checked(rules.name, rules.plan, lang) + "\n")
    if problems:
        show(problems, lang)
        unreadable = any(problem.code in UNREADABLE for problem in problems)
        raise typer.Exit(UNJUDGED if unreadable else WANTING)


@rules_app.command(
    "show",
    help=say("按表列出一套规则：分值、条文、评分方式", "Show a rule set as a table: points, clauses, methods"),
    epilog=example("jixiao rules show hunan-department-b"),
)
def rules_show(
    ruleset: Annotated[str, typer.Argument(metavar="RULESET")],
    lang: LangOption = LANGUAGE,
) -> None:
    """Show one rule set."""
    from engine.desk import load_rules
    from engine.reports.rules import shown

    from .screen import as_text, out
    from .trouble import warn

    with refusing(lang):
        rules = load_rules(ruleset)
        warn(rules.older, lang)
        text = as_text(shown(rules.plan, lang))
    out(text)


@rules_app.command(
    "test",
    help=say(
        "试算规则文件里的例子（examples）；不符时退出码为 1", "Run the examples of rule files; exit 1 where one differs"
    ),
    epilog=example("jixiao rules test hunan-department-b my.yaml"),
)
def rules_test(
    files: Annotated[list[str], typer.Argument(metavar="RULESET…")],
    lang: LangOption = LANGUAGE,
) -> None:
    """Run examples; exit 1 where one differs."""
    from engine.reports.rules import tested, untried
    from engine.values.problems import Problem
    from engine.workshop import tested as test

    from .screen import out
    from .trouble import show, warn

    problems: list[Problem] = []
    for file in files:
        with refusing(lang):
            found = test(file)
        name, ruleset = found.rules.name, found.rules.plan.ruleset
        warn(found.rules.older, lang)
        out(tested(name, ruleset, found.count, len(found.problems), lang) + "\n")
        for criterion, values in found.untried:
            out(untried(criterion, values, lang) + "\n")
        problems += found.problems
    if problems:
        show(problems, lang)
        raise typer.Exit(WANTING)


@rules_app.command(
    "clause",
    help=say(
        "编译一条官方条文：评分方式、未写明的选择、各界限两侧的得分；读不懂时指出是哪个词",
        "Compile an official clause: its method, the choices it leaves open, points around every edge",
    ),
    epilog=example(
        "jixiao rules clause 100%计满分，每低于5%扣2分，扣完为止。 --points 10 --choose partial-step=whole --at 93%"
    ),
)
def rules_clause(
    text: Annotated[str, typer.Argument(metavar="CLAUSE", help=say("条文", "the clause"))],
    points: Annotated[str, typer.Option("--points", "-p", help=say("满分", "full points"))],
    choose: Annotated[
        list[str] | None,
        typer.Option(
            "--choose",
            "-c",
            help=say("定下未写明的选择，如 partial-step=whole", "settle a choice, e.g. partial-step=whole"),
        ),
    ] = None,
    at: Annotated[
        str, typer.Option("--at", help=say("某个值的得分，如 93%", "points at a value, e.g. 93%"), show_default=False)
    ] = "",
    format_: FormatOption = "table",
    lang: LangOption = LANGUAGE,
) -> None:
    """Try a clause."""
    import json

    from engine.quality.trial import trial
    from engine.reports import clause
    from engine.wording import phrase

    from .screen import as_lines, out

    with refusing(lang, text):
        tried = trial(text, points, choose or [], at, phrase("clause-name", lang))
    if format_ == "json":
        out(json.dumps(clause.as_data(tried.reading, tried.found), ensure_ascii=False, indent=2) + "\n")
    else:
        out(as_lines(clause.sheet(tried.reading, tried.full, tried.at, tried.found, lang)))


@rules_app.command(
    "schema",
    help=say(
        "打印 JSON Schema（结果、规则文件、自评材料）", "Print the JSON Schema of an answer, rule file or submission"
    ),
    epilog=example("jixiao rules schema evaluation"),
)
def rules_schema(
    subject: Annotated[Literal["evaluation", "ruleset", "submission"], typer.Argument()] = "evaluation",
    lang: LangOption = LANGUAGE,
) -> None:
    """Print a schema."""
    del lang
    import json

    from engine.workshop import schema

    from .screen import out

    out(json.dumps(schema(subject), ensure_ascii=False, indent=2) + "\n")
