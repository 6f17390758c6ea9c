"""The log file, and the last resort for what nobody caught."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from zoneeval_ui import application
from zoneeval_ui.application import LastResort
from zoneeval_ui.jobs import ReportDialog, report
from zoneeval_ui.logs import KEPT, MAX_BYTES, configure_logging


def close_handlers(path):
    logger = logging.getLogger("zoneeval")
    for handler in list(logger.handlers):
        if isinstance(handler, RotatingFileHandler) and handler.baseFilename == str(path):
            logger.removeHandler(handler)
            handler.close()


def test_log_file_rotates_and_is_utf8(tmp_path):
    path = configure_logging(tmp_path / "日志")
    try:
        assert configure_logging(tmp_path / "日志") == path
        handlers = [
            h for h in logging.getLogger("zoneeval").handlers if isinstance(h, RotatingFileHandler)
        ]
        assert [(h.maxBytes, h.backupCount) for h in handlers] == [(MAX_BYTES, KEPT)]
        logging.getLogger("zoneeval.import").warning("第 3 行没有名称")
        assert "第 3 行没有名称" in path.read_text(encoding="utf-8")
    finally:
        close_handlers(path)


def test_log_folder_that_cannot_be_made_is_no_failure(tmp_path):
    (tmp_path / "file").write_text("x")
    assert configure_logging(tmp_path / "file" / "log") is None


def test_uncaught_error_is_logged_and_reported_once(qapp, qtbot, caplog, monkeypatch):
    shown = []

    def show(error, doing, parent):
        dialog = ReportDialog(error, doing, parent)
        shown.append(dialog)
        return dialog

    opened = []
    monkeypatch.setattr(report, "show_error", show)
    monkeypatch.setattr(application, "configure_logging", lambda: opened.append(1))
    last = LastResort(qapp)
    error = RuntimeError("意外")
    last.handle(RuntimeError, error, None)
    last.handle(RuntimeError, error, None)
    qtbot.waitUntil(lambda: bool(shown))
    assert len(shown) == 1
    assert opened
    assert [record.levelname for record in caplog.records] == ["CRITICAL", "CRITICAL"]
    shown[0].accept()
    last.handle(RuntimeError, error, None)
    qtbot.waitUntil(lambda: len(shown) == 2)
    shown[1].accept()
    last.deleteLater()
