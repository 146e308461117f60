"""Which commands are there? Thin: each hands over to the engine, draws what it says, and picks an exit code.

0 fine; 1 judged and found wanting; 2 could not judge, or not write. Engine and rich are imported inside the commands, so that
`--help` and completion stay quick.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from .cases_app import cases_app
from .language import example, say
from .options import (
    LANGUAGE,
    UNJUDGED,
    WANTING,
    FormatOption,
    LangOption,
    OutOption,
    ReviewOption,
    RuleSetOption,
    Severity,
    refusing,
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
    epilog=example("jixiao score 2022-kaifu-market-supervision", "jixiao rules list", "jixiao cases run"),
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
    "score",
    help=say(
        "给一份或几份自评材料评分。FILE 是文件、案例文件夹，或内置案例的编号。",
        "Score submissions. FILE is a file, a case folder, or the id of a bundled case.",
    ),
    epilog=example("jixiao score 2022-kaifu-market-supervision", "jixiao score my.yaml -r hunan-department-b -f json"),
)
def score(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help=say("自评材料", "submissions"))],
    ruleset: RuleSetOption = "",
    format_: FormatOption = "table",
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
    """Score and print, each as soon as it is read."""
    from . import scoring

    counter = scoring.Counter(lang, ruleset, review)
    with refusing(lang), suppress(scoring.NothingJudged):
        scoring.score(files, counter, format_, out)
    if counter.refused:
        raise typer.Exit(UNJUDGED)
    if fail_on is not None and counter.failing(fail_on):
        raise typer.Exit(WANTING)


@app.command(
    "explain",
    help=say(
        "解释一条指标、一项数据或一个问题：条文、公式、代入的数和它在材料里的位置。",
        "Explain a criterion, measure or finding: clause, formula, the figures put in, and where they stand.",
    ),
    epilog=example("jixiao explain 2022-kaifu-market-supervision 预算执行率"),
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
    from .scoring import Counter, explained
    from .screen import out

    with refusing(lang):
        text = explained(file, name, Counter(lang, ruleset, review))
    out(text)


@app.command(
    "migrate",
    help=say(
        "把旧写法的规则、共用部分、自评材料、评定改成现行写法；注释和排版不动，没有旧写法的文件不动。",
        "Bring older rule files, shared parts, submissions and reviews up to the present spelling; comments and "
        "layout stay.",
    ),
    epilog=example("jixiao migrate my.yaml shared/*.yaml", "jixiao migrate my.yaml --check"),
)
def migrate(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help=say("文件", "files"))],
    check: Annotated[
        bool,
        typer.Option(
            "--check", help=say("只看不改；有要改的退出码为 1", "change nothing; exit 1 where something would change")
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help=say("不改原文件，写入这个文件（或文件夹）", "leave the files alone and write here (a file or folder)"),
            show_default=False,
        ),
    ] = None,
    lang: LangOption = LANGUAGE,
) -> None:
    """Bring files up, or say which are older."""
    from .migrate import brought_up_all
    from .screen import out as printed
    from .trouble import show

    with refusing(lang):
        text, older, problems = brought_up_all(files, check, out, lang)
    if text:
        printed(text)
    if problems:
        show(problems, lang)
        raise typer.Exit(UNJUDGED)
    if check and older:
        raise typer.Exit(WANTING)


def run() -> None:
    """The entry point. A command is over soon, and what it makes is kept till then: there is little to collect, and no
    plugin to look for among all that is installed.
    """
    from .ending import ended

    gc.set_threshold(100_000, 20, 20)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    ended(app)


if __name__ == "__main__":
    run()
