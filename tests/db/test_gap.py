"""The gap of a zone of a workspace: classes, idle land, settings, typed changes."""

from __future__ import annotations

import pytest

from zoneeval.engine.zones.whatif import Change
from zoneeval.errors import InputError
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace

LADDER = "illustrative-six-stars"
Z, YEAR = "东园", 2024


def state(ws: Workspace) -> int:
    return len(operations.last_operations(ws, 1000))


def test_the_gap_names_what_is_missing_and_changes_nothing(ws: Workspace) -> None:
    before = state(ws)
    report = operations.gap_report(ws, Z, YEAR, LADDER)
    assert report.gap.standing.target == 3
    assert report.gap == operations.zone_gap(ws, Z, YEAR, LADDER)
    assert report.gap.next is not None
    assert report.gap.next.level == 0
    assert {c.key: c.state for c in report.gap.next.criteria} == {
        "above_scale_value_added": "short",
        "tax_revenue": "met",
        "employees": "short",
    }
    assert report.gap.target is not None
    assert report.gap.target.level == 3
    assert any("示意" in warning for warning in report.warnings)
    assert state(ws) == before


def test_the_classes_are_those_that_count(ws: Workspace) -> None:
    report = operations.gap_report(ws, Z, YEAR, LADDER)
    run = operations.newest_run(ws, YEAR, Z)
    assert run is not None
    assert report.classes_from.startswith(f"第 {run.id} 次评价")
    evaluation = operations.final_evaluation(ws, run.id)
    data = operations.enterprise_data(ws, YEAR, Z)
    expected = {
        one.uscc
        for one in data
        if dict(zip(evaluation.uscc, evaluation.grade, strict=True)).get(one.uscc) == "C"
    }
    assert expected
    kept = report.levers[0]
    assert {one.uscc for one in kept.enterprises} == expected
    code = sorted(expected)[0]
    operations.override_grade(
        ws,
        code,
        "B",
        reason="样例",
        document="〔示意〕3 号",
        approver="样例",
        on="2025-06-01",
        run_id=run.id,
    )
    again = operations.gap_report(ws, Z, YEAR, LADDER).levers[0]
    assert {one.uscc for one in again.enterprises} == expected - {code}


def test_idle_land_is_that_of_the_list_before_the_figure(ws: Workspace) -> None:
    def idle() -> tuple[float | None, str]:
        lever = operations.gap_report(ws, Z, YEAR, LADDER).levers[3]
        return lever.land, lever.words or lever.lacking

    assert "没有登记" in idle()[1]
    operations.enter_zone_value(ws, Z, YEAR, "idle_land", 40)
    assert idle()[0] == 40
    known = {"state": "闲置", "reason": "停产", "on": "2024-03-01", "zone": Z}
    operations.add_asset(ws, "land", "一号地", size=2, unit="公顷", **known)
    operations.add_asset(ws, "land", "二号地", **known)
    operations.add_asset(ws, "plant", "三号厂房", size=500, **known)
    area, words = idle()
    assert area == pytest.approx(30)
    assert "另有 1 处没有面积" in words


def test_a_what_if_is_beside_the_gap_and_is_not_kept(ws: Workspace) -> None:
    before = operations.zone_indicators(ws, YEAR)[Z]
    tried = operations.gap_report(
        ws, Z, YEAR, LADDER, changes=[operations.change_of("从业人员=5万人")]
    )
    assert tried.changed is not None
    assert tried.changed.next is not None
    states = {c.key: c.state for c in tried.changed.next.criteria}
    assert states["employees"] == "met"
    assert tried.changes[0].key == "employees"
    assert operations.zone_indicators(ws, YEAR)[Z] == before
    ready = operations.zone_what_if(ws, Z, YEAR, LADDER)
    verdict = ready.standing([Change("employees", 50_000)], target=3)
    assert verdict == tried.changed.standing


def test_the_line_is_stored_and_undone(ws: Workspace) -> None:
    assert operations.gap_settings(ws, YEAR).scale_line == 2000
    found = operations.set_gap_settings(ws, YEAR, line=3000, near=0.5)
    assert (found.scale_line, found.near_share, found.source) == (3000, 0.5, "本单位设定")
    assert operations.gap_settings(ws, YEAR) == found
    operations.undo(ws)
    assert operations.gap_settings(ws, YEAR).scale_line == 2000
    for wrong in ({}, {"line": 0.0}, {"near": 1.5}, {"line": float("nan")}):
        with pytest.raises(InputError):
            operations.set_gap_settings(ws, YEAR, **wrong)
    assert operations.gap_settings(ws, YEAR).scale_line == 2000


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tax_revenue=120", Change("tax_revenue", 120)),
        ("税收收入=1.2亿元", Change("tax_revenue", 12_000)),
        ("tax_revenue=+10%", Change("tax_revenue", 0.1, "grow")),
        ("tax_revenue=-10％", Change("tax_revenue", -0.1, "grow")),
        ("built_area=-1,300亩", Change("built_area", -1300, "add")),
        ("rd_to_value_added=3.5%", Change("rd_to_value_added", 0.035)),
        ("rd_to_value_added=+0.5点", Change("rd_to_value_added", 0.005, "add")),
    ],
)
def test_changes_as_they_are_typed(words: str, expected: Change) -> None:
    found = operations.change_of(words)
    assert (found.key, found.how) == (expected.key, expected.how)
    assert found.value == pytest.approx(expected.value)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("税收收入", "要写成"),
        ("税收收入=", "要写成"),
        ("没有的=3", "没有“没有的”"),
        ("税收收入=很多", "不是数值"),
        ("税收收入=3亩", "不能换算"),
        ("税收收入=inf", "不是数值"),
    ],
)
def test_changes_that_cannot_be_read(words: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        operations.change_of(words)


def test_a_zone_without_figures_is_refused(ws: Workspace) -> None:
    operations.enter_star(ws, "北园", YEAR, "target", 2)
    with pytest.raises(InputError, match="没有园区指标"):
        operations.gap_report(ws, "北园", YEAR, LADDER)


def test_former_years_and_peers_are_used_where_the_ladder_looks_at_them(
    ws: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("阶梯") / "排名.toml"
    path.write_text(
        'schema = 1\nid = "ranked"\ntitle = "排名"\nstatus = "illustrative"\nlevels = 2\n'
        '[[criteria]]\nindicator = "tax_revenue"\nunit = ""\nmeasure = "growth"\n'
        'thresholds = ["", 0.5]\nillustrative = true\n'
        '[composite]\ntotal = 100\n[[composite.items]]\nid = "tax"\nindicator = "tax_revenue"\n'
        'unit = "万元"\nweight = 100\nmethod = "floored_minmax"\nillustrative = true\n'
        "[composite.levels]\nranks = [2, 1]\nillustrative = true\n",
        encoding="utf-8",
    )
    found = operations.zone_gap(ws, "西园", YEAR, path)
    report = operations.rate_zones(ws, YEAR, path)
    (expected,) = [s for s in report.standings if s.zone == "西园"]
    assert found.standing == expected
    assert found.next is not None
    assert found.next.criteria[0].growth is not None
    assert found.next.score is not None
    assert found.next.score.at_zone == Z
