"""Which tariff the user works with: own ones in all versions, then the shipped ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from zoneeval.errors import PolicyError

if TYPE_CHECKING:
    from zoneeval.policy.tariff import Tariff
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.policies.content import Part

SETTING = "lists/tariff"
DEFAULT_TARIFF = "henan"


@dataclass(frozen=True, eq=False)
class TariffText:
    """One tariff: its text, and what it says; ``tariff`` is None where it has ``faults``.

    ``version`` is None for a shipped one.
    """

    id: str
    title: str
    text: str
    head: str
    tariff: Tariff | None
    parts: tuple[Part, ...] = ()
    version: int | None = None
    faults: str = ""

    @property
    def is_own(self) -> bool:
        """Tell whether the office made it."""
        return self.version is not None

    @property
    def ref(self) -> str:
        """Return what names this version."""
        return self.id if self.version is None else f"{self.id}@{self.version}"

    @property
    def words(self) -> str:
        """Return version or origin, and how many rates it has."""
        origin = "随程序提供" if self.version is None else f"第 {self.version} 版"
        if self.tariff is None:
            return f"{origin}，有问题"
        count = len(self.tariff.rates)
        return f"{origin}，{f'{count} 条标准' if count else '没有标准'}"


def chosen_tariff(settings: QSettings) -> str:
    """Return the tariff chosen last."""
    return str(settings.value(SETTING, DEFAULT_TARIFF) or DEFAULT_TARIFF)


def remember_tariff(settings: QSettings, ref: str) -> None:
    """Keep the tariff chosen."""
    settings.setValue(SETTING, ref)


def read_tariffs(ws: Workspace) -> list[TariffText]:
    """Return every version of the own tariffs, newest first, then the shipped ones."""
    from zoneeval.policy.loader import list_tariffs, parse_tariff
    from zoneeval_db import operations
    from zoneeval_ui.pages.policies.tables import tariff_parts
    from zoneeval_ui.pages.wording import full_time

    out = []
    for own in operations.own_tariffs(ws):
        for held in own.versions:
            saved = f"第 {held.version} 版，{full_time(held.created_at)} 保存"
            head = f"{saved}：{held.note}" if held.note else saved
            words, tariff = "", None
            parts: tuple[Part, ...] = ()
            try:
                tariff = parse_tariff(held.text, held.title)
                parts = tuple(tariff_parts(tariff))
            except PolicyError as error:
                words = str(error)
            out.append(
                TariffText(own.id, held.title, held.text, head, tariff, parts, held.version, words)
            )
    for one in list_tariffs():
        parts = tuple(tariff_parts(one))
        out.append(TariffText(one.id, one.title, one.text, "随程序提供，只读", one, parts))
    return out


def known_tariff(tariffs: list[TariffText], ref: str) -> TariffText:
    """Return the tariff where it is there and sound, else that of the id, else the usual one."""
    sound = [one for one in tariffs if one.tariff is not None]
    for wanted in (ref, DEFAULT_TARIFF):
        for one in sound:
            if wanted in (one.ref, one.id):
                return one
    return sound[0]
