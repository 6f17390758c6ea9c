"""Own policies: versions, undo, deleting, evaluating with them, and trying a text."""

from __future__ import annotations

import pytest

from zoneeval.errors import InputError, PolicyError
from zoneeval.policy.editing import copy_policy, set_value, set_weight
from zoneeval.policy.loader import load_policy
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace


@pytest.fixture
def text() -> str:
    shipped = load_policy("zhengzhou-2018").text
    return copy_policy(shipped, "own-2025", "本市办法", "试〔2025〕1号", 2025, 2025)


def test_versions_are_counted_and_undone(empty: Workspace, text: str) -> None:
    ws = empty
    first = operations.save_policy(ws, text, "初稿")
    assert operations.save_policy(ws, text) == first
    other = set_weight(set_weight(text, 0, 0, 18), 0, 1, 22)
    second = operations.save_policy(ws, other, "调整权重")
    (own,) = operations.own_policies(ws)
    assert [version.version for version in own.versions] == [2, 1]
    assert own.versions[1].note == "初稿"
    assert operations.find_policy(ws, "own-2025").text == other
    assert operations.find_policy(ws, "own-2025@1").text == text
    assert next(policy.id for policy in operations.policies(ws)) == "own-2025"
    assert operations.undo(ws).label == "保存办法：本市办法（第 2 版）"
    assert operations.find_policy(ws, "own-2025").text == text
    assert operations.save_policy(ws, other).version == second.version + 1
    operations.delete_policy(ws, "own-2025")
    assert operations.own_policies(ws) == []
    operations.undo(ws)
    assert operations.find_policy(ws, "own-2025").text == other
    with pytest.raises(PolicyError, match="没有这一版"):
        operations.find_policy(ws, "own-2025@9")


def test_faults_and_shipped_ids_are_refused(empty: Workspace, text: str) -> None:
    ws = empty
    with pytest.raises(PolicyError, match="还差 2"):
        operations.save_policy(ws, set_weight(text, 0, 0, 18))
    with pytest.raises(PolicyError, match="自带办法的编号"):
        operations.save_policy(ws, load_policy("zhengzhou-2018").text)
    with pytest.raises(InputError, match="还没有"):
        operations.delete_policy(ws, "own-2025")
    with pytest.raises(PolicyError, match="没有名为"):
        operations.find_policy(ws, "own-2025")
    assert operations.last_operations(ws) == []


def test_evaluating_with_an_own_policy_and_trying_a_text(ws: Workspace, text: str) -> None:
    operations.save_policy(ws, text)
    run = operations.evaluate(ws, year=2024, policy_ref="own-2025")
    assert run.info.policy_id == "own-2025"
    before = len(operations.runs(ws))
    basis = operations.policy_basis(ws, text, 2024)
    assert operations.policy_effect(basis, text).changed == ()
    changed = set_value(text, ("tracks", 0, "grading", "selections", 0, "share"), 0.3)
    found = operations.policy_effect(basis, changed).changed
    assert found
    assert all(row.move.after == "A" for row in found)
    assert len(operations.runs(ws)) == before
