"""Which commands are there for rule sets? Thin, as those of `main.py`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from .language import say
from .options import LANGUAGE, UNJUDGED, WANTING, Format, FormatOption, LangOption, refusing, write

rules_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help=say("规则：检查、查看、试算", "Rule sets: check, show, try")
)


class Listing(StrEnum):
    """How a list is written."""

    table = "table"
    md = "md"


@rules_app.command(
    "list",
    help=say("列出内置规则", "List the rule sets that come with jixiao"),
    epilog=say(
        "例：jixiao rules list ｜ jixiao rules list --format md",
        "Examples: jixiao rules list | jixiao rules list -f md",
    ),
)
def rules_list(
    format_: Annotated[Listing, typer.Option("--format", "-f", help=say("输出格式", "output format"))] = Listing.table,
    lang: LangOption = LANGUAGE,
) -> None:
    """One line a rule set, or a section in Markdown."""
    from .rules import catalogue, listed

    write(catalogue(lang.value) if format_ is Listing.md else listed(), None)


@rules_app.command(
    "check",
    help=say(
        "检查规则文件：一次报出所有问题；有错退出码为 1", "Check rule files: every problem at once; exit 1 on errors"
    ),
    epilog=say("例：jixiao rules check rulesets/*.yaml", "Example: jixiao rules check rulesets/*.yaml"),
)
def rules_check(
    files: Annotated[list[str], typer.Argument(metavar="RULESET…", help=say("编号或文件", "ids or files"))],
    lang: LangOption = LANGUAGE,
) -> None:
    """Check, and say what holds."""
    from .rules import checked
    from .trouble import show

    text, problems, unreadable = checked(files)
    if text:
        write(text, None)
    if problems:
        show(problems, lang.value)
        raise typer.Exit(UNJUDGED if unreadable else WANTING)


@rules_app.command(
    "show",
    help=say("按表列出一套规则：分值、条文、评分方式", "Show a rule set as a table: points, clauses, forms"),
    epilog=say("例：jixiao rules show hunan-department-b", "Example: jixiao rules show hunan-department-b"),
)
def rules_show(
    ruleset: Annotated[str, typer.Argument(metavar="RULESET")],
    lang: LangOption = LANGUAGE,
) -> None:
    """Show one rule set."""
    from .rules import shown

    with refusing(lang.value):
        text = shown(ruleset)
    write(text, None)


@rules_app.command(
    "test",
    help=say(
        "试算规则文件里的例子（examples）；不符时退出码为 1", "Run the examples of rule files; exit 1 where one differs"
    ),
    epilog=say(
        "例：jixiao rules test hunan-department-b my.yaml", "Example: jixiao rules test hunan-department-b my.yaml"
    ),
)
def rules_test(
    files: Annotated[list[str], typer.Argument(metavar="RULESET…")],
    lang: LangOption = LANGUAGE,
) -> None:
    """Run examples; exit 1 where one differs."""
    from .rules import tested
    from .trouble import show

    with refusing(lang.value):
        text, problems = tested(files)
    write(text, None)
    if problems:
        show(problems, lang.value)
        raise typer.Exit(WANTING)


@rules_app.command(
    "clause",
    help=say(
        "编译一条官方条文：评分方式、未写明的选择、各界限两侧的得分；读不懂时指出是哪个词",
        "Compile an official clause: its form, the choices it leaves open, points around every edge",
    ),
    epilog=say(
        "例：jixiao rules clause 100%计满分，每低于5%扣2分，扣完为止。 --points 10 --choose partial-step=whole --at 93%",
        "Example: jixiao rules clause 100%计满分，每低于5%扣2分，扣完为止。 --points 10 --choose partial-step=whole --at 93%",
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
    format_: FormatOption = Format.table,
    lang: LangOption = LANGUAGE,
) -> None:
    """Try a clause."""
    from .clauses import tried

    with refusing(lang.value, text):
        answer = tried(text, points, choose or [], at, format_.value)
    write(answer, None)


class Subject(StrEnum):
    """What has a JSON Schema."""

    evaluation = "evaluation"
    ruleset = "ruleset"
    submission = "submission"


@rules_app.command(
    "schema",
    help=say(
        "打印 JSON Schema（结果、规则文件、自评材料）", "Print the JSON Schema of an answer, rule file or submission"
    ),
    epilog=say("例：jixiao rules schema evaluation", "Example: jixiao rules schema evaluation"),
)
def rules_schema(
    subject: Annotated[Subject, typer.Argument()] = Subject.evaluation, lang: LangOption = LANGUAGE
) -> None:
    """Print a schema."""
    del lang
    from .rules import schema

    write(schema(subject.value), None)
