"""What is given out before anything is scored: lists, letters, sheets to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from zoneeval.errors import InputError, system_reason
from zoneeval.model.records import Event, Meter, Parcel
from zoneeval.progress import Progress, silent
from zoneeval_db.data.datasets import enterprise_data, latest_dataset, load_dataset
from zoneeval_db.data.details import events, meters, parcels
from zoneeval_db.data.participation import participation_decisions
from zoneeval_db.evaluating.policies import find_policy
from zoneeval_db.storage.part import TOTAL, part

if TYPE_CHECKING:
    from zoneeval.giving import Dossier, Layout, LetterHead, Template
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import DatasetVersion

Record = TypeVar("Record", Parcel, Meter, Event)


def template_departments() -> list[str]:
    """Return the departments that have a blank template."""
    from zoneeval.giving import TEMPLATES

    return [template.department for template in TEMPLATES]


def letter_departments() -> list[str]:
    """Return the departments that a letter about enterprises' values can go to."""
    return [template.department for template in _letter_templates()]


def write_template(out: Path, department: str) -> list[Path]:
    """Write the blank template of a department; raise InputError for an unknown one."""
    from zoneeval import giving

    giving.write_template(department, out)
    return [out]


def write_templates(out: Path, progress: Progress = silent) -> list[Path]:
    """Write all blank templates into the folder ``out``."""
    from zoneeval import giving

    return giving.write_templates(out, progress)


def _version(ws: Workspace, year: int) -> DatasetVersion:
    version = latest_dataset(ws, year)
    if version is None:
        raise InputError(
            f"工作文件中没有 {year} 年的企业数据，不能导出。请先导入 {year} 年的部门表格。"
        )
    return version


def dossiers(
    ws: Workspace, year: int, zone: str | None = None, only: Iterable[str] | None = None
) -> list[Dossier]:
    """Return everything stored of the enterprises of a year, computed land included.

    ``only`` limits them to some credit codes.  Raises InputError where there are none.
    """
    from zoneeval.engine.derive import derive
    from zoneeval.giving import Dossier, Given

    version = _version(ws, year)
    table = derive(load_dataset(ws, version.id, zone), ["land_area"]).dataset
    areas = dict(zip(table.text("uscc"), table.number("land_area"), strict=True))
    land = _by_code(parcels(ws, version.id))
    used = _by_code(meters(ws, version.id))
    happened = _by_code(events(ws, version.id))
    wanted = None if only is None else set(only)
    found = []
    for one in enterprise_data(ws, year, zone):
        if wanted is not None and one.uscc not in wanted:
            continue
        values = {key: Given(v.value, v.source) for key, v in one.values.items()}
        area = float(areas.get(one.uscc, float("nan")))
        if "land_area" not in values and area == area:
            values["land_area"] = Given(area)
        found.append(
            Dossier(
                one.uscc,
                one.name or "",
                one.zone or "",
                values,
                tuple(land.get(one.uscc, ())),
                tuple(used.get(one.uscc, ())),
                tuple(happened.get(one.uscc, ())),
            )
        )
    if wanted is not None and (unknown := sorted(wanted - {d.uscc for d in found})):
        raise InputError(
            f"{year} 年的数据中没有信用代码为“{unknown[0]}”的企业。请核对信用代码和年度。"
        )
    if not found:
        where = f"园区“{zone}”的" if zone else ""
        raise InputError(f"{year} 年的数据中没有{where}企业，不能导出。请检查园区名称和年度。")
    return found


def _by_code(records: Sequence[Record]) -> dict[str, list[Record]]:
    out: dict[str, list[Record]] = {}
    for record in records:
        out.setdefault(record.uscc, []).append(record)
    return out


