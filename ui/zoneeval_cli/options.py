"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])


def path_of(value: str | Path) -> Path:
    """Return a path, unchecked: whoever opens it says what is wrong with it."""
    if not str(value).strip():
        raise click.BadParameter("是空的，请写文件的位置")
    return Path(value)


def year_of(value: str | int) -> int:
    """Return a year."""
    return _whole(value, 1990, 2100, "不是年度，请写四位数字，如 2024")


def run_of(value: str | int) -> int:
    """Return the number of a run."""
    return _whole(value, 1, 2**53, "不是评价编号，请写整数，如 1")


def number_of(value: str | int) -> int:
    """Return the number of a case, an objection, a list, …."""
    return _whole(value, 1, 2**53, "不是编号，请写整数，如 1")


def days_of(value: str | int) -> int:
    """Return a number of working days."""
    return _whole(value, 1, 2**53, "不是工作日天数，请写 1 以上的整数，如 5")


def _whole(value: str | int, least: int, most: int, sentence: str) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise click.BadParameter(f"“{value}”{sentence}")
    return int(text)


def workspace_argument(function: Function) -> Function:
    """Take the workspace file."""
    return click.argument("workspace", metavar="FILE.zoneeval", type=path_of)(function)


def json_option(function: Function) -> Function:
    """Take `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取")(function)


def year_option(*, required: bool, help_text: str = "评价年度，如 2024") -> Callable[..., Any]:
    """Take `--year`."""
    return click.option("--year", type=year_of, metavar="YEAR", required=required, help=help_text)


def zone_option(help_text: str) -> Callable[..., Any]:
    """Take `--zone`."""
    return click.option("--zone", metavar="NAME", help=help_text)


def policy_option(*, required: bool = True) -> Callable[..., Any]:
    """Take `--policy`."""
    return click.option(
        "--policy",
        metavar="ID|FILE.toml",
        required=required,
        help="评价办法：编号（见 policy list）或文件",
    )


def ladder_option(*, required: bool = True, help_text: str = "") -> Callable[..., Any]:
    """Take `--ladder`."""
    return click.option(
        "--ladder",
        metavar="ID|FILE.toml",
        required=required,
        help=help_text or "星级阶梯：编号或文件",
    )


def run_option(function: Function) -> Function:
    """Take `--run`."""
    return click.option(
        "--run", "run_id", type=run_of, metavar="N", help="第几号评价；不写取最新一次"
    )(function)
