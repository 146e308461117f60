"""Which commands are there for past cases? Thin, as those of `main.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from .language import say
from .options import LANGUAGE, WANTING, LangOption, refusing, write

cases_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help=say("案例：回归测试", "Past cases: regression tests")
)


@cases_app.command(
    "list",
    help=say(
        "列出内置案例：公布的、按规则的、发现的、有什么问题",
        "List the cases: as published, by the rule, findings, what is wrong",
    ),
    epilog=say("例：jixiao cases list", "Example: jixiao cases list"),
)
def cases_list(lang: LangOption = LANGUAGE) -> None:
    """A section for each case, in Markdown."""
    from .cases import catalogue

    with refusing(lang.value):
        text = catalogue(lang.value)
    write(text, None)


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
    from .cases import cases_compared
    from .trouble import show

    with refusing(lang.value):
        text, problems = cases_compared(cases or [], lang.value)
    write(text, None)
    if problems:
        show(problems, lang.value)
        raise typer.Exit(WANTING)
