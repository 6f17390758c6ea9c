"""The list of enterprises whose class leads to leaving or transformation."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.fields import FIELDS
from zoneeval.policy.methods import Ratio
from zoneeval.policy.schema import Policy
from zoneeval.report.header import RunHeader, run_note, status_alerts, titled
from zoneeval.report.order import data_rows, exit_letters, listed_order, numbers, texts
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import Cell, Column, Page, compact, number_kind

_USED = (
    "land_area",
    "energy_use",
    "electricity_use",
    "emission_cod",
    "emission_nh3n",
    "emission_so2",
    "emission_nox",
    "average_headcount",
    "tax_paid",
)
_SHORT = {
    "emission_cod": "COD（吨）",
    "emission_nh3n": "氨氮（吨）",
    "emission_so2": "SO₂（吨）",
    "emission_nox": "NOx（吨）",
}
_MOST_SHOWN = 3


def write_exit_list(
    path: Path,
    header: RunHeader,
    policy: Policy,
    evaluation: Evaluation,
    dataset: Dataset,
    consecutive: Mapping[str, int],
) -> None:
    """Write the exit list of a run to ``path``: one row per enterprise in such a class.

    ``consecutive`` gives by credit code how many years in a row the class was held.

    Raises:
        UserError: the file cannot be written.
    """
    from zoneeval.engine import dragging, why
    from zoneeval.engine.derive import derive

    dataset = derive(dataset, _USED).dataset
    letters = exit_letters(policy)
    rows = [row for row in listed_order(evaluation) if evaluation.grade[row] in letters]
    at = data_rows(evaluation, dataset)
    chosen = [at[row] for row in rows]
    town, industry = (texts(dataset, key, chosen) for key in ("town", "industry_code"))
    used = [numbers(dataset, key, chosen) for key in _USED]
    cells: list[list[Cell]] = []
    for i, row in enumerate(rows):
        line: list[Cell] = [
            i + 1,
            evaluation.name[row],
            evaluation.uscc[row],
            evaluation.zone[row],
            town[i],
            industry[i],
            float(evaluation.composite[row]),
            float(evaluation.rank[row]),
            why(policy, evaluation, row),
            _drags(policy, evaluation, row, dragging(evaluation, row)),
        ]
        line += [column[i] for column in used]
        line.append(consecutive.get(evaluation.uscc[row] or ""))
        cells.append(line)
    columns = (
        Column("序号", "plain"),
        Column("企业名称", cap=30),
        Column("统一社会信用代码", "code", cap=22),
        Column("园区", cap=18),
        Column("乡镇", cap=14),
        Column("行业代码", "code"),
        Column("综合得分", "number"),
        Column("排名", "plain"),
        Column("为什么", "wrap", cap=42),
        Column("主要拖累指标", "wrap", cap=38),
        *(_used_column(key, values) for key, values in zip(_USED, used, strict=True)),
        Column("连续年数", "plain"),
    )
    words = "、".join(f"{letter}类" for letter in letters)
    title = titled(header, f"{words}企业退出转型清单" if words else "退出转型清单")
    page = Page(
        f"{words}退出转型清单" if words else "退出转型清单",
        title,
        columns,
        cells,
        notes=(
            run_note(header, policy),
            f"共 {len(cells)} 家。本清单含企业经营数据，仅供内部使用。"
            "“—”表示没有数据，不是 0，也不计入合计。",
        ),
        alerts=status_alerts(policy, policy.has_illustrative),
        sums=tuple(range(10, 10 + len(_USED))),
        frozen_columns=2,
        empty=f"本次评价没有{words}企业。" if words else "本办法没有规定退出转型的类别。",
    )
    write_book(path, title, [page])


def _used_column(key: str, values: list[float | None]) -> Column:
    kind = "integer" if key == "average_headcount" else number_kind(values)
    return Column(_SHORT.get(key, FIELDS[key].heading), kind)


def _drags(policy: Policy, evaluation: Evaluation, row: int, keys: list[str]) -> str:
    """Return the worst indicators, one line each: 亩均税收 1.2 ÷ 基准 10 ＝ 12%."""
    infos = {info.key: info for info in evaluation.indicators}
    track = policy.track(evaluation.track[row])
    items = track.indicators if track is not None else ()
    divided = {item.key for item in items if isinstance(item.method, Ratio)}
    lines = []
    for key in keys[:_MOST_SHOWN]:
        info = infos[key]
        value = float(evaluation.values[key][row])
        base = float(evaluation.benchmarks[key][row])
        if value != value:
            lines.append(f"{info.label} 没有数据")
            continue
        words = f"{info.label} {compact(value, share=info.is_share)}"
        if key not in divided:
            score, weight = evaluation.scores[key][row], evaluation.weights[key][row]
            words += f" 得 {compact(float(score))} 分（满分 {weight:g}）"
        elif base == base and base != 0:
            words += f" ÷ 基准 {compact(base, share=info.is_share)} ＝ {value / base * 100:.0f}%"
        lines.append(words)
    return "\n".join(lines)
