"""Which enterprise a row means when it does not say so by its credit code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

AliasKind = Literal["name", "organisation_code", "account"]

ALIAS_WORDS: dict[AliasKind, str] = {
    "name": "企业名称",
    "organisation_code": "组织机构代码",
    "account": "户号",
}
"""What an alias of each kind is called."""

NOT_OURS = ""
"""Decided: this name (or number) is none of the enterprises; its rows are left out."""

Aliases = Mapping[tuple[str, str], str]
"""Decisions: kind and alias → credit code, or :data:`NOT_OURS`."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One enterprise that a row may mean; ``score`` is 0 to 1, and 1 is the same name."""

    uscc: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class MatchQuestion:
    """A name (or number) that somebody must decide about, with the likeliest first.

    ``alias`` is the form to remember, ``shown`` as it stands in the table; ``rows`` are
    the rows that wait for the answer in the first sheet that has it.
    """

    kind: AliasKind
    alias: str
    shown: str
    proposals: tuple[Proposal, ...]
    file: str
    sheet: str | None
    rows: tuple[int, ...]

    def as_json(self) -> dict[str, object]:
        """Return the question in the shape of the command line's contract."""
        return {
            "kind": self.kind,
            "alias": self.alias,
            "shown": self.shown,
            "file": self.file,
            "sheet": self.sheet,
            "rows": list(self.rows),
            "proposals": [
                {"uscc": p.uscc, "name": p.name, "score": p.score} for p in self.proposals
            ],
        }
