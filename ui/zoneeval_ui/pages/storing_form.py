"""A form of a page that stays open until what it asks for is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt

from zoneeval.errors import UserError
from zoneeval_ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from zoneeval_ui.pages.saving import Saving
    from zoneeval_ui.session import Work


class SavingPage(Protocol):
    """A page that stores."""

    saving: Saving

    def window(self, /) -> QWidget:
        """Return the window that the form stands over."""
        ...


class StoringForm(FormDialog):
    """A form that stores in a job, then closes.

    Subclasses say in :meth:`work` what is stored; a refusal is shown below the fields,
    nothing typed is lost.
    """

    def __init__(self, page: SavingPage, name: str, title: str, head: str) -> None:
        super().__init__(page.window(), name, title, head)
        self._saving = page.saving
        self._storing = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    # -- what a form overrides ---------------------------------------------------------

    def work(self) -> Work:
        """Return what stores the entry, for the worker."""
        raise NotImplementedError

    def said(self, _value: Any) -> str:
        """Return what to say when it is stored."""
        return self.tr("已保存。")

    def arrived(self, _value: Any) -> None:
        """Follow what was stored, such as to another run; nothing where not overridden."""

    def undoable(self) -> bool:
        """Tell whether what is stored can be taken back."""
        return True

    # -- saving ------------------------------------------------------------------------

    def store(self) -> None:
        """Store the entry in a job, then close; a refusal is shown and the form stays."""
        if self.lacking() or self._storing:
            return
        self._storing = True
        self.save.setEnabled(False)
        self._saving.store(
            self.work(),
            self.windowTitle(),
            self.said,
            stored=self._stored,
            failed=self._failed,
            undoable=self.undoable(),
        )

    def reject(self) -> None:
        """Close without storing; not while it is being stored."""
        if not self._storing:
            super().reject()

    def _stored(self, value: Any) -> None:
        self._storing = False
        self.arrived(value)
        self.accept()

    def _failed(self, error: BaseException | None) -> None:
        self._storing = False
        self.save.setEnabled(True)
        if isinstance(error, UserError):
            self.show_fault(str(error))
