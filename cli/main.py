"""Which commands are there? Thin: each hands over to the engine, draws what it says, and picks an exit code.

0 fine; 1 judged and found wanting; 2 could not judge. Engine and rich are imported inside the commands, so that
`--help` and completion stay quick.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from .cases_app import cases_app
from .language import say
from .options import (
    FINE,
    LANGUAGE,
    WANTING,
    Format,
    FormatOption,
    LangOption,
    OutOption,
    ReviewOption,
    RuleSetOption,
    Severity,
    refusing,
    write,
)
from .rules_app import rules_app

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
app.add_typer(rules_app, name="rules")
app.add_typer(cases_app, name="cases")


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
    from .scoring import failing, rendered, scored

    with refusing(lang.value):
        evaluations = scored(files, ruleset, lang.value, review)
    write(rendered(evaluations, format_.value, to_file=out is not None), out)
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
    from .scoring import explained

    with refusing(lang.value):
        text = explained(file, name, ruleset, lang.value, review)
    write(text, None)


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
