"""`score`: one table scored by a policy, without a workspace."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zoneeval.errors import InputError, UserError
from zoneeval.model.issue import Issue, Severity
from zoneeval_cli import errors, output
from zoneeval_cli.chinese import Command
from zoneeval_cli.evaluations import evaluation_json, say_evaluation
from zoneeval_cli.options import json_option, path_of, policy_option, year_option

if TYPE_CHECKING:
    from zoneeval.model.dataset import Dataset
    from zoneeval.model.evaluation import Evaluation
    from zoneeval.policy.schema import Policy


@click.command("score", cls=Command, short_help="给一张表打分分类，不用工作文件")
@click.argument("table", metavar="TABLE", required=False, type=path_of)
@policy_option(required=False)
@year_option(required=False, help_text="评价年度；不写取表中的，表中没有取办法的年份")
@click.option("--previous", type=path_of, metavar="TABLE", help="上一年的表，供取上年平均值")
@click.option("-o", "--out", type=path_of, metavar="RESULT.xlsx", help="把结果写成工作簿")
@click.option("--fields", is_flag=True, help="列出表中可用的列标题")
@json_option
def score_command(
    table: Path | None,
    policy: str | None,
    year: int | None,
    previous: Path | None,
    out: Path | None,
    fields: bool,
    as_json: bool,
) -> None:
    """给一张表打分、排名、分类，不用工作文件。

    表的列标题见 score --fields；可以给原始数据，也可以给算好的指标。
    """
    if fields:
        _print_fields(as_json)
        return
    if table is None:
        raise click.UsageError("缺少 TABLE，请写要打分的表", click.get_current_context())
    if policy is None:
        raise click.UsageError("缺少 --policy，请写评价办法", click.get_current_context())
    from zoneeval.engine import evaluate
    from zoneeval.policy.loader import load_policy

    rules = load_policy(policy)
    for source in (table, previous):
        if out is not None and source is not None and _same(out, source):
            raise UserError(f"结果不能写到作为数据来源的“{source}”上。请换一个文件名。")
    dataset, issues = _read(table, year)
    earlier: Dataset | None = None
    if previous is not None:
        before = dataset.year - 1 if dataset.year is not None else None
        earlier, more = _read(previous, before)
        issues += more
    blocking = [issue for issue in issues if issue.severity is Severity.BLOCKING]
    if blocking:
        raise InputError(f"表中有 {len(blocking)} 处必须改正的问题，没有打分。", issues)
    result = evaluate(rules, dataset, earlier, progress=output.stderr_progress(as_json))
    if out is not None:
        _write(out, table, rules, result, dataset)
    warnings = [errors.issue_line(issue) for issue in issues if issue.severity is Severity.WARNING]
    if as_json:
        output.print_json(evaluation_json(rules, result, warnings))
        return
    say_evaluation(rules, result, warnings)
    if out is not None:
        output.say(f"结果已写入“{out}”。")


def _read(path: Path, year: int | None) -> tuple[Dataset, list[Issue]]:
    from zoneeval.intake import read_table

    read = read_table(path, year=year)
    return read.dataset, list(read.issues)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.exists() and one.samefile(other)
    except OSError:
        return False


def _write(
    out: Path, table: Path, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> None:
    from zoneeval.engine import ENGINE_VERSION
    from zoneeval.report import RunHeader, write_results

    header = RunHeader(
        run_id=None,
        year=evaluation.year,
        zones=tuple(sorted({zone for zone in evaluation.zone if zone})),
        dataset_version=None,
        dataset_fingerprint=evaluation.dataset_fingerprint,
        created_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        engine_version=ENGINE_VERSION,
        workspace=table.name,
    )
    write_results(out, header, policy, evaluation, dataset)


def _print_fields(as_json: bool) -> None:
    from zoneeval.model.fields import FIELDS

    rows = [(f.key, f.label, f.unit, f.heading) for f in FIELDS.values()]
    names = ("field", "label", "unit", "heading")
    if as_json:
        output.print_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    output.say_table(("字段", "名称", "单位", "列标题"), rows)
