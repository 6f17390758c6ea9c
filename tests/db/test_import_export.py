"""From workbooks to workbooks, on the sample city."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zoneeval.errors import InputError, WorkspaceError
from zoneeval.model.evaluation import Participation
from zoneeval.progress import Cancelled
from zoneeval_db import operations
from zoneeval_db.overview import DEMO_LADDER
from zoneeval_db.storage.workspace import Workspace

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data" / "demo_city"


@pytest.fixture(scope="module", autouse=True)
def _samples_can_be_found() -> None:
    """Let the sample package be found where the project is not installed."""
    if importlib.util.find_spec("zoneeval_samples") is None:
        sys.modules["zoneeval_samples"] = importlib.import_module("sample_data")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> operations.DemoSummary:
    """Return the demonstration, made once."""
    return operations.demo(tmp_path_factory.mktemp("demo") / "out")


@pytest.fixture
def demo_ws(shown: operations.DemoSummary, tmp_path: Path) -> Any:
    """Return a copy of the demonstration, open."""
    with Workspace.open(shutil.copy(shown.workspace, tmp_path)) as ws:
        yield ws


def _books(year: int) -> list[Path]:
    return sorted((SAMPLES / str(year)).glob("*.xlsx"))


def test_demo_does_the_whole_job(shown: operations.DemoSummary) -> None:
    out = shown.workspace.parent
    assert shown.issues["blocking"] == 0
    assert set(shown.enterprises) == {2023, 2024}
    assert all(size > 100 for size in shown.enterprises.values())
    assert len(shown.classes) == len(shown.stars) == 3
    assert all(counts["A"] and counts["B"] and counts["C"] for counts in shown.classes.values())
    assert len(shown.files) == 10
    assert all(file.is_file() for file in shown.files)
    assert not [entry for entry in out.iterdir() if entry.name.startswith(".")]
    assert len(list((out / "样例数据").rglob("*.xlsx"))) == len(_books(2023)) + len(_books(2024))
    with Workspace.open(shown.workspace, read_only=True) as ws:
        assert [check.ok for check in operations.verify(ws)] == [True, True]


def test_exit_list_has_every_c(shown: operations.DemoSummary, demo_ws: Workspace) -> None:
    (book,) = [file for file in shown.files if "退出" in file.name]
    cells = {
        str(value)
        for sheet in openpyxl.load_workbook(book).worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
    }
    evaluation = operations.load_run(demo_ws).evaluation
    leaving = {c for c, g in zip(evaluation.uscc, evaluation.grade, strict=True) if g == "C"}
    assert len(leaving) == sum(counts["C"] for counts in shown.classes.values())
    assert leaving <= cells
    assert not cells & (set(evaluation.uscc) - leaving)


def test_a_second_demo_replaces_the_first(tmp_path: Path) -> None:
    first = operations.demo(tmp_path)
    with Workspace.open(first.workspace) as ws:
        operations.enter_star(ws, "示例市东园产业集聚区", 2024, "official", 1)
    second = operations.demo(tmp_path)
    assert (second.classes, second.stars) == (first.classes, first.stars)
    with Workspace.open(second.workspace, read_only=True) as ws:
        assert not [s for s in operations.star_records(ws, 2024) if s.kind == "official"]
    assert list((tmp_path / "示例市.备份").glob("*.zoneeval"))
    with Workspace.open(second.workspace), pytest.raises(WorkspaceError, match="打开"):
        operations.demo(tmp_path)


def test_demo_leaves_a_strange_file_alone(tmp_path: Path) -> None:
    strange = tmp_path / "示例市.zoneeval"
    strange.write_text("别人的文件", "utf-8")
    with pytest.raises(WorkspaceError, match="不是本程序的工作文件"):
        operations.demo(tmp_path)
    assert strange.read_text("utf-8") == "别人的文件"


def test_import_in_two_steps_equals_one(tmp_path: Path) -> None:
    books = _books(2024)
    with Workspace.create(tmp_path / "一.zoneeval") as ws:
        operations.import_workbooks(ws, books, year=2024)
        whole = operations.enterprise_data(ws, 2024)
    with Workspace.create(tmp_path / "二.zoneeval") as ws:
        for part in ([b for b in books if "名录" in b.name], books):
            assert operations.import_workbooks(ws, part, year=2024).committed
        assert operations.latest_dataset(ws, 2024).version == 2  # type: ignore[union-attr]
        assert operations.enterprise_data(ws, 2024) == whole


def test_dry_run_stores_nothing(empty: Workspace) -> None:
    outcome = operations.import_workbooks(empty, _books(2024), year=2024, dry_run=True)
    assert not outcome.committed
    assert outcome.draft.accepted > 100
    assert not empty.changed
    assert operations.years(empty) == []


def _spoiled(tmp_path: Path) -> Path:
    path = Path(shutil.copy(SAMPLES / "2024" / "税务局.xlsx", tmp_path))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    first = next(r for r in sheet.iter_rows() if str(r[0].value).startswith("9141"))
    first[2].value = "约三百"
    book.save(path)
    return path


def test_blocking_findings_keep_everything_out(file: Path, tmp_path: Path) -> None:
    spoiled = _spoiled(tmp_path)
    before = file.read_bytes()
    with Workspace.open(file) as ws:
        outcome = operations.import_workbooks(ws, [spoiled], year=2024)
        assert outcome.draft.has_blocking
        assert not outcome.committed
        assert outcome.datasets == {}
    assert file.read_bytes() == before


def test_set_aside_keeps_one_enterprise_out(demo_ws: Workspace, tmp_path: Path) -> None:
    spoiled = _spoiled(tmp_path)
    outcome = operations.import_workbooks(demo_ws, [spoiled], year=2024, set_aside=True)
    assert outcome.committed
    assert len(outcome.draft.set_aside) == 1
    assert operations.latest_dataset(demo_ws, 2024).version == 2  # type: ignore[union-attr]


def test_not_a_workbook(file: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "统计局.xlsx"
    wrong.write_bytes(b"not a workbook")
    before = file.read_bytes()
    with Workspace.open(file) as ws:
        assert not operations.import_workbooks(ws, [wrong], year=2024).committed
        missing = tmp_path / "没有.xlsx"
        assert not operations.import_workbooks(ws, [missing], year=2024).committed
    assert file.read_bytes() == before


def test_a_cancelled_import_leaves_nothing(file: Path) -> None:
    before = file.read_bytes()

    def stop(done: int, total: int, text: str) -> None:
        if done >= 90:
            raise Cancelled

    with Workspace.open(file) as ws, pytest.raises(Cancelled):
        operations.import_workbooks(ws, _books(2024), year=2024, progress=stop)
    assert file.read_bytes() == before


def test_pricing_of_one_utility(demo_ws: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "供电.xlsx"
    assert operations.export_pricing(demo_ws, out, utility="供电") == [out]
    assert out.is_file()
    with pytest.raises(InputError, match="供电、供水、燃气"):
        operations.export_pricing(demo_ws, tmp_path / "x.xlsx", utility="供暖")
    with pytest.raises(InputError, match="不能建立文件夹"):
        operations.export_pricing(demo_ws, out)
    assert not (tmp_path / "x.xlsx").exists()


def test_older_run_is_exported(demo_ws: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "2023.xlsx"
    operations.export_results(demo_ws, out, 1)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert any("2023" in str(v) for row in sheet.iter_rows(values_only=True) for v in row)


def test_stars_of_every_zone(demo_ws: Workspace) -> None:
    report = operations.rate_zones(demo_ws, 2024, DEMO_LADDER)
    assert [s.zone for s in report.standings] == operations.zones(demo_ws)
    assert report.ladder.id == DEMO_LADDER
    assert report.warnings
    assert all(s.target is not None for s in report.standings)


def test_entered_figures_rate_the_zone(demo_ws: Workspace) -> None:
    zone = operations.zones(demo_ws)[0]
    operations.enter_zone_value(
        demo_ws, zone, 2024, "above_scale_value_added", 50, "亿元", "〔示意〕"
    )
    operations.enter_star(demo_ws, zone, 2024, "official", 2)
    figure = operations.zone_indicators(demo_ws, 2024)[zone]["above_scale_value_added"]
    assert (figure.official, figure.used) == (500_000.0, 500_000.0)
    assert figure.computed != figure.official
    standing = operations.rate_zones(demo_ws, 2024, DEMO_LADDER).standings[0]
    assert (standing.zone, standing.official) == (zone, 2)
    assert standing.criteria[0].value == 50.0


def test_overview_of_all_zones(demo_ws: Workspace) -> None:
    page = operations.overview(demo_ws, 2024)
    run = operations.load_run(demo_ws)
    assert len(page.files) == 7
    assert page.enterprises == run.evaluation.size == sum(page.participation.values())
    assert page.evaluated == page.participation[Participation.EVALUATED] == run.info.evaluated
    assert page.classes == run.info.counts
    assert len(page.scores) == len(page.score_grades) == page.evaluated
    assert page.previous_run is not None
    assert page.previous_classes == operations.load_run(demo_ws, 1).info.counts
    assert page.moved_up > 0
    tax = page.headlines[0]
    data = operations.enterprise_data(demo_ws, 2024)
    paid = sum(float(e.values["tax_paid"].value) for e in data if "tax_paid" in e.values)
    assert tax.value is not None
    assert 0 < tax.value < paid
    assert tax.change == pytest.approx(tax.value - (tax.previous or 0))
    assert page.near_line
    assert [abs(n.distance) for n in page.near_line] == sorted(
        abs(n.distance) for n in page.near_line
    )
    assert any(n.distance > 0 and n.grade == "B" for n in page.near_line)
    assert all((n.distance <= 0) == (n.grade == "C") for n in page.near_line)
    assert len(page.stars) == 3


def test_overview_of_one_zone(demo_ws: Workspace) -> None:
    parts = [operations.overview(demo_ws, 2024, zone) for zone in operations.zones(demo_ws)]
    whole = operations.overview(demo_ws, 2024)
    assert sum(p.enterprises for p in parts) == whole.enterprises
    assert sum(p.classes["C"] for p in parts) == whole.classes["C"]
    assert sum(p.moved_up for p in parts) == whole.moved_up
    assert all(len(p.stars) == 1 for p in parts)


def test_near_line_under_shares(demo_ws: Workspace) -> None:
    operations.evaluate(demo_ws, year=2024, policy_ref="huaian-2024")
    page = operations.overview(demo_ws, 2024)
    assert page.near_line
    lowest = operations.load_run(demo_ws).evaluation.groups[0].quotas[-1].grade
    assert all((n.distance < 0) == (n.grade == lowest) for n in page.near_line)


def test_overview_of_an_empty_workspace(empty: Workspace) -> None:
    page = operations.overview(empty, 2024)
    assert (page.enterprises, page.run, page.stars, page.scores) == (0, None, (), ())
    assert page.next_step == "导入各部门的表格"
    assert all(h.value is None and h.change is None for h in page.headlines)


def test_overview_before_evaluation(empty: Workspace) -> None:
    operations.import_workbooks(empty, _books(2024), year=2024)
    page = operations.overview(empty, 2024)
    assert page.enterprises > 100
    assert page.next_step == "评价"
    assert page.run is None
