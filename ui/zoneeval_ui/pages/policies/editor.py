"""Editing a policy in tables: faults and effect are shown as one types."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zoneeval.errors import UserError
from zoneeval_ui.pages.evaluation.move_tables import TINTS
from zoneeval_ui.pages.policies.entries import Unreadable, grid_of, read
from zoneeval_ui.pages.policies.fault_list import FaultLine, FaultList
from zoneeval_ui.pages.policies.forms import Entry, Form, forms_of
from zoneeval_ui.pages.policies.places import Place, place_of
from zoneeval_ui.pages.policies.trying import Trial, try_text
from zoneeval_ui.tables import Column, DataTable, TableData
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, DetailCard, Section, make_label, set_tone
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zoneeval.engine.comparison import Compared
    from zoneeval_ui.pages.base import WorkspacePage
    from zoneeval_ui.pages.policies.item_dialog import ItemDialog
    from zoneeval_ui.pages.policies.parts import Adder, Change, Item, Path

WAIT_MS = 200


class PolicyEditor(QWidget):
    """Tables at the left; faults, effect and the buttons at the right.

    ``saving`` carries the text and a note; ``left`` is sent when editing is given up.
    """

    saving = Signal(str, str)
    left = Signal()

    def __init__(self, page: WorkspacePage) -> None:
        super().__init__(page)
        self.setObjectName("policyEditor")
        theme = current_theme()
        self._page = page
        self.text = self.before = self.opened = ""
        self.trial: Trial | None = None
        self._wrong: dict[str, str] = {}
        self._basis: Any = None
        self._round = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.try_now)
        self.tables = DetailCard()
        self.tables.setObjectName("policyTables")
        self.tables.setAccessibleName(self.tr("办法的各项规定"))
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(14))
        splitter.addWidget(self.tables)
        splitter.addWidget(self._side())
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([theme.px(765), theme.px(305)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _side(self) -> QWidget:
        theme = current_theme()
        card = Card(flush=True)
        card.setMinimumWidth(theme.px(300))
        head = Section(self.tr("检查"), line=False)
        self.faults: QLabel = FaultList("policyFaults", self.tr("办法的问题"))
        head.add(self.faults)
        card.add(head)
        effect = Section(self.tr("对本年度企业的影响"))
        self.effect = make_label("", wrap=True)
        self.effect.setObjectName("policyEffect")
        self.effect.setAccessibleName(self.tr("类别会变的企业"))
        effect.add(self.effect)
        card.add(effect)
        self.moved = DataTable("policyMoved")
        self.moved.setAccessibleName(self.tr("类别会变的企业"))
        self.moved.set_empty_text(self.tr("没有企业的类别会变"))
        card.add(self.moved, 1)
        card.add(self._foot())
        return card

    def _foot(self) -> Section:
        theme = current_theme()
        foot = Section(raised=True)
        self.note = QLineEdit()
        self.note.setObjectName("policyNote")
        self.note.setAccessibleName(self.tr("这一版的说明"))
        self.note.setPlaceholderText(self.tr("这一版的说明（可以不写）"))
        foot.add(self.note)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.leave_button = self._button("policyLeave", self.tr("放弃修改"))
        self.leave_button.clicked.connect(self.left)
        self.save_button = self._button("policySave", self.tr("保存为新版本"))
        self.save_button.setProperty("kind", "primary")
        self.save_button.clicked.connect(self._save)
        row.addWidget(self.leave_button)
        row.addStretch(1)
        row.addWidget(self.save_button)
        foot.body.addLayout(row)
        return foot

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        return button

    def edit(self, text: str, before: str) -> None:
        """Show a text; the effect is told against ``before``, the policy it came from."""
        self.text, self.before, self.opened = text, before, text
        self._wrong, self._basis, self.trial = {}, None, None
        self.note.clear()
        self._build()
        self.try_now()

    def forms(self) -> list[Form]:
        """Return the text as tables to fill in."""
        return forms_of(self.text)

    def _build(self) -> None:
        self.tables.clear()
        for place, form in enumerate(self.forms()):
            section = Section(form.title, line=place > 0)
            if form.note:
                section.add(make_label(form.note, "caption", wrap=True))
            if form.rows:
                section.add(grid_of(form, self._changed, self._apply, self._open, section))
            if form.addable and form.track is not None:
                section.body.addLayout(self._adding(form))
            if form.adder is not None:
                section.body.addLayout(self._adder(form.adder))
            self.tables.add_section(section)

    def _adder(self, adder: Adder) -> QHBoxLayout:
        row = QHBoxLayout()
        button = self._button(adder.name, adder.label)
        button.clicked.connect(lambda _on=False: self._add(adder))
        row.addWidget(button)
        row.addStretch(1)
        return row

    def _add(self, adder: Adder) -> None:
        try:
            text = adder.add(self.text)
        except UserError as error:
            self._failed(error)
            return
        self.open_item(adder.item(text), text)

    def _open(self, item: Item) -> None:
        self.open_item(item)

    def open_item(self, item: Item, text: str | None = None) -> ItemDialog:
        """Open the form of one entry; what is agreed to in it is taken over."""
        from zoneeval_ui.pages.policies.item_dialog import ItemDialog

        dialog = ItemDialog(item, self.text if text is None else text, self.window())

        def finished(code: int) -> None:
            if code == ItemDialog.DialogCode.Accepted:
                self._replace(dialog.text)
            dialog.deleteLater()

        dialog.finished.connect(finished)
        dialog.open()
        return dialog

    def _adding(self, form: Form) -> QHBoxLayout:
        row = QHBoxLayout()
        choice = ComboBox(f"addIndicator-{form.track}", self.tr("要增加的指标"))
        for key, label in form.addable:
            choice.addItem(label, key)
        button = self._button(f"add-{form.track}", self.tr("增加指标"))
        button.clicked.connect(lambda: self._added(form.track or 0, choice.currentData()))
        row.addWidget(choice)
        row.addWidget(button)
        row.addStretch(1)
        return row

    def _added(self, track: int, key: str) -> None:
        from zoneeval.policy.editing import add_indicator

        self._replace(add_indicator(self.text, track, key, 10))

    def _apply(self, change: Change) -> None:
        try:
            self._replace(change(self.text))
        except UserError as error:
            self._failed(error)

    def _replace(self, text: str) -> None:
        """Take over a text with other rows; the tables are made anew after the click."""
        self.text, self._wrong = text, {}
        self.save_button.setEnabled(False)
        QTimer.singleShot(0, self, self._rebuild)
        self._timer.start()

    def _rebuild(self) -> None:
        """Make the tables anew and stay at the place to which they were scrolled."""
        area = self.tables.findChild(QScrollArea)
        if area is None:
            self._build()
            return
        bar = area.verticalScrollBar()
        place = bar.value()

        def back(_low: int, high: int) -> None:
            bar.setValue(min(place, high))

        bar.rangeChanged.connect(back)
        self._build()
        QTimer.singleShot(WAIT_MS, bar, lambda: bar.rangeChanged.disconnect(back))

    def _changed(self, entry: Entry, given: Any) -> None:
        self._wrong.pop(entry.name, None)
        try:
            value = read(entry, given)
            self.text = entry.apply(self.text, value)
        except (Unreadable, UserError) as error:
            self._wrong[entry.name] = str(error)
        if entry.name.endswith("-benchmark"):
            figure = self.findChild(QLineEdit, entry.name.replace("benchmark", "figure"))
            if figure is not None:
                figure.setText("" if given == "fixed" else "1")
        self.save_button.setEnabled(False)
        self._timer.start()
        if entry.shapes and entry.name not in self._wrong:
            QTimer.singleShot(0, self, self._rebuild)

    @property
    def is_changed(self) -> bool:
        """Tell whether anything was changed since editing began."""
        return self.text != self.opened or bool(self._wrong)

    @property
    def hindrance(self) -> str:
        """Return why the text cannot be saved as it stands, "" where it can."""
        from zoneeval.policy.loader import check_policy

        faults = len(self._wrong) + len(check_policy(self.text))
        if not faults:
            return ""
        return self.tr("办法还有 {n} 处问题，改正后才能保存。").format(n=faults)

    def try_now(self) -> None:
        """Examine the text as it stands, in a job; only the newest answer is shown."""
        self._timer.stop()
        self._round += 1
        mine, text, before, basis = self._round, self.text, self.before, self._basis
        context = self._page.context
        self.save_button.setEnabled(False)
        self._page.session.read(
            lambda ws, _progress: try_text(
                ws, text, before, basis, context.year, context.zone or None
            ),
            lambda trial: self._show(trial) if mine == self._round else None,
            title=self.tr("正在试算"),
            on_failure=self._failed,
        )

    def stop(self) -> None:
        """Examine nothing any more: editing has ended."""
        self._timer.stop()
        self._round += 1

    def try_now_if_shown(self) -> None:
        """Examine again after a failure, so that it can be saved once more."""
        if self.isVisible():
            self.try_now()

    def look_again(self) -> None:
        """Examine again with other data: year or zone are not what they were."""
        self._basis = None
        self.try_now()

    def _failed(self, error: BaseException) -> None:
        words = str(error) if isinstance(error, UserError) else self.tr("程序内部出错。")
        self.faults.setText(words)
        set_tone(self.faults, Tone.C)

    def _show(self, trial: Trial) -> None:
        self.trial, self._basis = trial, trial.basis
        faults = self.list_faults(trial.faults, trial.places)
        if faults:
            self.effect.setText(self.tr("改正上面的问题后，这里显示哪些企业的类别会变。"))
        elif trial.effect is None:
            self.effect.setText(trial.reason)
        else:
            changed = [row.move for row in trial.effect.changed]
            up = sum(move.rise > 0 for move in changed)
            down = sum(move.rise < 0 for move in changed)
            words = self.tr("{all} 户中 {n} 户的类别会变：{up} 户上升，{down} 户下降。")
            total = len(trial.effect.rows)
            self.effect.setText(words.format(all=total, n=len(changed), up=up, down=down))
        none = self.tr("没有企业的类别会变") if trial.effect and not faults else ""
        self.moved.set_empty_text(none)
        shown = trial.effect.changed if trial.effect and not faults else ()
        self.moved.set_table(self._moves(shown) if shown else TableData((), {}))
        self.save_button.setEnabled(not faults and trial.text == self.text)

    def list_faults(self, words: Sequence[str], places: Sequence[Path]) -> list[FaultLine]:
        """Show what is wrong with what was typed and with the text; each leads to its entry."""
        lines = [
            FaultLine(said, partial(self.go_to_entry, name)) for name, said in self._wrong.items()
        ]
        forms, text = self.forms(), self.text
        for said, path in zip(words, places, strict=True):
            place = place_of(forms, path, text)
            lines.append(FaultLine(said, partial(self.go_to, place) if place else None))
        if isinstance(self.faults, FaultList):
            self.faults.show_faults(lines, self.tr("没有问题，可以保存。"))
        return lines

    def go_to(self, place: Place) -> None:
        """Show the entry at a place; it has the focus then."""
        button = f"edit-{place.form.title}-{place.row}"
        if place.item is not None:
            self._show_widget(button)
            self.open_item(place.item).go_to(place.entry)
        elif place.entry:
            self.go_to_entry(place.entry)
        elif not self._show_widget(button) and place.form.adder is not None:
            self._show_widget(place.form.adder.name)

    def go_to_entry(self, name: str) -> None:
        """Give the focus to an entry of the tables."""
        self._show_widget(name)

    def _show_widget(self, name: str) -> bool:
        widget, area = self.tables.findChild(QWidget, name), self.tables.findChild(QScrollArea)
        if widget is None or area is None:
            return False
        area.ensureWidgetVisible(widget, 0, current_theme().px(80))
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _moves(self, rows: Sequence[Compared]) -> TableData:
        columns = (
            Column("change", self.tr("变化"), width=4),
            Column("name", self.tr("企业名称"), width=15),
            Column("driver", self.tr("变动最大的一项"), width=12),
            Column("zone", self.tr("园区"), width=10),
        )
        moves = [row.move for row in rows]
        values = {
            "change": [f"{move.before or '—'}→{move.after or '—'}" for move in moves],
            "name": [move.name for move in moves],
            "driver": [row.driver for row in rows],
            "zone": [move.zone for move in moves],
        }
        tints = {
            (at, "change"): TINTS[move.direction]
            for at, move in enumerate(moves)
            if move.direction in TINTS
        }
        return TableData(columns, values, ids=[move.uscc for move in moves], tints=tints)

    def _save(self) -> None:
        self.save_button.setEnabled(False)
        self.saving.emit(self.text, self.note.text())
