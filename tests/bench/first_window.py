"""Run as a program: show a window, say when it was painted first, and end.

``first_window.py ours|bare START`` prints the seconds since START (wall clock).
"""

from __future__ import annotations

import os
import sys
import time


def main() -> None:
    """Show the wanted window and measure."""
    which, start = sys.argv[1], float(sys.argv[2])
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    def painted() -> None:
        print(time.time() - start, flush=True)
        os._exit(0)

    class Watch(QObject):
        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if (
                not self.seen
                and event.type() == QEvent.Type.Paint
                and isinstance(watched, QMainWindow)
            ):
                self.seen = True
                QTimer.singleShot(0, painted)
            return False

    run = QApplication.exec

    def watched_run(*_: object) -> int:
        app = QApplication.instance()
        assert app is not None
        watch = Watch(app)
        app.installEventFilter(watch)
        return run()

    QApplication.exec = watched_run  # type: ignore[assignment, method-assign]
    if which == "bare":
        bare()
    else:
        from zoneeval_cli.entry import run as command

        sys.argv[1:] = []
        command()


def bare() -> None:
    """Show the least a table program can show."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    app = QApplication([])
    window = QMainWindow()
    view = QTableView()
    model = QStandardItemModel(20, 6)
    for row in range(20):
        for column in range(6):
            model.setItem(row, column, QStandardItem(f"{row} × {column}"))
    view.setModel(model)
    window.setCentralWidget(view)
    window.resize(1280, 720)
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
