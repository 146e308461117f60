"""Which commands are there for past cases? Thin, as those of `main.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from .language import example, say
from .options import LANGUAGE, WANTING, LangOption, refusing

cases_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help=say("案例：回归测试", "Past cases: regression tests")
)


@cases_app.command(
    "list",
    help=say(
        "列出内置案例：公布的、按规则的、发现的、有什么问题",
        "List the cases: as published, by the rule, findings, what is wrong",
    ),
    epilog=example("jixiao cases list"),
)
def cases_list(lang: LangOption = LANGUAGE) -> None:
    """A section for each case, in Markdown."""
    from engine.workshop import past_cases

    from .screen import out

    with refusing(lang):
        text = past_cases(lang)
    out(text + "\n")


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
    """Run cases, each printed as soon as it is scored."""
    from engine.reports.summary import case
    from engine.values.problems import Problem
    from engine.wording import phrase
    from engine.workshop import run_cases

    from .screen import out
    from .trouble import show

    count, problems = 0, list[Problem]()
    with refusing(lang):
        for one in run_cases(cases or [], lang):
            out(case(one.name, one.ruleset, one.evaluation, one.reviewed, not one.problems, lang) + "\n")
            count += 1
            problems += one.problems
    out(phrase("compared", lang, count=count, wrong=len(problems)) + "\n")
    if problems:
        show(problems, lang)
        raise typer.Exit(WANTING)
