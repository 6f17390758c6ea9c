"""Stored evaluations, and that an alteration by hand is found."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zoneeval import engine
from zoneeval.errors import InputError, WorkspaceError
from zoneeval.model.records import SourcedValue
from zoneeval.policy.loader import load_policy
from zoneeval.progress import Cancelled
from zoneeval_db import operations
from zoneeval_db.data.importing import store_draft
from zoneeval_db.evaluating import results
from zoneeval_db.storage.workspace import Workspace


def _alter(file: Path, table: str, sql: str) -> None:
    """Change one value as somebody with a database tool would."""
    conn = sqlite3.connect(file)
    with conn:
        for (trigger,) in conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
        ).fetchall():
            conn.execute(f"DROP TRIGGER {trigger}")
        changed = conn.execute(sql).rowcount
    conn.close()
    assert changed == 1


def test_a_stored_run_is_the_evaluation(ws: Workspace, city: Any) -> None:
    run = operations.load_run(ws, year=2024)
    fresh = engine.evaluate(
        load_policy(city.policy), operations.load_dataset(ws, 2), operations.load_dataset(ws, 1)
    )
    assert run.evaluation.canonical_bytes() == fresh.canonical_bytes()
    assert run.evaluation.groups == fresh.groups
    assert run.evaluation.indicators == fresh.indicators
    assert run.evaluation.assumptions == fresh.assumptions
    assert run.evaluation.warnings == fresh.warnings
    assert list(run.evaluation.participation) == list(fresh.participation)
    assert run.policy.fingerprint == load_policy(city.policy).fingerprint
    assert run.info.counts == fresh.counts()
    assert sum(run.info.counts.values()) == run.info.evaluated == 24
    assert run.info.zones == ("东园", "西园")
    assert run.info.dataset_fingerprint == run.dataset.fingerprint


def test_negative_zero_does_not_break_a_run(ws: Workspace) -> None:
    evaluation = operations.load_run(ws).evaluation
    strange = replace(evaluation, bonus=np.full(evaluation.size, -0.0))
    plain = results.normalised(strange)
    assert strange.canonical_bytes() != plain.canonical_bytes()
    assert b"-0.0," not in plain.canonical_bytes()


def test_runs_newest_first(ws: Workspace, city: Any) -> None:
    made = operations.evaluate(ws, year=2024, policy_ref=city.policy, zone="东园")
    assert made.info.zone == "东园"
    assert made.info.zones == ("东园",)
    assert made.dataset.size == 12
    assert [info.id for info in operations.runs(ws)] == [3, 2, 1]
    assert [info.id for info in operations.runs(ws, 2023)] == [1]
    assert operations.load_run(ws).info == made.info
    assert operations.newest_run(ws, 2024, None).id == 2  # type: ignore[union-attr]
    assert operations.newest_run(ws, 2024, "东园").id == 3  # type: ignore[union-attr]
    assert operations.newest_run(ws, 2024, "西园").id == 2  # type: ignore[union-attr]
    assert all(check.ok for check in operations.verify(ws))


def test_other_policies_are_kept_beside(ws: Workspace) -> None:
    operations.evaluate(ws, year=2024, policy_ref="huaian-2024")
    assert operations.load_run(ws).policy.id == "huaian-2024"
    assert operations.load_run(ws, 2).policy.id == "zhengzhou-2018"
    assert all(check.ok for check in operations.verify(ws))


def test_nothing_to_evaluate(ws: Workspace, city: Any) -> None:
    with pytest.raises(WorkspaceError, match="2030 年的企业数据"):
        operations.evaluate(ws, year=2030, policy_ref=city.policy)
    with pytest.raises(WorkspaceError, match="没有园区“北园”"):
        operations.evaluate(ws, year=2024, policy_ref=city.policy, zone="北园")
    with pytest.raises(InputError, match="99"):
        operations.load_run(ws, 99)
    with pytest.raises(InputError, match="2030"):
        operations.load_run(ws, year=2030)
    assert len(operations.runs(ws)) == 2


def test_a_cancelled_run_leaves_nothing(ws: Workspace, city: Any) -> None:
    before = list(ws.conn.iterdump())

    def stop(done: int, total: int, text: str) -> None:
        if done > 50:
            raise Cancelled

    with pytest.raises(Cancelled):
        operations.evaluate(ws, year=2024, policy_ref=city.policy, progress=stop)
    assert list(ws.conn.iterdump()) == before


def test_explanation_names_the_source(ws: Workspace, city: Any) -> None:
    tree = operations.explain(ws, city.code(5))
    assert city.book in str(tree.as_json())
    with pytest.raises(InputError, match="没有信用代码"):
        operations.explain(ws, "91410100XXXXXXXXXX")


def test_consecutive_years(ws: Workspace) -> None:
    now = operations.load_run(ws, 2).evaluation
    before = operations.load_run(ws, 1).evaluation
    counts = operations.consecutive_years(ws, 2)
    assert set(counts) == set(now.uscc)
    for i, code in enumerate(now.uscc):
        j = before.row_of(code)
        assert j is not None
        assert counts[code] == (2 if now.grade[i] == before.grade[j] else 1)
    assert set(operations.consecutive_years(ws, 1).values()) == {1}


def test_everything_verifies(ws: Workspace) -> None:
    seen: list[tuple[int, int]] = []
    checks = operations.verify(ws, lambda done, total, _: seen.append((done, total)))
    assert [(check.id, check.ok, check.differences) for check in checks] == [
        (1, True, []),
        (2, True, []),
    ]
    assert seen[-1] == (2, 2)
    assert not ws.changed


@pytest.mark.parametrize(
    ("table", "sql", "words"),
    [
        (
            "dataset_value",
            "UPDATE dataset_value SET number = number + 1 WHERE dataset_id = 2"
            " AND field = 'tax_paid' AND uscc LIKE '%0003X'",
            "样例企业03",
        ),
        (
            "dataset_value",
            "UPDATE dataset_value SET number = NULL, text = '无' WHERE dataset_id = 2"
            " AND field = 'tax_paid' AND uscc LIKE '%0003X'",
            "样例企业03",
        ),
        (
            "dataset_value",
            "UPDATE dataset_value SET row = 99 WHERE dataset_id = 2"
            " AND field = 'contact' OR (dataset_id = 2 AND field = 'name' AND uscc LIKE '%005X')",
            "样例企业05",
        ),
        ("dataset_value", "DELETE FROM dataset_value WHERE field = 'tax_paid' AND dataset_id = 2"
         " AND uscc LIKE '%0003X'", "样例企业03"),
        ("run_result", "UPDATE run_result SET grade = 'Z' WHERE run_id = 2 AND ordinal = 4",
         "样例企业04（91419900MA0000004X）：最终类别存储的为 “Z”"),
        ("run_result", "UPDATE run_result SET composite = 1 WHERE run_id = 2 AND ordinal = 4",
         "样例企业04（91419900MA0000004X）：综合得分存储的为 1.0"),
        ("run_result", "UPDATE run_result SET reasons = 'x' WHERE run_id = 2 AND ordinal = 4",
         "不完整"),
        ("run_result", "DELETE FROM run_result WHERE run_id = 2 AND ordinal = 4", "不完整"),
        ("run_indicator", "UPDATE run_indicator SET score = score + 1 WHERE run_id = 2"
         " AND indicator = 'tax_per_mu' AND ordinal = 7", "样例企业07"),
        ("run", "UPDATE run SET created_at = '2020-01-01' WHERE id = 2", "校验值"),
        ("run", "UPDATE run SET summary = replace(summary, '\"size\":12', '\"size\":13')"
         " WHERE id = 2", "分组"),
        ("run", "UPDATE run SET summary = 'x' WHERE id = 2", "不完整"),
        ("run", "DELETE FROM run WHERE id = 2", "缺失"),
        ("parcel", "UPDATE parcel SET registered = 1 WHERE dataset_id = 2 AND uscc LIKE '%001X'",
         "宗地"),
        ("dataset", "UPDATE dataset SET created_at = '2020-01-01' WHERE id = 2", "登记信息"),
        ("dataset_enterprise", "DELETE FROM dataset_enterprise WHERE dataset_id = 2"
         " AND uscc LIKE '%0003X'", "91419900MA0000003X"),
        ("zone_value", "UPDATE zone_value SET value = value + 1", "园区指标"),
        ("star_record", "DELETE FROM star_record", "星级记录"),
    ],
)  # fmt: skip
def test_an_alteration_by_hand_is_found(file: Path, table: str, sql: str, words: str) -> None:
    _alter(file, table, sql)
    with Workspace.open(file) as ws:
        first, second = operations.verify(ws)
    assert first.ok
    assert not second.ok
    assert 0 < len(second.differences) <= 20
    assert any(words in line for line in second.differences), second.differences


@pytest.mark.parametrize(
    ("old", "new"), [("试行", "实行"), ("schema = 1", "schema = 1\nnonsense = 2")]
)
def test_an_altered_policy_is_found(file: Path, old: str, new: str) -> None:
    _alter(file, "policy", f"UPDATE policy SET text = replace(text, '{old}', '{new}')")
    with Workspace.open(file) as ws:
        checks = operations.verify(ws)
    assert [check.ok for check in checks] == [False, False]
    assert "办法" in "".join(checks[0].differences)


def test_an_altered_name_of_a_policy_is_found(file: Path) -> None:
    _alter(file, "policy", "UPDATE policy SET policy_id = 'other'")
    with Workspace.open(file) as ws:
        assert [check.ok for check in operations.verify(ws)] == [False, False]


def test_runs_of_withdrawn_data_are_not_taken_for_the_newest(ws: Workspace) -> None:
    last = operations.load_run(ws).info
    assert not last.withdrawn
    while operations.latest_dataset(ws, last.year) is not None:
        operations.undo(ws)
    assert operations.newest_run(ws, last.year, None) is None
    with pytest.raises(InputError, match=str(last.year)):
        operations.load_run(ws, year=last.year)
    assert operations.load_run(ws, last.id).info.withdrawn, "by its number it stays readable"


def test_data_after_a_run_leaves_it_alone(ws: Workspace, city: Any) -> None:
    before = operations.load_run(ws, 2)
    draft = city.year_draft(2024)
    values = {c: {**v, "tax_paid": SourcedValue(5.0)} for c, v in draft.values.items()}
    store_draft(ws, city.draft_of({2024: replace(draft, values=values)}), [])
    after = operations.load_run(ws, 2)
    assert after.evaluation.canonical_bytes() == before.evaluation.canonical_bytes()
    assert after.dataset.fingerprint == before.dataset.fingerprint
    assert operations.overview(ws, 2024).next_step == "重新评价"
    again = operations.evaluate(ws, year=2024, policy_ref=city.policy)
    assert again.info.dataset_version == 2
    assert again.evaluation.canonical_bytes() != before.evaluation.canonical_bytes()
    assert all(check.ok for check in operations.verify(ws))


def test_verify_reads_the_file_and_not_what_was_loaded(ws: Workspace) -> None:
    run = operations.load_run(ws, 2)
    ws.conn.execute("DROP TRIGGER dataset_value_no_update")
    ws.conn.execute("UPDATE dataset_value SET number = 1 WHERE dataset_id = 2 AND field = 'profit'")
    assert operations.load_run(ws, 2).dataset is run.dataset
    assert [check.ok for check in operations.verify(ws)] == [True, False]


def test_a_policy_that_needs_the_year_before(ws: Workspace) -> None:
    before = list(ws.conn.iterdump())
    with pytest.raises(InputError):
        operations.evaluate(ws, year=2023, policy_ref="huaian-2024")
    assert list(ws.conn.iterdump()) == before
    made = operations.evaluate(ws, year=2024, policy_ref="huaian-2024")
    assert made.info.previous_dataset_id == 1


def test_loaded_data_cannot_be_changed(ws: Workspace) -> None:
    dataset = operations.load_dataset(ws, 2)
    with pytest.raises(ValueError, match="read-only"):
        dataset.number("tax_paid")[0] = 1.0
