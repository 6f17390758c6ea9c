"""Decisions about who is who: remembered, followed through the years, and undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.db.conftest import City
from tests.helpers.departments import DIRECTORY_HEADINGS, code, listed, save_book
from zoneeval.errors import InputError
from zoneeval.model.evaluation import Participation
from zoneeval.model.records import Parcel
from zoneeval_db import operations
from zoneeval_db.data.merged import leased_within
from zoneeval_db.storage.workspace import Workspace

TAX = ["统一社会信用代码", "税收实际贡献（万元）"]


def load(
    ws: Workspace, folder: Path, name: str, rows: list[list[object]], year: int = 2024
) -> operations.ImportOutcome:
    book = save_book(folder / name, {"表": rows})
    return operations.import_workbooks(ws, [book], year=year)


@pytest.fixture
def town(empty: Workspace, tmp_path: Path) -> Workspace:
    load(empty, tmp_path, "名录.xlsx", [DIRECTORY_HEADINGS, *(listed(n) for n in range(1, 9))])
    return empty


def values(ws: Workspace, number: int) -> dict[str, object]:
    found = {e.uscc: e for e in operations.enterprise_data(ws, 2024)}
    return {k: v.value for k, v in found[code(number)].values.items()}


# -- aliases


def test_an_alias_is_remembered_used_and_forgotten(town: Workspace, tmp_path: Path) -> None:
    book = save_book(tmp_path / "税.xlsx", {"税": [["企业名称", TAX[1]], ["老样例厂", 5]]})
    refused = operations.import_workbooks(town, [book], year=2024)
    assert not refused.committed
    operations.remember_alias(town, "name", " 老样例厂 ", code(3))
    assert operations.import_workbooks(town, [book], year=2024).committed
    assert values(town, 3)["tax_paid"] == 5.0
    (alias,) = operations.aliases(town)
    assert (alias.uscc, alias.name) == (code(3), "样例3有限公司")
    operations.remember_alias(town, "name", "老样例厂", "")
    assert [a.uscc for a in operations.aliases(town)] == [""]
    operations.forget_alias(town, "name", "老样例厂")
    assert operations.aliases(town) == []
    operations.undo(town)
    assert [a.uscc for a in operations.aliases(town)] == [""]


def test_aliases_given_with_an_import_are_not_remembered(town: Workspace, tmp_path: Path) -> None:
    book = save_book(tmp_path / "税.xlsx", {"税": [["企业名称", TAX[1]], ["老样例厂", 5]]})
    outcome = operations.import_workbooks(
        town, [book], year=2024, aliases={("name", "老样例厂"): code(4)}
    )
    assert outcome.committed
    assert values(town, 4)["tax_paid"] == 5.0
    assert operations.aliases(town) == []


@pytest.mark.parametrize(
    ("kind", "alias", "uscc", "words"),
    [
        ("nick", "甲", code(1), "种类"),
        ("name", "  ", code(1), "没有写"),
        ("name", "甲", "123", "有误"),
    ],
)
def test_a_wrong_alias_is_refused(
    town: Workspace, kind: str, alias: str, uscc: str, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        operations.remember_alias(town, kind, alias, uscc)
    with pytest.raises(InputError):
        operations.forget_alias(town, "name", "没有")


def test_account_numbers_come_from_earlier_meters(
    ws: Workspace, tmp_path: Path, city: type[City]
) -> None:
    book = save_book(tmp_path / "电.xlsx", {"电": [
        ["户号", "用电量（万千瓦时）"], ["20240003", 9.5],
    ]})  # fmt: skip
    assert operations.import_workbooks(ws, [book], year=2024).committed
    found = {e.uscc: e for e in operations.enterprise_data(ws, 2024)}
    assert found[city.code(3)].values["electricity_use"].value == 9.5


# -- two sources


def test_a_later_import_never_wins_silently(town: Workspace, tmp_path: Path) -> None:
    load(town, tmp_path, "税务.xlsx", [TAX, [code(1), 5]])
    mixed = [["统一社会信用代码", "主营业务收入（万元）", TAX[1]], [code(1), 900, 6]]
    outcome = load(town, tmp_path, "统计.xlsx", mixed)
    stands = [i for i in outcome.draft.issues if i.code == "stored-value-stands"]
    assert len(stands) == 1
    for words in ("税务.xlsx", "统计.xlsx", "5万元", "6万元"):
        assert words in stands[0].message
    assert values(town, 1)["tax_paid"] == 5.0
    assert values(town, 1)["revenue"] == 900.0
    outcome = load(town, tmp_path, "税务更正.xlsx", [TAX, [code(1), 7]])
    assert "stored-value-replaced" in [i.code for i in outcome.draft.issues]
    assert values(town, 1)["tax_paid"] == 7.0


# -- successions


def test_an_import_follows_a_succession(town: Workspace, tmp_path: Path) -> None:
    load(town, tmp_path, "一.xlsx", [TAX, [code(1), 5], [code(2), 6]])
    operations.record_succession(town, code(1), code(2), "merger", "2024-03-01", "样例文件")
    (before,) = [e for e in operations.enterprise_data(town, 2024) if e.uscc == code(1)]
    assert before.values["tax_paid"].value == 5.0
    load(town, tmp_path, "二.xlsx", [TAX, [code(1), 7], [code(2), 8]])
    assert values(town, 2)["tax_paid"] == 15.0
    data = {e.uscc: e for e in operations.enterprise_data(town, 2024)}
    assert "tax_paid" not in data[code(1)].values


def test_an_old_code_shows_as_the_new_one(town: Workspace) -> None:
    new = code(77)
    operations.record_succession(town, code(1), new, "new_code")
    codes = [e.uscc for e in operations.enterprise_data(town, 2024)]
    assert new in codes
    assert code(1) not in codes
    assert operations.newest_codes(town) == {code(1): new}
    operations.undo(town)
    assert operations.successions(town) == []


def test_chains_and_circles(town: Workspace) -> None:
    operations.record_succession(town, code(1), code(2), "new_code")
    operations.record_succession(town, code(2), code(3), "merger")
    assert operations.newest_codes(town) == {code(1): code(3), code(2): code(3)}
    for old, new, kind, day, words in (
        (code(3), code(1), "rename", None, "循环"),
        (code(1), code(5), "rename", None, "已经登记"),
        (code(5), code(5), "rename", None, "相同"),
        (code(5), "12", "rename", None, "有误"),
        (code(5), code(6), "sale", None, "种类"),
        (code(5), code(6), "rename", "去年", "日期"),
    ):
        with pytest.raises(InputError, match=words):
            operations.record_succession(town, old, new, kind, day)
    operations.remove_succession(town, code(2))
    with pytest.raises(InputError, match="没有登记"):
        operations.remove_succession(town, code(2))


def test_history_follows_a_new_code(ws: Workspace, city: type[City]) -> None:
    old, new = city.code(5), code(55)
    before = operations.load_run(ws, year=2024)
    usual = operations.consecutive_years(ws, before.info.id)
    operations.record_succession(ws, old, new, "new_code", "2024-01-01")
    run = operations.evaluate(ws, year=2024, policy_ref=city.policy)
    row = run.evaluation.row_of(new)
    assert row is not None
    assert run.evaluation.row_of(old) is None
    assert list(run.dataset.text("uscc")) == list(run.evaluation.uscc)
    assert operations.consecutive_years(ws, run.info.id)[new] == usual[old]
    assert run.evaluation.grade[row] == before.evaluation.grade[before.evaluation.row_of(old) or 0]
    assert any("统计局.xlsx" in str(node) for node in [operations.explain(ws, new)])
    assert new in {m.uscc for m in operations.run_meters(ws, run)}
    operations.record_succession(ws, city.code(6), code(66), "new_code")
    assert all(check.ok for check in operations.verify(ws))


# -- merged evaluation


def test_a_merged_run_is_stored_and_verified(ws: Workspace, city: type[City]) -> None:
    lead, members = city.code(1), (city.code(3), city.code(5))
    made = operations.mark_merged(ws, 2024, lead, members, "group", "样例集团")
    assert [m.uscc for m in made.members] == list(members)
    run = operations.evaluate(ws, year=2024, policy_ref=city.policy)
    evaluation = run.evaluation
    rows = {c: evaluation.row_of(c) for c in (lead, *members)}
    assert [evaluation.participation[rows[m]] for m in members] == [Participation.EXEMPT] * 2
    assert {evaluation.grade[rows[c]] for c in rows} == {evaluation.grade[rows[lead]]}
    stored = operations.load_run(ws, run.info.id)
    assert stored.evaluation.canonical_bytes() == evaluation.canonical_bytes()
    operations.unmark_merged(ws, 2024, members[0])
    assert len(operations.merged_groups(ws, 2024)[0].members) == 1
    operations.unmark_merged(ws, 2024, lead)
    assert operations.merged_groups(ws, 2024) == []
    assert all(check.ok for check in operations.verify(ws))
    operations.undo(ws)
    assert len(operations.merged_groups(ws, 2024)) == 1


def test_the_explanation_of_a_lead_shows_the_sums(ws: Workspace, city: type[City]) -> None:
    operations.mark_merged(ws, 2024, city.code(1), [city.code(3)], "tenants")
    run = operations.evaluate(ws, year=2024, policy_ref=city.policy)
    cells, table = operations.explained_by(ws, run, city.code(1))
    own = operations.load_dataset(ws, run.info.dataset_id)
    row = list(table.text("uscc")).index(city.code(1))
    assert table.number("tax_paid")[row] == own.number("tax_paid")[1] + own.number("tax_paid")[3]
    assert "tax_paid" not in cells
    assert "name" in cells


def test_who_cannot_be_merged(ws: Workspace, city: type[City]) -> None:
    operations.mark_merged(ws, 2024, city.code(1), [city.code(3)], "group")
    for lead, members, kind, words in (
        (city.code(5), [], "group", "没有写"),
        (city.code(5), [city.code(5)], "group", "不能同时"),
        (city.code(5), [city.code(2)], "group", "同一园区"),
        (city.code(3), [city.code(7)], "group", "已并入"),
        (city.code(5), [city.code(3)], "group", "一组"),
        (city.code(5), [city.code(1)], "group", "一组"),
        (city.code(5), [code(99)], "group", "没有"),
        (city.code(5), [city.code(7)], "friends", "种类"),
    ):
        with pytest.raises(InputError, match=words):
            operations.mark_merged(ws, 2024, lead, members, kind)
    with pytest.raises(InputError, match="1999"):
        operations.mark_merged(ws, 1999, city.code(1), [city.code(3)], "group")
    with pytest.raises(InputError, match="没有把"):
        operations.unmark_merged(ws, 2024, city.code(9))
    replaced = operations.mark_merged(ws, 2024, city.code(1), [city.code(7)], "group")
    assert [m.uscc for m in replaced.members] == [city.code(7)]


def test_land_that_only_the_lessee_declared() -> None:
    owner = Parcel("a", "证1", None, 50.0, None, None)
    lessee = Parcel("b", "证1", None, None, 10.0, None)
    elsewhere = Parcel("b", "证2", None, None, 7.0, None)
    assert leased_within([owner, lessee, elsewhere], {"a", "b"}) == 10.0
    declared = Parcel("a", "证1", None, 50.0, None, 10.0)
    assert leased_within([declared, lessee], {"a", "b"}) == 0.0
    assert leased_within([owner, lessee], {"b"}) == 0.0
