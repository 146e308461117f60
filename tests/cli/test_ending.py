"""How does a run end when something breaks? One sentence, an exit code, and no half results taken for whole ones."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.console import ROOT, jixiao
from tests.test_door import FILED, RULES

CASE = "2022-yongde-minglang-nutrition"
COMMAND = [sys.executable, "-m", "cli.main"]


def shell(line: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A line of shell in which `jixiao` is the command of this tree; its stderr, and the code it ends with."""
    called = f'jixiao() {{ "{sys.executable}" -m cli.main "$@"; }}\n{line}'
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("JIXIAO", "PYTHONUNB"))}
    return subprocess.run(
        ["sh", "-c", called], cwd=ROOT, env=environment | more, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
@pytest.mark.parametrize("buffered", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("command", [f"score {CASE}", f"score {CASE} -f json", "--help", "rules list"])
def test_output_that_does_not_fit_is_lost_with_a_sentence(command: str, buffered: dict[str, str]) -> None:
    found = shell(f"jixiao {command} > /dev/full", **buffered)
    assert (found.returncode, found.stderr) == (2, "结果没有写完：磁盘已满\n")


@pytest.mark.parametrize("command", [f"score {CASE}", "--help"])
def test_closed_output_is_lost_with_a_sentence(command: str) -> None:
    found = shell(f"jixiao {command} >&-")
    assert (found.returncode, found.stderr) == (2, "结果没有写完：输出已关闭\n")
    assert shell(f"jixiao {command} >&- 2>&-").returncode == 2
    assert shell(f"jixiao {command} 2>&-").returncode == 0


@pytest.mark.parametrize("command", [f"score {CASE}", "--help"])
def test_a_reader_who_leaves_is_told_of(command: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    found = subprocess.run([*COMMAND, *command.split()], cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (found.returncode, found.stderr.decode()) == (2, "结果没有写完：接收一方已关闭\n")


def test_what_nobody_foresaw_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "lark").mkdir()
    (tmp_path / "lark" / "__init__.py").write_text("raise ValueError('一行\\n两行')\n", "utf-8")
    found = jixiao("rules", "list", PYTHONPATH=f"{tmp_path}")
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("出了没有预料到的错误，没有结果：ValueError：一行␊两行")
    assert found.stderr.count("\n") == 1
    told = jixiao("rules", "list", PYTHONPATH=f"{tmp_path}", JIXIAO_DEBUG="1")
    assert told.returncode == 2 and "Traceback" in told.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_an_interrupted_run_says_so_and_leaves_no_file(tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    target.write_text("before", "utf-8")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background may ignore it, and inherits
    with subprocess.Popen(
        [*COMMAND, "score", *[CASE] * 500, "-f", "json", "-o", str(target)], cwd=ROOT, stderr=subprocess.PIPE
    ) as running:
        deadline = time.monotonic() + 60
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert (running.returncode, said.decode()) == (130, "已中断：结果不完整\n")
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"] and target.read_text("utf-8") == "before"


# -- several files ---


@pytest.fixture
def three(tmp_path: Path) -> list[str]:
    """Two submissions, and between them one that can't be read."""
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES, "utf-8")
    filed = FILED.replace("figures", f"ruleset: {rules.as_posix()}\nfigures")
    for name, count in (("a", "9次"), ("b", "[]"), ("c", '""')):
        (tmp_path / f"{name}.yaml").write_text(filed.replace("COUNT", count), "utf-8")
    return [str(tmp_path / f"{name}.yaml") for name in "abc"]


def test_a_bad_file_stops_no_other(three: list[str]) -> None:
    with TemporaryDirectory() as short:  # so that no name is broken in the summary; pytest's folders have long ones
        three = [shutil.copy(path, short) for path in three]
        found = jixiao("score", *three)
    assert found.returncode == 2
    assert "总分：9.00分（满分10分）" in found.stdout and "总分：0.00～10.00分（满分10分）" in found.stdout
    assert found.stderr.count("error[") == 1 and three[1] in found.stderr
    summary = found.stdout[found.stdout.index("共3份材料，1份未能评分") :].splitlines()
    rows = {Path(words[0]).stem: words[1:] for line in summary[4:] if (words := line.split())}
    assert rows == {"a": ["9.00", "优"], "b": ["未能评分"], "c": ["0.00～10.00", "优"]}


def test_json_of_several_is_one_array_whatever_is_refused(three: list[str], tmp_path: Path) -> None:
    found = jixiao("score", *three, "-f", "json")
    assert found.returncode == 2
    assert [one["score"]["low"] for one in json.loads(found.stdout)] == ["9.00", "0.00"]
    assert json.loads(jixiao("score", three[1], three[1], "-f", "json").stdout) == []
    assert jixiao("score", three[1], "-f", "json").stdout == ""
    target = tmp_path / "out.json"
    assert jixiao("score", *three, "-f", "json", "-o", str(target)).returncode == 2
    assert len(json.loads(target.read_text("utf-8"))) == 2


def test_where_nothing_was_judged_nothing_is_written(three: list[str], tmp_path: Path) -> None:
    target = tmp_path / "kept.txt"
    target.write_text("before", "utf-8")
    assert jixiao("score", three[1], "-o", str(target)).returncode == 2
    assert target.read_text("utf-8") == "before"


def test_trouble_with_the_rules_is_told_once(three: list[str]) -> None:
    found = jixiao("score", *three, "--ruleset", "nowhere")
    assert found.returncode == 2 and found.stderr.count("error[unknown-ruleset]") == 1


# -- where results go ---


def test_results_are_never_written_over_what_was_read(three: list[str], tmp_path: Path) -> None:
    linked = tmp_path / "link.yaml"
    linked.symlink_to(three[0])
    for target in (three[0], str(linked), str(tmp_path / "rules.yaml")):
        before = Path(target).read_text("utf-8")
        found = jixiao("score", three[0], "-o", target)
        assert found.returncode == 2 and "error[out-is-input]" in found.stderr
        assert Path(target).read_text("utf-8") == before
    review = tmp_path / "review.yaml"
    review.write_text("review-of: small\n", "utf-8")
    found = jixiao("score", three[0], "--review", str(review), "-o", str(review))
    assert found.returncode == 2 and "error[out-is-input]" in found.stderr
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".draft")]


@pytest.mark.skipif(os.name != "posix", reason="needs modes, links and pipes")
def test_a_file_keeps_its_mode_and_a_link_stays_one(three: list[str], tmp_path: Path) -> None:
    target, link = tmp_path / "answer", tmp_path / "link"
    target.write_text("before", "utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    assert jixiao("score", three[0], "-o", str(link)).returncode == 0
    assert target.read_text("utf-8").startswith("某局") and link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="needs pipes")
def test_what_is_no_file_is_written_straight(three: list[str], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, encoding="utf-8") as reading:
        assert jixiao("score", three[0], "-o", str(pipe)).returncode == 0
        assert reading.communicate(timeout=60)[0].startswith("某局")
    assert pipe.is_fifo()
    assert jixiao("score", three[0], "-o", "/dev/stdout").stdout.startswith("某局")


# -- what is read ---


@pytest.mark.skipif(os.name != "posix", reason="needs pipes")
def test_only_files_are_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    for name in (str(pipe), "/dev/zero"):
        for command in (("score", name), ("rules", "check", name)):
            found = jixiao(*command)
            assert found.returncode == 2 and "Traceback" not in found.stderr
    assert "不是普通文件" in jixiao("score", str(pipe)).stderr


def test_a_text_of_a_filing_stays_on_its_line(three: list[str], tmp_path: Path) -> None:
    forged = tmp_path / "a\nb.yaml"
    text = Path(three[0]).read_text("utf-8")
    forged.write_text(text.replace("department: 某局", 'department: "某局\\n总分：100.00分\\t优"'), "utf-8")
    shown = jixiao("score", str(forged), three[0]).stdout
    assert shown.splitlines()[0] == "某局␊总分：100.00分␉优  2024"
    assert "a␊b.yaml" in shown
    assert " --> a␊b" in jixiao("score", "a\nb").stderr


def test_a_day_is_explained_as_one(tmp_path: Path) -> None:
    rules = RULES.replace(
        "figures: {次数: {unit: 次}}", "figures: {次数: {unit: 次}, 限期: {unit: date}, 日期: {unit: date}}"
    )
    rules += '  逾期: {severity: minor, when: "日期 > 限期", says: "限期{限期}", ground: practice}\n'
    (tmp_path / "rules.yaml").write_text(rules, "utf-8")
    filed = FILED.replace("COUNT", "9次, 限期: 2024年3月31日, 日期: 2024年4月2日")
    (tmp_path / "s.yaml").write_text(filed, "utf-8")
    shown = jixiao("explain", str(tmp_path / "s.yaml"), "逾期", "-r", str(tmp_path / "rules.yaml"))
    assert shown.returncode == 0, shown.stderr
    assert "限期 = 2024-03-31  <- " in shown.stdout


# -- how it is called ---


def test_a_command_line_is_corrected_in_the_language_of_the_run() -> None:
    for words, said in (
        (["scor"], "没有“scor”这个命令；是不是 score"),
        (["score"], "缺少参数 FILE…"),
        (["score", "x", "-f"], "选项 -f 后面要有值"),
        (["score", "x", "--nothing"], "没有 --nothing 这个选项"),
        (["score", "x", "-f", "xml"], "--format / -f 没有“xml”这个值；可选 table、json"),
        (["rules", "list", "y"], "多余的参数：y"),
        (["rules", "clause", "x"], "缺少选项 --points / -p"),
    ):
        found = jixiao(*words)
        assert (found.returncode, found.stdout) == (2, "")
        assert f"错误：{said}" in found.stderr and "Usage" not in found.stderr
        english = jixiao(*words, JIXIAO_LANG="en")
        assert english.returncode == 2 and "Error: " in english.stderr and "错误" not in english.stderr
    helped = jixiao("score", "--help").stdout
    assert "score [选项] FILE…\n" in helped
    assert "用法：" in helped and "选项：" in helped and "Usage" not in helped and "Options" not in helped


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal")
def test_a_bar_on_the_terminal_keeps_out_of_the_results(three: list[str], tmp_path: Path) -> None:
    import pty

    results, (terminal, side) = tmp_path / "results", pty.openpty()
    with results.open("w", encoding="utf-8") as stdout:
        environment = os.environ | {"TERM": "xterm"}
        command = [*COMMAND, "score", *three]
        found = subprocess.run(command, cwd=ROOT, env=environment, stdout=stdout, stderr=side, check=False)
    os.close(side)
    said = os.read(terminal, 1_000_000).decode()
    os.close(terminal)
    assert found.returncode == 2
    assert "评分" in said and "error[" in said and "总分" not in said
    assert results.read_text("utf-8").count("总分：") == 2 and "\x1b" not in results.read_text("utf-8")
