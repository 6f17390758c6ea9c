"""A whole year and the next one's lists, in the window; every step is undone once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers import year as played
from tests.helpers.window_user import WindowUser
from tests.helpers.workbooks import Opened
from tests.helpers.year import ACCEPTED, BOOKS, BY_HAND, POLICY, REFUSED, TWICE, TWICE_BUT_FOR_HAND
from zoneeval_db import operations
from zoneeval_ui.jobs import JobRunner
from zoneeval_ui.launch import assemble
from zoneeval_ui.pages.exits import ExitsPage
from zoneeval_ui.shell.picker import ContextPicker


@pytest.fixture
def user(qtbot: QtBot, runner: JobRunner, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowUser]:
    """Return somebody at a new window with no file open."""
    monkeypatch.setattr(ExitsPage, "today", lambda _page: date(2024, 10, 1))
    made = assemble(runner)
    qtbot.addWidget(made.window)
    made.window.resize(1440, 900)
    made.window.show()
    found = WindowUser(made, qtbot, monkeypatch)
    found.settle()
    yield found
    made.window.close()
    made.session.close()


def take_in(user: WindowUser, year: int) -> None:
    """Import the workbooks of a year."""

    def act() -> None:
        user.go("import")
        if user.sees(QPushButton, "importDiscard"):
            user.press("importDiscard")
        again = user.sees(QPushButton, "importChoose")
        choose = "importChoose" if again else "emptyStateButton"
        user.with_files(played.books(year), lambda: user.press(choose))
        user.pick("importYear", year)
        while not user.find(QPushButton, "importNext").text().startswith("提交"):
            user.press("importNext")
        user.press("importNext")

    user.do(f"导入{BOOKS}", act, parts=2)


def evaluate(user: WindowUser, year: int) -> None:
    user.pick("pickYear", year)
    user.go("evaluation")
    user.press("evaluationRun")
    user.story.append(f"评价 {year} 年企业（{POLICY}）")


def step(user: WindowUser, day: str, document: str, story: str = "") -> None:
    def act() -> None:
        user.go("adjudication")
        user.press("adjudicationNext")
        user.fill_in("stepDialog", stepDay=day, stepDocument=document)

    if story:
        user.do(story, act)
    else:
        act()


def publish(user: WindowUser, year: int, run: int, first: int) -> None:
    """Review, recognise and publish from a day of June; publishing cannot be undone."""
    named, no = f"{year} 年第 {run} 次评价", f"〔示意〕{year}号"
    step(user, f"{year + 1}-06-{first}", "", f"{named}转入复核")
    day = f"{year + 1}-06-{first + 1}"
    step(user, day, f"认定{no}", f"{named}转入认定（认定{no}）")
    step(user, day, f"公告{no}")
    user.story.append(f"{named}转入发布（公告{no}）")
    user.go("history")
    assert not user.find(QPushButton, "historyUndo").isEnabled()
    assert "不能撤销" in user.text("pageSentence")
    assert user.column("historyTable", "state")[0] == "已锁定"


def override(user: WindowUser, who: tuple[str, str], run: int, day: str) -> None:
    def act() -> None:
        user.go("adjudication")
        user.press("adjudicationChips-all")
        user.choose_row("adjudicationTable", who[0])
        user.press("adjudicationOverride")
        user.fill_in(
            "overrideDialog", overrideGrade="B", overrideReason="核查",
            overrideDocument="纪要〔示意〕1号", overrideApprover="市政府", overrideDay=day,
        )  # fmt: skip

    user.do(f"人工调整{who[1]}的类别：C → B（第 {run} 次评价）", act)


def publicity(user: WindowUser, run: int, year: int, until: str) -> None:
    def act() -> None:
        user.go("adjudication")
        user.press("adjudicationNext")
        user.fill_in("publicityDialog", publicityFrom=f"{year + 1}-06-03", publicityDays="5")

    user.do(f"{year} 年第 {run} 次评价开始公示：{year + 1}-06-03 至 {until}，5 个工作日", act)


def object_to(user: WindowUser, who: tuple[str, str], field: str, claimed: str) -> int:
    """Record an objection and return its number."""
    label = {"tax_paid": "税收实际贡献", "revenue": "主营业务收入"}[field]

    def act() -> None:
        user.go("adjudication")
        user.press("adjudicationChips-all")
        user.choose_row("adjudicationTable", who[0])
        user.press("adjudicationObject")
        user.fill_in(
            "objectionDialog", objectionSubject=field, objectionContent="数值少计",
            objectionClaimed=claimed, objectionDay="2024-06-04",
        )  # fmt: skip

    user.do(f"登记{who[1]}对“{label}”的异议（第 1 次评价）", act)
    return int(re.search(r"编号 (\d+)", user.text("bannerText"))[1])  # type: ignore[index]


def decide(user: WindowUser, number: int, story: str, **given: str) -> None:
    def act() -> None:
        user.go("adjudication")
        user.press("adjudicationChips-objections")
        user.choose_row("adjudicationTable", f"objection:{number}")
        user.press(f"decide-{number}")
        user.fill_in(
            "decisionDialog", **given, decisionBy="评价办", decisionDay="2024-06-06",
            decisionDocument="答复〔示意〕1号",
        )  # fmt: skip

    user.do(story, act)


def take_tariff(user: WindowUser, folder: Path) -> None:
    """Import the price table and work with it."""
    path = folder / "价格.toml"
    path.write_text(played.STEPS, encoding="utf-8")

    def act() -> None:
        user.go("lists")
        user.press("listsSegment-measures")
        user.with_files([path], lambda: user.press("tariffImport"))

    user.do("保存价格表：示意逐年加价表（第 2 版）", act)
    user.go("lists")
    user.pick("listsTariff", "示意逐年加价表")


def show_list(user: WindowUser, view: str = "lines") -> None:
    user.go("lists")
    user.press("listsSegment-utilities")
    user.choose_row("utilitiesTable", "供电")
    user.press(f"utilitiesView-{view}")
    if view == "lines":
        shown = zip(
            user.column("utilityLines", "rate"),
            user.column("utilityLines", "document"),
            strict=True,
        )
        assert all("〔" in document for rate, document in shown if re.search(r"\d", str(rate)))


def issue(user: WindowUser, year: int, number: int) -> None:
    document = f"执行〔示意〕{number}号"

    def act() -> None:
        show_list(user)
        user.press("listsExport")
        user.fill_in("issueDialog", issueDocument=document, issueOn=f"{year}-06-20")

    user.do(f"印发执行名单（供电、税务，{document}）", act)


def export_list(user: WindowUser, path: Path) -> list[dict[str, object]]:
    """Write the newest list to the power company, and return its rows."""
    show_list(user, "history")
    user.with_files([path], lambda: user.menu("exportIssued"))
    assert path.is_file()
    return played.check_rates(path)


def open_cases(user: WindowUser, year: int, run: int, words: str) -> None:
    def act() -> None:
        user.go("exits")
        user.press("exitsNext")
        user.fill_in("exitOpen", on=f"{year}-06-20", responsible="工信局")

    user.do(f"退出转型立案（{year - 1} 年第 {run} 次评价）：{words}", act)


def lead_to_the_end(user: WindowUser, case: int, name: str) -> None:
    """Plan a case, do a step, close it."""
    mine = f"退出转型第 {case} 号（{name}）"

    def on_case(button: str, form: str, **given: str) -> Callable[[], None]:
        def act() -> None:
            user.go("exits")
            user.press("exitChips-all")
            user.choose_row("exitTable", case)
            user.press(button)
            user.fill_in(form, **given)

        return act

    plan = on_case("exitPlanEdit", "exitPlan", path="兼并重组", due="2024-12-31")
    user.do(f"{mine}：处置路径：兼并重组，完成时限：2024-12-31", plan)
    user.do(f"{mine}增加步骤：签订协议", on_case("exitStepAdd", "exitStep", what="签订协议"))
    done = on_case("exitStep2Done", "exitFinish", on="2024-09-02", evidence="协议")
    user.do(f"{mine}完成步骤：签订协议", done)
    end = on_case(
        "exitCloseCase", "exitClose", on="2024-09-20", outcome="已并购",
        document="批复〔示意〕1号", freed_land="12.5",
    )  # fmt: skip
    user.do(f"{mine}销号：已并购", end)
    user.press("exitChips-freed")
    user.choose_row("exitFreed", 0)
    words = [label.text() for label in user.window.findChildren(QLabel) if label.isVisible()]
    assert "12.5" in words
    assert "1 项均未填" in words


# The offscreen platform says this of every menu that opens.
@pytest.mark.qt_log_ignore(r"This plugin does not support (raise|grabbing the keyboard)")
def test_the_year_of_an_office_in_the_window(user: WindowUser, tmp_path: Path) -> None:
    # The data of the departments, the trial, publicity.
    file = tmp_path / "示例市.zoneeval"
    user.with_files([file], lambda: user.menu("action-new"))
    take_in(user, 2023)
    evaluate(user, 2023)
    publicity(user, 1, 2023, "2024-06-07")

    # Two objections and one class by hand.
    right = object_to(user, ACCEPTED, "tax_paid", "9000")
    wrong = object_to(user, REFUSED, "revenue", "90000")
    decide(
        user, right, f"采纳{ACCEPTED[1]}对“税收实际贡献”的异议（第 {right} 号）",
        decisionKind="accepted",
    )  # fmt: skip
    run = int(user.find(ContextPicker, "adjudicationRun").current or 0)
    assert run > 1
    moved = [b for b in user.window.findChildren(QPushButton) if b.isVisible()
             and b.objectName().startswith("moved-")]  # fmt: skip
    assert f"moved-{ACCEPTED[0]}" in {b.objectName() for b in moved}
    assert len(moved) > 1
    decide(
        user, wrong, f"不采纳{REFUSED[1]}对“主营业务收入”的异议（第 {wrong} 号）",
        decisionKind="refused", decisionAnswer="与财务报表不符",
    )  # fmt: skip
    override(user, BY_HAND, run, "2024-06-11")
    publish(user, 2023, run, 11)
    user.go("adjudication")
    user.press("adjudicationChips-all")
    user.choose_row("adjudicationTable", TWICE[0])
    assert not user.sees(QPushButton, "adjudicationOverride")
    assert not user.sees(QPushButton, "adjudicationObject")

    # Prices by consecutive years, and the first lists.
    take_tariff(user, tmp_path)
    issue(user, 2024, 1)
    first = export_list(user, tmp_path / "一.xlsx")
    listed = {row["统一社会信用代码"] for row in first}
    assert {(row["类别"], row["加价标准"]) for row in first} == {("C", played.FIRST)}
    assert {TWICE[0], TWICE_BUT_FOR_HAND[0], REFUSED[0]} <= listed
    assert not {ACCEPTED[0], BY_HAND[0]} & listed

    # A case for each of class C, one of them led to its end.
    open_cases(user, 2024, run, "新立 8 户，延续 0 户")
    user.press("exitChips-all")
    numbers, names = user.column("exitTable", "id"), user.column("exitTable", "subject")
    assert len(names) == len(listed) == 8
    assert set(names) == {row["企业名称"] for row in first}
    lead_to_the_end(user, int(numbers[names.index(REFUSED[1])]), REFUSED[1])

    # The next year: prices of the second year, and who is no longer listed.
    take_in(user, 2024)
    evaluate(user, 2024)
    second = run + 1
    publicity(user, second, 2024, "2025-06-09")
    show_list(user)
    assert TWICE_BUT_FOR_HAND[1] in user.column("utilityLines", "enterprise")
    override(user, TWICE_BUT_FOR_HAND, second, "2025-06-10")
    show_list(user)
    assert TWICE_BUT_FOR_HAND[1] not in user.column("utilityLines", "enterprise")
    publish(user, 2024, second, 10)
    issue(user, 2025, 2)
    last = export_list(user, tmp_path / "二.xlsx")
    years = {row["统一社会信用代码"]: (row["连续年数"], row["加价标准"]) for row in last}
    assert years.pop(TWICE[0]) == (2, played.SECOND)
    assert set(years.values()) == {(1, played.FIRST)}
    gone = {
        row["统一社会信用代码"]: row["原因"] for row in Opened(tmp_path / "二.xlsx").table("取消")
    }
    assert gone.keys() == listed - {TWICE[0]}
    assert gone[TWICE_BUT_FOR_HAND[0]] == gone[REFUSED[0]] == "类别由C类变为B类"
    user.press("listsSegment-measures")
    user.press("measuresView-estimate")
    words = user.text("estimateSum")
    assert "减免 无法估算" in words
    assert "14 家用量未知，不计入合计" in words
    open_cases(user, 2025, second, f"新立 {len(years)} 户，延续 1 户")

    # The record tells all this in order, and every run can be evaluated again.
    user.go("history")
    shown = user.column("historyTable", "label")
    user.made.window.close()
    user.made.session.close()
    user.settle()
    with operations.open_workspace(file, read_only=True) as ws:
        record = operations.last_operations(ws, 10_000)
        assert all(run.ok for run in operations.verify(ws))
    assert shown == [info.label for info in record]
    played.check_told([asdict(info) for info in reversed(record)], user.story)
