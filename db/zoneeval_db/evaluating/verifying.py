"""Evaluate every stored run again and compare: nothing was altered, nothing drifted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zoneeval.errors import UserError
from zoneeval.model.evaluation import Evaluation
from zoneeval.progress import Progress, silent
from zoneeval_db.data import details
from zoneeval_db.data.datasets import (
    dataset_version,
    enterprise_codes,
    enterprise_digests,
    of_zone,
    read_dataset,
    version_seal,
)
from zoneeval_db.evaluating import results
from zoneeval_db.evaluating.runs import load_evaluation, runs, stored_policy
from zoneeval_db.storage.history import altered_records
from zoneeval_db.values import RunCheck, RunInfo

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

MOST = 20
"""How many differences of a run are named."""

_PLAIN = {
    "name": "企业名称",
    "zone": "园区",
    "track": "类型",
    "group": "分组",
    "participation": "参评情况",
    "bonus": "加分",
    "penalty": "扣分",
    "composite": "综合得分",
    "rank": "排名",
    "position": "组内名次",
    "gate": "上下半区",
    "stage_rank": "二次排名",
    "computed_grade": "初评类别",
    "grade": "最终类别",
}
_PARTS = {"groups": "分组和分类线", "assumptions": "假设", "warnings": "提示"}
_FIGURES = {"values": "数值", "scores": "得分", "benchmarks": "基准值", "weights": "权重"}


def verify(ws: Workspace, progress: Progress = silent) -> list[RunCheck]:
    """Check every stored run, oldest first; writes nothing.

    Records that were altered by hand and belong to no run are told with the last one.
    """
    infos = {info.id: info for info in runs(ws)}
    found = ws.conn.execute("SELECT id FROM run UNION SELECT run_id FROM run_result").fetchall()
    versions: dict[int, list[str]] = {}
    out = []
    for done, (run_id,) in enumerate(sorted(found)):
        progress(done, len(found), f"复核第 {run_id} 次评价")
        info = infos.get(run_id)
        if info is None:
            lost = "这次评价、所用办法或所用数据的登记已缺失，保存后被改动过。"
            out.append(RunCheck(run_id, False, [lost]))
            continue
        differences: list[str] = []
        for number in (info.dataset_id, info.previous_dataset_id):
            if number is not None:
                if number not in versions:
                    versions[number] = _dataset_differences(ws, number)
                differences += versions[number]
        differences += _run_differences(ws, info)
        out.append(RunCheck(run_id, not differences, _shortened(differences)))
    altered = altered_records(ws)
    if out and altered:
        last = out[-1]
        out[-1] = RunCheck(last.id, False, _shortened([*last.differences, *altered]))
    progress(len(found), len(found), "复核完成")
    return out


def _shortened(differences: list[str]) -> list[str]:
    if len(differences) <= MOST:
        return differences
    rest = len(differences) - (MOST - 1)
    return [*differences[: MOST - 1], f"另有 {rest} 处不一致，未逐一列出。"]


def _dataset_differences(ws: Workspace, dataset_id: int) -> list[str]:
    version = dataset_version(ws, dataset_id)
    title = f"{version.year} 年数据第 {version.version} 版"
    codes = enterprise_codes(ws, dataset_id)
    recorded = dict(
        ws.conn.execute(
            "SELECT uscc, sha256 FROM dataset_enterprise WHERE dataset_id = ?", (dataset_id,)
        ).fetchall()
    )
    out = []
    current = enterprise_digests(ws, dataset_id, codes)
    dataset = read_dataset(ws, dataset_id)
    names = dict(zip(dataset.text("uscc"), dataset.text("name"), strict=True))
    for code in sorted({*recorded, *current}):
        if recorded.get(code) != current.get(code):
            who = _who(names.get(code), code)
            out.append(f"{title}：{who}的数据或来源与导入时不一致，入库后被改动过。")
    if dataset.fingerprint != version.fingerprint or len(codes) != version.enterprises:
        out.append(f"{title}：校验值与导入时不一致，入库后被改动过。")
    if details.seal(ws, version) != version_seal(ws, dataset_id):
        out.append(f"{title}：登记信息，或宗地、户号、事件记录与导入时不一致，入库后被改动过。")
    return out


def _run_differences(ws: Workspace, info: RunInfo) -> list[str]:
    from zoneeval import engine

    out = []
    *row, recorded = ws.conn.execute("SELECT * FROM run WHERE id = ?", (info.id,)).fetchone()
    try:
        stored = load_evaluation(ws, info)
    except UserError as error:
        return [str(error)]
    if results.result_sha256(row, stored) != recorded:
        out.append("存储的评价结果与评价时的校验值不一致，保存后被改动过。")
    try:
        policy = stored_policy(ws, info.policy_fingerprint)
    except UserError as error:
        return [*out, f"存储的办法文本不能使用，保存后被改动过：{error}"]
    named = (info.policy_id, info.policy_title, info.policy_status)
    if named != (policy.id, policy.title, policy.status.value):
        out.append(f"办法“{policy.title}”登记的编号、名称或状态与办法文本不一致，保存后被改动过。")
    if policy.fingerprint != info.policy_fingerprint:
        out.append(f"办法“{info.policy_title}”的文本与评价时的校验值不一致，保存后被改动过。")
    dataset = of_zone(read_dataset(ws, info.dataset_id), info.zone)
    previous = None
    if info.previous_dataset_id is not None:
        previous = of_zone(read_dataset(ws, info.previous_dataset_id), info.zone)
    try:
        again = results.normalised(engine.evaluate(policy, dataset, previous, inputs=stored.inputs))
    except UserError as error:
        return [*out, f"按存储的数据和办法不能重新评价：{error}"]
    figures = _figure_differences(stored, again)
    if not figures and stored.canonical_bytes() != again.canonical_bytes():
        out.append("重新评价所依据的数据或办法的校验值与存储的不一致。")
    for part, words in _PARTS.items():
        if getattr(stored, part) != getattr(again, part):
            out.append(f"存储的{words}与重新评价的不一致。")
    out += figures
    if out and info.engine_version != engine.ENGINE_VERSION:
        out.append(
            f"这次评价由计算规则第 {info.engine_version} 版得出，本程序为第"
            f" {engine.ENGINE_VERSION} 版，不一致可能由此而来。"
        )
    return out


def _figure_differences(stored: Evaluation, again: Evaluation) -> list[str]:
    """Name which figure of which enterprise differs."""
    if list(stored.uscc) != list(again.uscc):
        missing = [code for code in again.uscc if code not in set(stored.uscc)]
        extra = [code for code in stored.uscc if code not in set(again.uscc)]
        lists = [f"缺少 {'、'.join(map(str, missing[:5]))}"] if missing else []
        lists += [f"多出 {'、'.join(map(str, extra[:5]))}"] if extra else []
        return [f"企业名单不一致：{'；'.join(lists) or '次序不同'}。"]
    labels = {info.key: info.label for info in again.indicators}
    columns: list[tuple[str, list[Any], list[Any]]] = [
        (label, list(getattr(stored, key)), list(getattr(again, key)))
        for key, label in _PLAIN.items()
    ]
    columns.append(("理由", list(stored.reasons), list(again.reasons)))
    for figure, words in _FIGURES.items():
        before, after = getattr(stored, figure), getattr(again, figure)
        for key in sorted({*before, *after}):
            label = f"{labels.get(key, key)}{words}"
            if key not in before or key not in after:
                return [f"指标“{labels.get(key, key)}”只在一方出现，办法可能被改动过。"]
            columns.append((label, list(before[key]), list(after[key])))
    out = []
    for row, code in enumerate(stored.uscc):
        for label, before, after in columns:
            if not _same(before[row], after[row]):
                out.append(
                    f"{_who(again.name[row], code)}：{label}存储的为 {_shown(before[row])}，"
                    f"重新评价为 {_shown(after[row])}。"
                )
    return out


def _same(one: Any, other: Any) -> bool:
    return bool(one == other or (one != one and other != other))


def _shown(value: Any) -> str:
    if value is None or value != value:
        return "—"
    if isinstance(value, tuple):
        return f"“{'；'.join(value)}”"
    return repr(float(value)) if isinstance(value, float) else f"“{value}”"


def _who(name: Any, code: Any) -> str:
    return f"{name}（{code}）" if name else f"{code}"
