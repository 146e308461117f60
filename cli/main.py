"""Which commands are there? Thin: each hands over to the engine, draws what it says, and picks an exit code.

0 fine; 1 judged and found wanting; 2 could not judge. Engine and rich are imported inside the commands, so that
`--help` and completion stay quick.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .language import Lang, chosen, say

FINE, WANTING, UNJUDGED = 0, 1, 2


class Format(StrEnum):
    """How results are written."""

    table = "table"
    json = "json"


class Language(StrEnum):
    """What users read."""

    zh = "zh"
    en = "en"


LANGUAGE = Language(chosen())


class Severity(StrEnum):
    """From which severity on a sure finding makes the exit code 1."""

    critical = "critical"
    major = "major"
    minor = "minor"
    info = "info"


app = typer.Typer(
    name="jixiao",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=say(
        "绩效自评评分：给一份自评材料和一套规则，得出分数、每一分失在哪条、材料里的矛盾和等级。",
        "Score budget-performance self-evaluations: a submission and a rule set in; points, reasons and "
        "contradictions out.",
    ),
    epilog=say(
        "例：jixiao score 2022-kaifu-market-supervision ｜ jixiao rules list ｜ jixiao cases run",
        "Examples: jixiao score 2022-kaifu-market-supervision | jixiao rules list | jixiao cases run",
    ),
)
rules_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help=say("规则：检查、查看、试算", "Rule sets: check, show, try")
)
cases_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help=say("案例：回归测试", "Past cases: regression tests")
)
app.add_typer(rules_app, name="rules")
app.add_typer(cases_app, name="cases")

LangOption = Annotated[Language, typer.Option("--lang", help=say("语言", "language"), show_default=True)]
RuleSetOption = Annotated[
    str, typer.Option("--ruleset", "-r", help=say("规则的编号或文件", "id or file of the rule set"), show_default=False)
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help=say("输出格式", "output format"))]
OutOption = Annotated[
    Path | None, typer.Option("--out", "-o", help=say("写入文件", "write to this file"), show_default=False)
]


ReviewOption = Annotated[
    Path | None,
    typer.Option("--review", help=say("评价人的评定与确认", "an evaluator's answers and readings"), show_default=False),
]


def _version(asked: bool) -> None:
    if asked:
        from engine import __version__

        typer.echo(f"jixiao {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    _version_: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=say("版本", "version"))
    ] = False,
    lang: LangOption = LANGUAGE,
) -> None:
    del lang  # read before parsing, see language.py


def _refused(error: Exception, lang: Lang, text: str = "") -> typer.Exit:
    """Show what is wrong; `text` is what was typed, where no file holds the line."""
    from engine.problems import Refused

    from .trouble import show

    assert isinstance(error, Refused)
    show(error.problems, lang, text)
    return typer.Exit(UNJUDGED)


def _write(text: str, path: Path | None) -> None:
    """To stdout, or whole into a file: never half a file."""
    if path is None:
        from .screen import out

        out(text)
        return
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        typer.echo(say(f"写不了 {path}：{error.strerror}", f"can't write {path}: {error.strerror}"), err=True)
        raise typer.Exit(UNJUDGED) from None


@app.command(
    help=say(
        "给一份或几份自评材料评分。FILE 是文件、案例文件夹，或内置案例的编号。",
        "Score submissions. FILE is a file, a case folder, or the id of a bundled case.",
    ),
    epilog=say(
        "例：jixiao score 2022-kaifu-market-supervision ｜ jixiao score my.yaml -r hunan-department-b -f json",
        "Examples: jixiao score 2022-kaifu-market-supervision | jixiao score my.yaml -r hunan-department-b -f json",
    ),
)
def score(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help=say("自评材料", "submissions"))],
    ruleset: RuleSetOption = "",
    format_: FormatOption = Format.table,
    out: OutOption = None,
    review: ReviewOption = None,
    lang: LangOption = LANGUAGE,
    fail_on: Annotated[
        Severity | None,
        typer.Option(
            "--fail-on", help=say("有此级别以上的确定问题时退出码为 1", "exit 1 on a sure finding this severe")
        ),
    ] = None,
) -> None:
    """Score and print."""
    from engine.problems import Refused

    from .scoring import failing, rendered, scored

    try:
        evaluations = scored(files, ruleset, lang.value, review)
    except Refused as error:
        raise _refused(error, lang.value) from None
    _write(rendered(evaluations, format_.value, to_file=out is not None), out)
    if fail_on is not None and failing(evaluations, fail_on.value):
        raise typer.Exit(WANTING)


@app.command(
    help=say(
        "解释一条指标、一项数据或一个问题：条文、公式、代入的数和它在材料里的位置。",
        "Explain a criterion, measure or finding: clause, formula, the figures put in, and where they stand.",
    ),
    epilog=say(
        "例：jixiao explain 2022-kaifu-market-supervision 预算执行率",
        "Example: jixiao explain 2022-kaifu-market-supervision 预算执行率",
    ),
)
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE")],
    name: Annotated[
        str, typer.Argument(metavar="NAME", help=say("指标或问题的名称", "name of a criterion or finding"))
    ],
    ruleset: RuleSetOption = "",
    review: ReviewOption = None,
    lang: LangOption = LANGUAGE,
) -> None:
    """Explain one name."""
    from engine.problems import Refused

    from .scoring import explained

    try:
        text = explained(file, name, ruleset, lang.value, review)
    except Refused as error:
        raise _refused(error, lang.value) from None
    _write(text, None)


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

    _write(catalogue(lang.value) if format_ is Listing.md else listed(), None)


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
        _write(text, None)
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
    from engine.problems import Refused

    from .rules import shown

    try:
        text = shown(ruleset)
    except Refused as error:
        raise _refused(error, lang.value) from None
    _write(text, None)


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
    from engine.problems import Refused

    from .rules import tested
    from .trouble import show

    try:
        text, problems = tested(files)
    except Refused as error:
        raise _refused(error, lang.value) from None
    _write(text, None)
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
    from engine.problems import Refused

    from .clauses import tried

    try:
        answer = tried(text, points, choose or [], at, format_.value)
    except Refused as error:
        raise _refused(error, lang.value, text) from None
    _write(answer, None)


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

    _write(schema(subject.value), None)


@cases_app.command(
    "list",
    help=say("列出内置案例：公布的、按规则的、有什么问题", "List the cases: as published, by the rule, what is wrong"),
    epilog=say("例：jixiao cases list", "Example: jixiao cases list"),
)
def cases_list(lang: LangOption = LANGUAGE) -> None:
    """A section for each case, in Markdown."""
    from engine.problems import Refused

    from .cases import catalogue

    try:
        text = catalogue(lang.value)
    except Refused as error:
        raise _refused(error, lang.value) from None
    _write(text, None)


@cases_app.command(
    "run",
    help=say(
        "重算案例并与认可的结果比较；有差异退出码为 1",
        "Score past cases and compare with what was accepted; exit 1 on a difference",
    ),
    epilog=say("例：jixiao cases run ｜ jixiao cases run 2022-kaifu-market-supervision", "Example: jixiao cases run"),
)
def cases_run(
    cases: Annotated[
        list[str] | None, typer.Argument(metavar="[CASE]…", help=say("案例编号或文件夹", "case ids or folders"))
    ] = None,
    lang: LangOption = LANGUAGE,
) -> None:
    """Run cases."""
    from engine.problems import Refused

    from .cases import cases_compared
    from .trouble import show

    try:
        text, problems = cases_compared(cases or [], lang.value)
    except Refused as error:
        raise _refused(error, lang.value) from None
    _write(text, None)
    if problems:
        show(problems, lang.value)
        raise typer.Exit(WANTING)


def run() -> None:
    """The entry point: UTF-8 out, whatever the locale; a closed pipe is no fault."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FINE)


if __name__ == "__main__":
    run()
