"""What an enterprise has to do with others: read for the pane, changed through the forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from zoneeval.model.matching import ALIAS_WORDS
from zoneeval.model.merging import GROUP_WORDS, SUCCESSION_WORDS, Succession
from zoneeval_ui.pages.enterprises.changes import ChangeDialog, ChangeEntry
from zoneeval_ui.pages.enterprises.merging import MergeDialog, MergeEntry

if TYPE_CHECKING:
    from zoneeval_db.operations import Alias, MarkedGroup
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.enterprises.content import EnterprisesContent
    from zoneeval_ui.pages.enterprises.detail import EnterpriseDetail
    from zoneeval_ui.pages.enterprises.page import EnterprisesPage

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class RemovalEntry:
    """A record to take back: a succession by its old code, or an alias by its kind."""

    kind: str
    key: str

    def store(self, workspace: Workspace) -> None:
        """Take the record back in the workspace; for the worker."""
        from zoneeval_db import operations

        if self.kind == "succession":
            operations.remove_succession(workspace, self.key)
        else:
            operations.forget_alias(workspace, self.kind, self.key)


@dataclass(frozen=True, slots=True)
class Relations:
    """Successions from and to an enterprise, its group, and what else it is called."""

    successions: tuple[Succession, ...] = ()
    group: MarkedGroup | None = None
    aliases: tuple[Alias, ...] = ()

    def sentences(self, uscc: str) -> list[tuple[str, RemovalEntry | None]]:
        """Return one sentence per relation, with what takes it back."""
        out: list[tuple[str, RemovalEntry | None]] = []
        for step in self.successions:
            day = f"（{step.effective_on}）" if step.effective_on else ""
            word = SUCCESSION_WORDS[step.kind]
            text = (
                translate("Enterprises", "{word}{day}：已由 {code} 承接").format(
                    word=word, day=day, code=step.new
                )
                if step.old == uscc
                else translate("Enterprises", "{word}{day}：承接 {code}").format(
                    word=word, day=day, code=step.old
                )
            )
            out.append((text, RemovalEntry("succession", step.old)))
        if self.group is not None:
            kind = GROUP_WORDS[self.group.kind]
            if self.group.lead.uscc == uscc:
                names = "、".join(m.name for m in self.group.members)
                text = translate("Enterprises", "合并评价（{kind}）：牵头，并入 {names}")
                out.append((text.format(kind=kind, names=names), None))
            else:
                text = translate("Enterprises", "合并评价（{kind}）：并入 {name}")
                out.append((text.format(kind=kind, name=self.group.lead.name), None))
        for alias in self.aliases:
            text = translate("Enterprises", "记住的{kind}：{alias}")
            words = text.format(kind=ALIAS_WORDS[alias.kind], alias=alias.alias)
            out.append((words, RemovalEntry(alias.kind, alias.alias)))
        return out


def read_relations(workspace: Workspace, year: int, uscc: str) -> Relations:
    """Return the relations of an enterprise in a year."""
    from zoneeval_db import operations

    steps = tuple(s for s in operations.successions(workspace) if uscc in (s.old, s.new))
    groups = operations.merged_groups(workspace, year)
    inside = (g for g in groups if uscc in (g.lead.uscc, *(m.uscc for m in g.members)))
    known = tuple(a for a in operations.aliases(workspace) if a.uscc == uscc)
    return Relations(steps, next(inside, None), known)


class RelationForms(QObject):
    """Shows the forms for the selected enterprise and stores what was filled in."""

    def __init__(self, page: EnterprisesPage) -> None:
        super().__init__(page)
        self._page = page

    def ask_change(self, detail: EnterpriseDetail, others: list[tuple[str, str]]) -> (
        ChangeEntry | None
    ):  # fmt: skip
        """Show the form of changes; None where it was cancelled."""
        dialog = ChangeDialog(detail.uscc, detail.name, others, self._page)
        return dialog.entry() if dialog.exec() else None

    def ask_merge(
        self,
        year: int,
        lead: tuple[str, str],
        others: list[tuple[str, str]],
        group: MarkedGroup | None,
    ) -> MergeEntry | None:
        """Show the form of merged evaluation; None where it was cancelled."""
        dialog = MergeDialog(year, lead, others, group, self._page)
        return dialog.entry() if dialog.exec() else None

    def change(self, detail: EnterpriseDetail, content: EnterprisesContent) -> None:
        """Record what became of an enterprise."""
        entry = self.ask_change(detail, _named(content))
        if entry is not None:
            self._store(entry, detail.uscc, self.tr("正在登记变更"))

    def merge(self, detail: EnterpriseDetail, content: EnterprisesContent) -> None:
        """Mark who is evaluated together; of a member, the form is its lead's."""
        group = detail.relations.group
        lead = (detail.uscc, detail.name)
        if group is not None:
            lead = (group.lead.uscc, group.lead.name)
        entry = self.ask_merge(content.year, lead, _named(content, lead[0]), group)
        if entry is not None:
            self._store(entry, detail.uscc, self.tr("正在保存合并评价"))

    def remove(self, entry: RemovalEntry, uscc: str) -> None:
        """Take a record back; it can be undone like every change."""
        self._store(entry, uscc, self.tr("正在取消登记"))

    def _store(self, entry: ChangeEntry | MergeEntry | RemovalEntry, uscc: str, title: str) -> None:
        page = self._page
        page.select_later(uscc)
        page.session.change(
            lambda ws, _progress: entry.store(ws),
            lambda _nothing: None,
            title=title,
            on_failure=lambda error: page.window_shell.show_failure(error, self.tr("企业变更")),
        )


def _named(content: EnterprisesContent, beside: str = "") -> list[tuple[str, str]]:
    """Return code and name of the enterprises; of the zone of ``beside`` where given."""
    dataset = content.dataset
    rows = zip(dataset.text("uscc"), dataset.text("name"), dataset.text("zone"), strict=True)
    found = [(str(code), str(name or code), zone) for code, name, zone in rows]
    place = next((zone for code, _, zone in found if code == beside), None)
    return [(code, name) for code, name, zone in found if not beside or zone == place]