def export_confirm(
    ws: Workspace,
    out: Path,
    year: int,
    zone: str | None = None,
    layout: Layout = "sheets",
    only: Iterable[str] | None = None,
    progress: Progress = silent,
) -> list[Path]:
    """Write a confirmation slip per enterprise; with layout ``files`` into the folder ``out``."""
    from zoneeval.giving import write_confirmations

    progress(0, TOTAL, "读取企业数据")
    mine = dossiers(ws, year, zone, only)
    return write_confirmations(out, year, mine, layout, part(progress, 10, TOTAL))


def export_land(ws: Workspace, out: Path, year: int, zone: str | None = None) -> list[Path]:
    """Write the land areas for publication."""
    from zoneeval.giving import write_land

    write_land(out, year, zone or "", dossiers(ws, year, zone))
    return [out]


def _letter_templates() -> list[Template]:
    from zoneeval.giving import TEMPLATES

    outside = ("园区指标", "星级目标", "园区季度指标", "参评名单")
    return [template for template in TEMPLATES if template.department not in outside]


def export_letters(
    ws: Workspace,
    out: Path,
    head: LetterHead,
    departments: Sequence[str] = (),
    progress: Progress = silent,
) -> list[Path]:
    """Write a letter per department into the folder ``out``.

    Without ``departments`` those of which nothing was received are left out.  Raises
    InputError for an unknown department, or one named of which nothing was received.
    """
    from zoneeval.giving import find_template, write_letter
    from zoneeval.giving.letter_table import has_values

    offered = _letter_templates()
    chosen = [find_template(name) for name in departments] or offered
    for template in chosen:
        if template not in offered:
            raise InputError(
                f"“{template.department}”不是企业数据，没有核实函。"
                f"可选：{'、'.join(t.department for t in offered)}。"
            )
    progress(0, len(chosen) + 1, "读取企业数据")
    mine = dossiers(ws, head.year, head.zone or None)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"不能建立文件夹“{out}”：{system_reason(error)}。函件每个部门一份，请换一个文件夹。"
        ) from error
    files = []
    for done, template in enumerate(chosen, 1):
        progress(done, len(chosen) + 1, f"正在写致{template.addressee}的函")
        if not has_values(template, mine):
            if departments:
                raise InputError(
                    f"{head.year} 年没有收到“{template.department}”的数据，没有可以核实的内容。"
                    "请先导入，或发空白模板请对方填报。"
                )
            continue
        path = out / f"{head.year}年度数据核实函（{template.department}）.docx"
        write_letter(path, head, template, mine)
        files.append(path)
    progress(len(chosen) + 1, len(chosen) + 1, "函件已写好")
    return files


def export_participants(
    ws: Workspace,
    out: Path,
    year: int,
    policy_ref: str | Path,
    zone: str | None = None,
    progress: Progress = silent,
) -> list[Path]:
    """Write who takes part by a policy, with the decisions made by hand so far."""
    from zoneeval import engine
    from zoneeval.giving import Participant, write_participants
    from zoneeval.model.evaluation import Participation

    policy = find_policy(ws, policy_ref)
    version = _version(ws, year)
    progress(0, TOTAL, "读取企业数据")
    dataset = load_dataset(ws, version.id, zone)
    if dataset.size == 0:
        raise InputError(f"{year} 年的数据中没有园区“{zone}”的企业。请检查园区名称。")
    states, reasons = engine.participation_of(policy, dataset)
    made = {one.uscc: one for one in participation_decisions(ws, year)}

    def text(key: str, row: int) -> str:
        return str(dataset.text(key)[row] or "")

    rows = [
        Participant(
            uscc=text("uscc", row),
            name=text("name", row),
            zone=text("zone", row),
            scale=text("scale", row),
            participation=Participation(states[row]),
            reasons=tuple(reasons[row]),
            decision=made.get(text("uscc", row)),
        )
        for row in range(dataset.size)
    ]
    progress(TOTAL // 2, TOTAL, "写参评名单")
    write_participants(out, year, zone or "", policy.title, rows)
    progress(TOTAL, TOTAL, "参评名单已写好")
    return [out]
