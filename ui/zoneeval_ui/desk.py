"""Joins window and session: which file is open, what can be chosen, what is stale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from zoneeval.errors import UserError, WorkspaceLockedError
from zoneeval.progress import Progress
from zoneeval_ui.session import Session
from zoneeval_ui.shell import ActionSpec, Choice, Context, MainWindow, PaletteItem

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

DEFAULT_POLICY = "zhengzhou-2018"
FEW = 5
"""Of so many enterprises that are found the years are offered too."""


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """A policy, shipped or the office's own, as the context bar offers it."""

    id: str
    title: str
    note: str
    certainty: str
    missing: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen in the open workspace; ``enterprises`` are code and name.

    ``years`` are the newest first; ``newest`` is the newest that has enterprises.
    """

    zones: tuple[str, ...]
    years: tuple[int, ...]
    newest: int | None
    policies: tuple[PolicyEntry, ...]
    last_policy: str | None
    enterprises: tuple[tuple[str, str], ...]
    last_backup: datetime | None


def read_offer(workspace: Workspace, _progress: Progress) -> Offer:
    """Return what the workspace lets the user choose; runs in the worker."""
    from zoneeval_db import operations

    years = tuple(sorted(operations.years(workspace), reverse=True))
    runs = operations.runs(workspace)
    entries = []
    for policy in operations.policies(workspace):
        certainty = ""
        if policy.has_illustrative:
            certainty = "办法部分数值为示意"
        elif policy.missing:
            certainty = "办法部分内容未见原文"
        entries.append(
            PolicyEntry(
                policy.id, policy.name, policy.status.label, certainty, "\n".join(policy.missing)
            )
        )
    enterprises: tuple[tuple[str, str], ...] = ()
    versions = (operations.latest_dataset(workspace, year) for year in years)
    latest = next((version for version in versions if version is not None), None)
    if latest is not None:
        dataset = operations.load_dataset(workspace, latest.id)
        codes, names = dataset.text("uscc"), dataset.text("name")
        enterprises = tuple(zip(codes.tolist(), names.tolist(), strict=True))
    return Offer(
        tuple(operations.zones(workspace)),
        years,
        latest.year if latest else None,
        tuple(entries),
        runs[0].policy_id if runs else None,
        enterprises,
        operations.last_backup(workspace.path),
    )


class Desk(QObject):
    """Opens files, fills the context bar, and lets pages load again after changes."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self.window = window
        self.session = session
        self.offer: Offer | None = None
        window.new_requested.connect(
            lambda path: window.leave_then(lambda: session.create(Path(path)))
        )
        window.open_requested.connect(
            lambda path: window.leave_then(lambda: session.open(Path(path)))
        )
        window.context_changed.connect(self._remember)
        window.add_search(self._find_enterprise)
        window.actions_table.add(
            [
                ActionSpec(
                    "sample",
                    self.tr("打开示例…"),
                    self.tr("文件"),
                    lambda: window.leave_then(self.open_sample),
                    separator=True,
                )
            ]
        )
        session.opened.connect(self._opened)
        session.refused.connect(self._refused)
        session.warned.connect(window.show_failure)
        session.changed.connect(self.reload_choices)

    def open_sample(self) -> None:
        """Ask for a folder, do the whole job on the sample data there, and open it."""
        folder = self.ask_folder()
        if folder is None:
            return

        def work(progress: Progress) -> Path:
            from zoneeval_db import operations

            return operations.demo(folder, progress).workspace

        self.session.runner.run(
            work, title=self.tr("正在准备示例"), on_success=lambda path: self.session.open(path)
        )

    def ask_folder(self) -> Path | None:
        """Ask where the sample shall be written."""
        chosen = QFileDialog.getExistingDirectory(self.window, self.tr("把示例放在哪个文件夹"))
        return Path(chosen) / self.tr("园区评价示例") if chosen else None

    def _refused(self, path: Path, error: UserError) -> None:
        """Tell why a file was not opened; offer to read it where that is possible."""
        if not isinstance(error, WorkspaceLockedError):
            self.window.show_failure(error)
            return
        box = QMessageBox(self.window)
        box.setObjectName("lockedFile")
        box.setIcon(QMessageBox.Icon.Information)
        box.setText(str(error))
        reading = box.addButton(self.tr("以只读方式打开"), QMessageBox.ButtonRole.AcceptRole)
        reading.setObjectName("openReadOnly")
        reading.clicked.connect(lambda: self.session.open(path, read_only=True))
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _opened(self, path: str) -> None:
        self.offer = None
        self.window.set_workspace(path)
        self.window.context_bar.set_read_only(self.session.read_only)
        if self.session.read_only:
            self.window.status.set_saved(self.tr("只读"))
        self.window.set_context(Context())
        self.reload_choices()

    def reload_choices(self) -> None:
        """Read again what can be chosen, then let every page load again."""
        self.session.read(read_offer, self._offered)

    def _offered(self, offer: Offer) -> None:
        self.offer = offer
        when = offer.last_backup
        self.window.status.set_backup(
            self.tr("备份 {time}").format(time=when.astimezone().strftime("%m-%d %H:%M"))
            if when
            else self.tr("尚无备份")
        )
        bar = self.window.context_bar
        zones = [Choice("", self.tr("全部园区")), *(Choice(z, z) for z in offer.zones)]
        years = [Choice(y, self.tr("{year} 年度").format(year=y)) for y in offer.years]
        policies = [Choice(p.id, p.title, p.note) for p in offer.policies]
        bar.set_choices(zones, years, policies)
        context = self._fitting(self.window.context, offer)
        self._show_certainty(context)
        if context != self.window.context:
            self.window.set_context(context)
        else:
            bar.set_context(context)
            self.window.mark_stale()

    def _fitting(self, context: Context, offer: Offer) -> Context:
        """Keep what is still there; fall back to the last choice, then to the newest."""
        known = {p.id for p in offer.policies}
        stored = str(QSettings().value("context/policy", ""))
        policy = next(
            p
            for p in (context.policy, offer.last_policy, stored, DEFAULT_POLICY)
            if p and p in known
        )
        year = context.year if context.year in offer.years else offer.newest
        if year is None:
            year = next(iter(offer.years), None)
        zone = context.zone if context.zone in offer.zones else ""
        return replace(context, zone=zone, year=year, policy=policy)

    def _remember(self, context: Context) -> None:
        if context.policy:
            QSettings().setValue("context/policy", context.policy)
        self._show_certainty(context)

    def _show_certainty(self, context: Context) -> None:
        entries = self.offer.policies if self.offer else ()
        entry = next((p for p in entries if p.id == context.policy), None)
        self.window.context_bar.set_certainty(
            entry.certainty if entry else "", entry.missing if entry else ""
        )

    def _find_enterprise(self, text: str) -> list[PaletteItem]:
        if not text or self.offer is None:
            return []
        found = [
            (code, name)
            for code, name in self.offer.enterprises
            if text.casefold() in f"{name}{code}".casefold()
        ]
        items = [
            PaletteItem(name, code, self.tr("企业"), lambda c=code: self._show(c))  # type: ignore[misc]
            for code, name in found[:20]
        ]
        years = [
            PaletteItem(
                self.tr("{name}历年情况").format(name=name),
                code,
                self.tr("历年"),
                lambda c=code: self._show_years(c),  # type: ignore[misc]
            )
            for code, name in found[:FEW]
        ]
        return items + years

    def _show(self, uscc: str) -> None:
        page = self.window.go_to("enterprises")
        select = getattr(page, "select_enterprise", None)
        if select is not None:
            select(uscc)

    def _show_years(self, uscc: str) -> None:
        from zoneeval_ui.pages.enterprises.years import open_years

        open_years(self.window, self.session, uscc)
