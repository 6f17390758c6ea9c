"""The office's own tables of measures, kept in the workspace in numbered versions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError, PolicyError
from zoneeval_db.evaluating.runs import consecutive_years
from zoneeval_db.storage.rule_versions import LONGEST, OwnRules, RuleVersion, Shelf

if TYPE_CHECKING:
    from zoneeval.policy.tariff import Tariff
    from zoneeval_db.storage.workspace import Workspace

_SHELF = Shelf("tariff:", "价格表")


def own_tariffs(ws: Workspace) -> list[OwnRules]:
    """Return the tariffs of the workspace by id; what is not one is left out."""
    return _SHELF.held(ws)


def tariff_version(ws: Workspace, ref: str) -> RuleVersion | None:
    """Return the version that ``id`` (the newest) or ``id@number`` names, or None."""
    return _SHELF.version(ws, ref)


def find_tariff(ws: Workspace, ref: str | Path) -> Tariff:
    """Return an own tariff by id or id@number, else a shipped one or that of a file.

    Raises PolicyError where there is none, or it cannot be used.
    """
    from zoneeval.policy.loader import load_tariff, parse_tariff, shipped

    own = _SHELF.find(ws, str(ref), parse_tariff)
    if own is not None:
        return own
    mine = "、".join(one.id for one in own_tariffs(ws))
    if mine and Path(ref).suffix != ".toml" and str(ref) not in shipped("tariffs"):
        raise PolicyError(
            f"没有名为“{ref}”的价格表：请用自带的 {'、'.join(shipped('tariffs'))}、"
            f"本工作文件中的 {mine} 之一，或给出 .toml 文件的位置。"
        )
    return load_tariff(ref)


def tariffs(ws: Workspace) -> list[Tariff]:
    """Return every tariff that can be chosen: own ones in their newest version, then shipped."""
    from zoneeval.policy.loader import list_tariffs, parse_tariff

    return [*_SHELF.usable(ws, parse_tariff), *list_tariffs()]


def save_tariff(ws: Workspace, text: str, note: str = "") -> RuleVersion:
    """Keep a tariff as a new version of its id, in one step that can be undone.

    Raises PolicyError where it has faults or its id is that of a shipped one.  A text
    that is the newest version already is not kept twice.
    """
    from zoneeval.policy.loader import parse_tariff, shipped

    if len(text) > LONGEST:
        raise PolicyError("价格表文件超过 2 MB，不像是价格表，没有保存。")
    tariff = parse_tariff(text)
    if tariff.id in shipped("tariffs"):
        raise PolicyError(
            f"编号“{tariff.id}”是程序自带价格表的编号，不能用来保存。请把文件中的 id 改成别的编号。"
        )
    return _SHELF.keep(ws, tariff, text, note)


def delete_tariff(ws: Workspace, tariff_id: str) -> None:
    """Delete an own tariff with all its versions; lists issued with it stay.

    Raises InputError where there is none of that id.
    """
    own = _SHELF.own(ws, tariff_id)
    if own is None:
        known = "、".join(one.id for one in own_tariffs(ws)) or "还没有"
        raise InputError(f"工作文件中没有编号为“{tariff_id}”的自有价格表。已有的：{known}。")
    _SHELF.drop(ws, own)


def class_years(ws: Workspace, run_id: int, tariff: Tariff) -> dict[str, int]:
    """Return the years in the class as a tariff counts them, by credit code."""
    return consecutive_years(ws, run_id, since=tariff.counts_from, total=tariff.restart == "total")
