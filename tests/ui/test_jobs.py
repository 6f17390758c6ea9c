"""Jobs: results come back, failures are told, cancelling stops, nothing is left behind."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from zoneeval.errors import InputError
from zoneeval.progress import Cancelled
from zoneeval_ui.jobs import JobState, ProgressDialogs, ReportDialog, StatusProgress, show_error
from zoneeval_ui.jobs.job import Job, ThrottledProgress


def test_result_returns_to_the_main_thread(runner, qtbot):
    seen = []
    job = runner.run(
        lambda progress: threading.current_thread().name,
        title="读取",
        on_success=lambda value: seen.append((value, threading.current_thread())),
    )
    with qtbot.waitSignal(runner.finished):
        pass
    assert seen[0][0].startswith("work")
    assert seen[0][1] is threading.main_thread()
    assert job.state is JobState.SUCCEEDED
    assert not runner.is_busy


def test_jobs_run_one_after_the_other(runner, qtbot):
    order = []
    for name in "abc":
        runner.run(lambda progress, n=name: n, title=name, on_success=order.append)
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["a", "b", "c"]


def test_user_error_goes_to_on_failure_only(runner, qtbot):
    told, refused, crashed = [], [], []
    runner.refused.connect(lambda job, error: refused.append(error))
    runner.crashed.connect(lambda job, error: crashed.append(error))

    def fail(progress):
        raise InputError("第 3 行缺少企业名称，请补上。")

    runner.run(fail, title="导入", on_success=told.append, on_failure=told.append)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert isinstance(told[0], InputError)
    assert refused == crashed == []
    runner.run(fail, title="导入", on_success=told.append)
    qtbot.waitUntil(lambda: len(refused) == 1)
    assert len(told) == 1


def test_unexpected_error_is_always_announced(runner, qtbot):
    told, crashed = [], []
    runner.crashed.connect(lambda job, error: crashed.append((job.title, error)))

    def fail(progress):
        raise ZeroDivisionError("x")

    runner.run(fail, title="评价", on_success=told.append, on_failure=told.append)
    qtbot.waitUntil(lambda: bool(crashed))
    assert crashed[0][0] == "评价"
    assert isinstance(told[0], ZeroDivisionError)


def test_cancel_stops_the_work_and_reports_it(runner, qtbot):
    started, ended = threading.Event(), []

    def work(progress):
        started.set()
        while True:
            progress(0, 0, "正在评价")

    job = runner.run(
        work, title="评价", on_success=ended.append, on_cancelled=lambda: ended.append("cancelled")
    )
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: ended == ["cancelled"])
    assert job.state is JobState.CANCELLED


def test_shutdown_waits_and_no_callback_follows(runner, qtbot):
    started, ended = threading.Event(), []

    def work(progress):
        started.set()
        while True:
            progress(0, 0, "正在评价")

    runner.run(work, title="评价", on_success=ended.append, on_cancelled=lambda: ended.append(1))
    assert started.wait(5)
    runner.shutdown()
    QApplication.processEvents()
    assert ended == []
    with pytest.raises(RuntimeError):
        runner.run(work, title="评价", on_success=ended.append)


def test_progress_is_throttled_but_the_end_is_told(qapp):
    sent = []
    job = Job("评价")
    progress = ThrottledProgress(job, lambda *report: sent.append(report[1:]))
    for done in range(1, 1001):
        progress(done, 1000, "正在评价")
    assert sent[0] == (1, 1000, "正在评价")
    assert sent[-1] == (1000, 1000, "正在评价")
    assert len(sent) < 50
    job.cancel()
    with pytest.raises(Cancelled):
        progress(1, 1000, "正在评价")


def test_immediate_runner_ends_before_it_returns(immediate):
    seen = []
    job = immediate.run(
        lambda progress: progress(1, 2, "一半") or 7, title="读取", on_success=seen.append
    )
    assert seen == [7]
    assert job.text == "一半"
    assert not immediate.is_busy


def test_status_line_shows_and_cancels_the_job(runner, qtbot):
    line = StatusProgress(runner)
    qtbot.addWidget(line)
    line.show()
    assert line.text == "就绪"
    ended = []

    def work(progress):
        while True:
            progress(64, 100, "正在检查 供电公司.xlsx")

    runner.run(work, title="检查", on_success=ended.append, on_cancelled=lambda: ended.append(1))
    qtbot.waitUntil(lambda: line.text == "正在检查 供电公司.xlsx")
    line._cancel.click()
    assert line.text == "正在停止…"
    qtbot.waitUntil(lambda: ended == [1])
    assert line.text == "就绪"


def test_dialog_opens_for_long_work_and_not_for_quiet(runner, qtbot):
    window = StatusProgress(runner)
    qtbot.addWidget(window)
    dialogs = ProgressDialogs(runner, window)
    going = threading.Event()

    def wait(progress):
        return going.wait(10)

    job = runner.run(wait, title="安静", on_success=lambda value: None, quiet=True)
    assert not dialogs._opening.isActive()
    loud = runner.run(wait, title="评价", on_success=lambda value: None)
    assert dialogs._opening.isActive()
    dialogs._opening.stop()
    dialogs._open()
    assert dialogs.dialog is not None
    assert dialogs.dialog.windowTitle() == "评价"
    dialogs.dialog.reject()
    assert loud.is_cancelling
    assert not job.is_cancelling
    going.set()
    qtbot.waitUntil(lambda: not runner.is_busy)
    qtbot.waitUntil(lambda: dialogs.dialog is None)


def test_user_error_becomes_a_sentence(qtbot):
    box = show_error(InputError("第 3 行缺少企业名称，请补上。"), "导入")
    qtbot.addWidget(box)
    assert isinstance(box, QMessageBox)
    assert box.text() == "第 3 行缺少企业名称，请补上。"
    assert [button.text() for button in box.buttons()] == ["知道了"]


def test_other_errors_become_a_report_to_copy(qtbot, caplog):
    try:
        raise KeyError("land_area")
    except KeyError as error:
        dialog = show_error(error, "评价")
    qtbot.addWidget(dialog)
    assert isinstance(dialog, ReportDialog)
    assert dialog._box.isHidden()
    dialog._toggle.click()
    assert not dialog._box.isHidden()
    dialog.findChild(type(dialog._toggle), "reportCopy").click()
    text = QApplication.clipboard().text()
    assert "KeyError" in text
    assert "test_jobs.py" in text
    assert caplog.records[0].levelname == "ERROR"


def test_a_long_message_fits_the_screen_and_keeps_its_rest(qtbot):
    long = "\n".join(f"第 {n} 行" for n in range(40))
    box = show_error(InputError(long))
    qtbot.addWidget(box)
    assert isinstance(box, QMessageBox)
    assert len(box.text().splitlines()) == 14
    assert "另有 27 行" in box.text()
    assert box.detailedText() == long
    short = show_error(InputError("一句话。"))
    qtbot.addWidget(short)
    assert (short.text(), short.detailedText()) == ("一句话。", "")
