"""What a list adds, takes off and changes against the list in force, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.model.utility_list import LineChange, ListChanges, ListLine, UtilityList

_TERMS = ("标准", "单位", "执行起", "执行止", "依据文号")


def list_changes(
    before: UtilityList | None,
    after: UtilityList,
    evaluation: Evaluation,
    *,
    against: int | None = None,
    document: str = "",
    codes: Mapping[str, str] | None = None,
) -> ListChanges:
    """Return the changes from one list to the next, each with its reason.

    ``evaluation`` holds the final classes behind ``after``; ``codes`` are credit codes
    given up since, with those that took their place.
    """
    now = {line.key: line for line in after.charged}
    then = {}
    for line in before.charged if before else ():
        recoded = _recoded(line, codes or {})
        then[recoded.key] = recoded
    old, new = _Index(before), _Index(after)
    changes = [
        LineChange("added", None, line, _why_added(line, old))
        for key, line in now.items()
        if key not in then
    ]
    changes += [
        LineChange("removed", line, None, _why_removed(line, new, evaluation))
        for key, line in then.items()
        if key not in now
    ]
    for key, line in now.items():
        if key in then and (words := _difference(then[key], line)):
            changes.append(LineChange("changed", then[key], line, words))
    changed = sum(one.kind == "changed" for one in changes)
    return ListChanges(against, document, tuple(changes), len(set(now) & set(then)) - changed)


def _recoded(line: ListLine, codes: Mapping[str, str]) -> ListLine:
    parts = [codes.get(code, code) for code in line.uscc.split("、")]
    return replace(line, uscc="、".join(parts))


class _Index:
    """What is looked up in a list for each of its lines."""

    def __init__(self, content: UtilityList | None) -> None:
        self.is_none = content is None
        self.utility = content.utility if content else ""
        lines = content.lines if content else ()
        shared = content.shared if content else ()
        self.lines = {line.key: line for line in lines}
        self.codes = {code for line in lines for code in line.uscc.split("、")}
        self.missing = {line.uscc for line in content.missing} if content else set()
        self.shared = {one.line.key for one in shared}


def _why_added(line: ListLine, before: _Index) -> str:
    if before.is_none:
        return "没有在执行的名单"
    if line.key in before.lines:
        return "原来未执行，现按标准执行"
    if line.key in before.shared:
        return "原为合用户号"
    if not before.codes & set(line.uscc.split("、")):
        return f"列入{line.grade}类"
    return "企业已在名单，新增户号或种类"


def _why_removed(line: ListLine, after: _Index, evaluation: Evaluation) -> str:
    other = after.lines.get(line.key)
    if other is not None:
        return other.remark or "价格表中没有适用的标准"
    if line.key in after.shared:
        return "现为合用户号，不能按户号整体执行"
    reasons = []
    for code in line.uscc.split("、"):
        row = evaluation.row_of(code)
        if row is None:
            reasons.append("本年评价中没有该企业")
            continue
        grade = evaluation.grade[row]
        if not grade:
            state = Participation(str(evaluation.participation[row])).label
            reasons.append(f"本年没有类别（{state}）")
        elif grade not in line.grade.split("、"):
            reasons.append(f"类别由{line.grade}类变为{grade}类")
        elif code in after.missing:
            reasons.append(f"仍为{grade}类，本年数据中没有{after.utility}户号")
        elif code in after.codes:
            reasons.append(f"仍为{grade}类，本年数据中没有该户号")
        else:
            reasons.append(f"仍为{grade}类，价格表中没有适用的标准")
    return "；".join(dict.fromkeys(reasons))


def _difference(before: ListLine, after: ListLine) -> str:
    """Return what is different in words, "" where nothing is that counts.

    The years in the class alone change nothing that is carried out.
    """
    words = []
    for label, old, new in zip(_TERMS, before.terms, after.terms, strict=True):
        if old != new:
            words.append(f"{label}由 {_shown(old)} 变为 {_shown(new)}")
    if before.grade != after.grade:
        words.append(f"类别由 {before.grade} 变为 {after.grade}")
    if before.uscc != after.uscc:
        words.append(f"企业由 {before.enterprise} 变为 {after.enterprise}")
    elif before.enterprise != after.enterprise:
        words.append(f"企业名称由 {before.enterprise} 变为 {after.enterprise}")
    if (before.account_name or "") != (after.account_name or ""):
        words.append(f"户名由 {_shown(before.account_name)} 变为 {_shown(after.account_name)}")
    return "；".join(words)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return str(value) if value else "（空）"
