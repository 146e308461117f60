"""How is a command line shown and corrected in Chinese? The library that reads it speaks English alone.

Its headings are put into Chinese as they are written, its complaints when they are shown; one that is not known here
stays as it is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from .language import chosen

if TYPE_CHECKING:
    from typer.core import TyperGroup

_HEADINGS = {"Arguments": "参数", "Options": "选项", "Commands": "命令"}
_METAVARS = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
_NEEDED = re.compile(r"\{(\S+?)\}(?:\.\.\.)?")
"""An argument that must be given; where it may be given many times, its own name says so."""
_HELP = (
    (r"Show this message and exit\.", "显示本说明"),
    (r"Install completion for the (?:current|specified) shell\.", "为当前的命令行外壳安装补全"),
    (r"Show completion for the (?:current|specified) shell, .*", "显示补全脚本，可自行复制或修改"),
    (r"\[default: ([^\]]*)\]", r"[默认 \1]"),
    (r"\[required\]", "[必填]"),
)
_COMPLAINTS = (
    (r"Missing argument '(.*?)'\..*", r"缺少参数 \1"),
    (r"Missing option '(.*?)'\..*", r"缺少选项 \1"),
    (r"Missing command\.", "缺少命令"),
    (r"No such command '(.*?)'\. Did you mean '?(.*?)'?\?", r"没有“\1”这个命令；是不是 \2"),
    (r"No such command '(.*?)'\..*", r"没有“\1”这个命令"),
    (r"No such option: (\S+) .*?: (.*)\)", r"没有 \1 这个选项；是不是 \2"),
    (r"No such option: (\S+) Did you mean (.*)\?", r"没有 \1 这个选项；是不是 \2"),
    (r"No such option: (\S+).*", r"没有 \1 这个选项"),
    (r"Option '(.*)' requires an argument\.?", r"选项 \1 后面要有值"),
    (r"Option '(.*)' does not take a value\.?", r"选项 \1 不带值"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"多余的参数：\1"),
    (r"Invalid value for '?(.*?)'?: (?:Value error, )?'(.*)' is not one of (.*?)\.?", r"\1 没有“\2”这个值；可选 \3"),
    (r"Invalid value for '?(.*?)'?: (.*)", r"\1 的值不对：\2"),
)


_QUOTED = re.compile(r"'([^']*)'")
"""A name among those that may be taken."""


def commands(app: typer.Typer) -> Any:
    """The commands of the app, whose help is written in the language of this run. Where the first word is the name of
    one, no other is made ready.
    """
    word = "".join(sys.argv[1:2])
    alone = [one for one in app.registered_commands if one.name == word]
    if alone:
        app.registered_commands, app.registered_groups = alone, []
    group: TyperGroup = typer.main.get_command(app)  # type: ignore[assignment]
    if chosen() == "zh":
        _localised(group, _in_chinese(group.context_class))
    return group


def _localised(command: Any, context: type[Any]) -> None:
    command.context_class = context
    for one in getattr(command, "commands", {}).values():
        _localised(one, context)


def _in_chinese(context: type[Any]) -> type[Any]:
    """The context with a writer of help that writes Chinese."""
    formatter: type[Any] = context.formatter_class

    class Formatter(formatter):  # type: ignore[misc]
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            for english, chinese in _METAVARS.items():
                args = args.replace(english, chinese)
            args = _NEEDED.sub(r"\1", args)
            super().write_usage(prog, args, "用法：" if prefix is None else prefix)

        def write_heading(self, heading: str) -> None:
            self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

        def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
            super().write_dl([(name, _helped(text)) for name, text in rows], col_max, col_spacing)

    class Context(context):  # type: ignore[misc]
        formatter_class = Formatter

    return Context


def _helped(text: str) -> str:
    for pattern, chinese in _HELP:
        text = re.sub(pattern, chinese, text)
    return text


def misused(error: Any) -> bool:
    """Shows what is wrong with the command line, if that is what the error says."""
    if not hasattr(error, "format_message"):
        return False
    from engine.wording.visible import visible

    from .screen import note

    context = getattr(error, "ctx", None)
    text: str = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        note(text)
    elif chosen() == "en":
        error.show()
    else:
        if context is not None:
            note(context.get_usage())
            note(f"用 {context.command_path} {context.help_option_names[0]} 查看说明\n")
        note(f"错误：{visible(_complaint(text))}")
    return True


def _complaint(text: str) -> str:
    for pattern, chinese in _COMPLAINTS:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            said = found.expand(chinese).replace("' / '", " / ")  # of the names of one option
            return _QUOTED.sub(r"\1", said).replace(", ", "、") if "可选" in chinese else said
    return text
