"""Decisions about columns are remembered by layout, undone, and exchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.departments import code, save_book
from zoneeval.energy import EQUIVALENT
from zoneeval.errors import InputError, UserError, WorkspaceError
from zoneeval.intake.mapping import Choice, Layout
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace

LAYOUT = Layout("00ff", "税务", {"代号": Choice("uscc"), "缴了多少": Choice("tax_paid", "元")})


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """Return a workbook whose headings nobody knows."""
    rows = [["代号", "厂家", "缴了多少"], [code(1), "样例1", 30000]]
    return save_book(tmp_path / "税务局.xlsx", {"税": rows})


def decided(ws: Workspace, book: Path) -> dict[str, Layout]:
    (file,) = operations.inspect_workbooks([book], ws)
    (sheet,) = file.unknown
    choices = ("uscc", "name", "tax_paid")
    units = (None, None, "元")
    columns = {
        column.slot: Choice(key, unit)
        for column, key, unit in zip(sheet.columns, choices, units, strict=True)
    }
    return {sheet.signature: Layout(sheet.signature, "税务", columns)}


def test_remember_and_forget(tmp_path: Path) -> None:
    with operations.create(tmp_path / "a.zoneeval") as ws:
        operations.remember_mapping(ws, LAYOUT)
        assert operations.remembered_mappings(ws) == {"00ff": LAYOUT}
        operations.forget_mapping(ws, "00ff")
        assert operations.remembered_mappings(ws) == {}
        operations.undo(ws)
        assert operations.remembered_mappings(ws) == {"00ff": LAYOUT}
        with pytest.raises(WorkspaceError):
            operations.forget_mapping(ws, "没有")


@pytest.mark.parametrize("name", ["对应.json", "对应.toml"])
def test_export_and_import(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    with operations.create(tmp_path / "a.zoneeval") as ws:
        operations.remember_mapping(ws, LAYOUT)
        assert operations.export_mappings(ws, out) == 1
    with operations.create(tmp_path / "b.zoneeval") as ws:
        assert operations.import_mappings(ws, out) == 1
        assert operations.remembered_mappings(ws) == {"00ff": LAYOUT}


def test_files_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    flat = tmp_path / "对应.toml"
    flat.write_text('"甲" = "tax_paid"', "utf-8")
    with operations.create(tmp_path / "a.zoneeval") as ws:
        with pytest.raises(UserError):
            operations.export_mappings(ws, tmp_path / "对应.xlsx")
        with pytest.raises(UserError):
            operations.export_mappings(ws, tmp_path / "没有" / "对应.json")
        with pytest.raises(InputError):
            operations.import_mappings(ws, flat)
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix != ".zoneeval") == ["对应.toml"]


def test_a_decided_layout_is_remembered_on_commit(tmp_path: Path, strange: Path) -> None:
    with operations.create(tmp_path / "a.zoneeval") as ws:
        layouts = decided(ws, strange)
        first = operations.import_workbooks(
            ws, [strange], year=2024, zone="东园", layouts=layouts, dry_run=True
        )
        assert not first.draft.has_blocking
        assert operations.remembered_mappings(ws) == {}
        operations.import_workbooks(ws, [strange], year=2024, zone="东园", layouts=layouts)
        assert operations.remembered_mappings(ws) == layouts
        again = operations.import_workbooks(ws, [strange], year=2025, zone="东园")
        assert again.committed
        (entry,) = operations.enterprise_data(ws, 2025)
        assert entry.values["tax_paid"].value == 3
        (file,) = operations.inspect_workbooks([strange], ws)
        assert file.sheets[0].remembered


def test_undoing_the_import_forgets_the_layout(tmp_path: Path, strange: Path) -> None:
    with operations.create(tmp_path / "a.zoneeval") as ws:
        layouts = decided(ws, strange)
        operations.import_workbooks(ws, [strange], year=2024, zone="东园", layouts=layouts)
        operations.undo(ws)
        assert operations.remembered_mappings(ws) == {}


def test_entered_factors_are_used_by_imports(tmp_path: Path) -> None:
    rows = [
        ["统一社会信用代码", "企业名称", "天然气（万立方米）", "电力（万千瓦时）"],
        [code(1), "样例1", 2, 10],
    ]
    book = save_book(tmp_path / "能源.xlsx", {"能源": rows})
    with operations.create(tmp_path / "a.zoneeval") as ws:
        operations.enter_energy_factor(ws, "energy_natural_gas", "立方米", 1.3, "示意〔2024〕1 号")
        operations.import_workbooks(ws, [book], year=2024, zone="东园")
        (entry,) = operations.enterprise_data(ws, 2024)
        assert entry.values["energy_use"].value == pytest.approx(26 + 12.29)
        operations.choose_energy_basis(ws, EQUIVALENT)
        operations.enter_energy_factor(
            ws, "energy_electricity", "千瓦时", 0.31, "示意〔2024〕2 号", EQUIVALENT
        )
        operations.import_workbooks(ws, [book], year=2025, zone="东园")
        (entry,) = operations.enterprise_data(ws, 2025)
        assert entry.values["energy_use"].value == pytest.approx(26 + 31)
        operations.undo(ws)
        assert operations.undo(ws).label.startswith("录入折标系数")
        assert operations.energy_factors(ws).by("energy_electricity", "千瓦时") is None


def test_a_factor_without_document_is_refused(tmp_path: Path) -> None:
    with (
        operations.create(tmp_path / "a.zoneeval") as ws,
        pytest.raises(InputError, match="依据"),
    ):
        operations.enter_energy_factor(ws, "energy_natural_gas", "立方米", 1.3, " ")
