"""From an error to an exit code, a sentence, and where it is ours, a report file."""

from __future__ import annotations

import contextlib
import errno
import platform
import re
import sys
import tempfile
import traceback
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click
from click.exceptions import NoArgsIsHelpError

from zoneeval import __version__
from zoneeval.errors import InputError, UserError, system_reason
from zoneeval.model.issue import Issue, Severity, capped
from zoneeval.progress import Cancelled
from zoneeval_cli import output

GOOD, OURS, INPUT, STOPPED = 0, 1, 2, 130

_REFUSED = (
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOSPC,
    errno.ENAMETOOLONG,
    errno.ENOTDIR,
)
"""What the machine may refuse without any fault of ours."""


def tell(error: BaseException, *, as_json: bool) -> int:
    """Tell the user about an error, and return the exit code."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, KeyboardInterrupt | click.Abort | Cancelled):
        output.complain("已停止，没有完成的部分不会保存。")
        return STOPPED
    sentence = user_sentence(error)
    if sentence is None:
        return _ours(error, as_json=as_json)
    issues = error.issues if isinstance(error, InputError) else ()
    output.complain(sentence)
    complain_issues(i for i in issues if i.severity is Severity.BLOCKING)
    if as_json:
        output.print_json(
            {"error": sentence, "issues": [issue.as_json() for issue in capped(issues)]}
        )
    return INPUT


def user_sentence(error: BaseException) -> str | None:
    """Return the sentence for what the user can mend, or None where the fault is ours."""
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, click.UsageError):
        return usage_sentence(error)
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError) and error.errno in _REFUSED and error.filename:
        reason = system_reason(error)
        return f"不能读写“{error.filename}”：{reason}。请检查后重试，或换一个位置。"
    return None


def usage_sentence(error: click.UsageError) -> str:
    """Return what is wrong with the command line, in Chinese, and where help is."""
    path = error.ctx.command_path if error.ctx else "zoneeval"
    if isinstance(error, click.NoSuchOption):
        words = f"没有“{error.option_name}”这个选项"
        if error.possibilities:
            words += f"，是否想用 {'、'.join(sorted(error.possibilities))}"
    elif isinstance(error, click.MissingParameter) and error.param is not None:
        words = f"缺少 {parameter_name(error.param)}"
    elif isinstance(error, click.BadOptionUsage):
        words = f"选项“{error.option_name}”后面缺少取值或不该有取值"
    elif isinstance(error, click.BadParameter):
        name = f"{parameter_name(error.param)} " if error.param is not None else ""
        words = f"{name}{_in_chinese(error.message)}"
    elif error.message.startswith("Got unexpected extra argument"):
        extra = error.message.partition("(")[2].rstrip(").")
        words = f"多出了不认识的内容“{extra}”"
    elif isinstance(error, NoArgsIsHelpError) or error.message.startswith("Missing command"):
        words = "还要写明具体命令"
    else:
        words = error.message
    return f"{words.rstrip('。')}。用法见：{path} --help"


_NO_NUMBER = re.compile(r"^'(.*)' is not a valid (float|integer|int)( range)?\.?$")
_OUTSIDE = re.compile(r"^(\S+) is not in the range (.+?)\.?$")
_NO_CHOICE = re.compile(r"^'(.*)' is not one of (.+?)\.?$")


def _in_chinese(message: str) -> str:
    """Return what click says of a value that does not fit; other words stay."""
    if found := _NO_NUMBER.match(message):
        kind = "数字" if found[2] == "float" else "整数"
        return f"应是{kind}，不能是“{found[1]}”（不写单位和千分位逗号）"
    if found := _OUTSIDE.match(message):
        return f"不能是 {found[1]}，允许的范围是 {found[2]}"
    if found := _NO_CHOICE.match(message):
        allowed = found[2].replace("'", "").replace(", ", "、").strip("()")
        return f"不能是“{found[1]}”，只能是 {allowed}"
    return message


def parameter_name(parameter: click.Parameter) -> str:
    """Return a parameter as it is written on the command line."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(click.Context(click.Command("zoneeval"))).strip("[].")


def complain_issues(issues: Iterable[Issue]) -> None:
    """Write findings to standard error, one line each: what, where, what to do."""
    for issue in capped(issues):
        output.complain(issue_line(issue))


def issue_line(issue: Issue) -> str:
    """Return a finding in one line: how grave, where, what, and what to do."""
    place = f"{issue.place}：" if issue.place else ""
    value = f"（单元格内容：{issue.value}）" if issue.value and issue.row else ""
    message = issue.message.rstrip("。")
    return f"[{issue.severity.label}] {place}{message}{value}。{issue.suggestion or ''}"


def _ours(error: BaseException, *, as_json: bool) -> int:
    report = write_report(error)
    where = f"详细情况已写入“{report}”，请把它交给维护人员。" if report else ""
    sentence = f"程序出了意外，这次操作没有完成，已经保存的数据不受影响。{where}"
    output.complain(sentence)
    if as_json:
        output.print_json({"error": sentence, "report": str(report) if report else None})
    return OURS


def write_report(error: BaseException) -> Path | None:
    """Write what a maintainer needs to know into the log folder; return the file."""
    from zoneeval_ui.logs import log_folder

    now = datetime.now()
    words = (
        f"zoneeval {__version__} · Python {platform.python_version()} · {platform.platform()}\n"
        f"{now.isoformat(timespec='seconds')}\n{' '.join(sys.argv)}\n\n"
        f"{''.join(traceback.format_exception(error))}"
    )
    for folder in (log_folder(), Path(tempfile.gettempdir())):
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"report-{now:%Y%m%d-%H%M%S-%f}.txt"
            path.write_text(words, encoding="utf-8", errors="replace")
            return path
    return None
