"""The sentences of 导入."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from zoneeval_ui.pages.importing.content import CheckedImport, StoredImport

translate = QCoreApplication.translate
MOST_NAMES = 3


def what_can_come() -> str:
    """Return what the page takes."""
    return translate(
        "Import",
        "企业名录、税务、统计、自然资源、供电、生态环境、资质与事件、园区指标、星级目标、参评名单；"
        "可以一次选多个文件。先检查，您确认后才保存。",
    )


def next_step(found: CheckedImport | None, stored: StoredImport | None) -> str:
    """Return the text of the primary button."""
    if stored is not None:
        if stored.versions or stored.decisions:
            return translate("Import", "去评价")
        return translate("Import", "查看园区星级")
    if found is None:
        return translate("Import", "选择表格…")
    if found.enterprises:
        return translate("Import", "提交 {n} 户").format(n=found.enterprises)
    if found.zone_figures:
        return translate("Import", "提交 {n} 条园区数据").format(n=found.zone_figures)
    if found.decisions:
        return translate("Import", "提交 {n} 条参评决定").format(n=found.decisions)
    return translate("Import", "提交")


def sentence(found: CheckedImport | None, stored: StoredImport | None) -> str:
    """Return where things stand and what comes next."""
    if stored is not None:
        next_is = bool(stored.versions or stored.decisions)
        return translate("Import", "已保存；下一步：评价。") if next_is else ""
    if found is None:
        return translate("Import", "选择部门报来的表格；先检查，确认后才保存。")
    return _what_was_read(found) + _what_to_do(found)


def _what_was_read(found: CheckedImport) -> str:
    if not found.sheets:
        return translate("Import", "没有识别到可导入的数据。")
    return translate("Import", "{files} 份表、{sheets} 个工作表，可用 {rows} 行；").format(
        files=len(found.order.paths), sheets=len(found.sheets), rows=found.accepted
    )


def _what_to_do(found: CheckedImport) -> str:
    if found.blocked and found.order.set_aside:
        return translate("Import", "仍有不能搁置的阻断问题，请改正后重新选择。")
    if found.blocked:
        return translate("Import", "{n} 处阻断：可在表中修改、发回部门，或暂不导入。").format(
            n=found.blocking
        )
    if not found.can_commit:
        return translate("Import", "请检查文件是否选对。")
    if found.set_aside:
        return translate("Import", "{n} 户暂不导入，其余可以提交。").format(n=len(found.set_aside))
    if found.issues:
        return translate("Import", "没有阻断，另有 {n} 条提示；可以提交。").format(
            n=len(found.issues)
        )
    return translate("Import", "没有问题，可以提交。")


def not_kept(found: CheckedImport) -> str:
    """Return why the import is not, or not wholly, kept as a draft; "" where it is."""
    if found.not_kept:
        return translate("Import", "草稿没有保存，关闭程序后要重新选择表格：{why}").format(
            why=found.not_kept
        )
    if found.kept is not None and not found.kept.whole:
        return translate(
            "Import", "表格太大，草稿中只记下了文件的位置；提交之前请不要移动这些文件。"
        )
    return ""


def files(paths: Sequence[str]) -> str:
    """Return the names of the first files and how many there are."""
    names = "、".join(Path(path).name for path in paths[:MOST_NAMES])
    if len(paths) <= MOST_NAMES:
        return names
    return translate("Import", "{names} 等 {n} 个文件").format(names=names, n=len(paths))


def stored(outcome: StoredImport) -> tuple[str, str]:
    """Return title and text of what was stored."""
    decided = translate("Import", "{n} 条参评决定").format(n=outcome.decisions)
    if not outcome.versions and not outcome.zone_figures and outcome.decisions:
        return translate("Import", "已保存 {what}").format(what=decided), translate(
            "Import", "重新评价后生效；可以撤销。"
        )
    if not outcome.versions:
        title = translate("Import", "已保存 {n} 条园区数据").format(n=outcome.zone_figures)
        return title, ""
    title = translate("Import", "已保存 {n} 户企业的数据").format(n=outcome.enterprises)
    lines = [
        translate("Import", "{year} 年度数据第 {version} 版，共 {n} 户。").format(
            year=v.year, version=v.version, n=v.enterprises
        )
        for v in outcome.versions
    ]
    if outcome.zone_figures:
        lines.append(translate("Import", "另有 {n} 条园区数据。").format(n=outcome.zone_figures))
    if outcome.decisions:
        lines.append(translate("Import", "另有 {what}。").format(what=decided))
    if outcome.set_aside:
        names = "、".join(outcome.set_aside[:MOST_NAMES])
        lines.append(
            translate("Import", "暂未导入 {n} 户：{names}。").format(
                n=len(outcome.set_aside),
                names=names + ("…" if len(outcome.set_aside) > MOST_NAMES else ""),
            )
        )
    lines.append(translate("Import", "以前的版本仍保留，可以撤销。"))
    return title, "".join(lines)
