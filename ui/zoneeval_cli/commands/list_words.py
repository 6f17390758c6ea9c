"""What the commands about lists share: JSON and the words for changes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from zoneeval.model.utility_list import CHANGE_WORDS, IssuedList, ListChanges, ListLine
from zoneeval_cli import output


def line_json(line: ListLine) -> dict[str, Any]:
    """Return one line of a list; no rate is null."""
    return asdict(line)


def changes_json(found: ListChanges) -> dict[str, Any]:
    """Return what a list changed."""
    return {
        "against": found.against,
        "against_document": found.document or None,
        "unchanged": found.unchanged,
        **{
            kind: [
                {
                    "before": one.before and line_json(one.before),
                    "after": one.after and line_json(one.after),
                    "reason": one.reason,
                }
                for one in found.of(kind)
            ]
            for kind in CHANGE_WORDS
        },
    }


def head_json(one: IssuedList, day: str) -> dict[str, Any]:
    """Return a list without its lines."""
    return {
        "id": one.id,
        "utility": one.utility,
        "run": one.run_id,
        "zone": one.zone,
        "tariff": one.tariff,
        "issued_on": one.issued_on,
        "document": one.document,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "state": one.state_on(day),
        "withdrawn": one.withdrawn and asdict(one.withdrawn),
        "lines": len(one.content.charged),
        "not_charged": len(one.content.lines) - len(one.content.charged),
        "missing_accounts": len(one.content.missing),
        "shared_accounts": len(one.content.shared),
        "counts": {kind: len(one.changes.of(kind)) for kind in CHANGE_WORDS},
    }


def list_json(one: IssuedList, day: str) -> dict[str, Any]:
    """Return a list with its lines and what it changed."""
    return {
        **head_json(one, day),
        "accounts": [line_json(line) for line in one.content.lines],
        "without_account": [line_json(line) for line in one.content.missing],
        "shared": [
            {**line_json(x.line), "use": x.use, "users": x.users} for x in one.content.shared
        ],
        "changes": changes_json(one.changes),
    }


def tell_changes(found: ListChanges) -> None:
    """Print what a list changed, one line per enterprise and account."""
    counts = "，".join(f"{word} {len(found.of(kind))} 项" for kind, word in CHANGE_WORDS.items())
    if found.against is None:
        output.say(f"没有在执行的名单可比：{counts}。")
    else:
        output.say(
            f"与第 {found.against} 号名单（{found.document}）相比：{counts}，"
            f"不变 {found.unchanged} 项。"
        )
    if not found.changes:
        return
    shown = found.changes[: output.MOST_ROWS]
    output.say_table(
        ("变化", "企业", "户号或代码", "原标准", "现标准", "原因"),
        (
            (
                CHANGE_WORDS[one.kind],
                one.line.enterprise,
                one.line.account or one.line.uscc,
                _rate(one.before),
                _rate(one.after),
                one.reason,
            )
            for one in shown
        ),
    )
    if len(found.changes) > len(shown):
        output.say(f"共 {len(found.changes)} 项，只列前 {len(shown)} 项；全部内容请用 --json。")


def _rate(line: ListLine | None) -> str:
    if line is None or line.rate is None:
        return output.MISSING
    return f"{line.rate:g} {line.unit}"
