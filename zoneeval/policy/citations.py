"""What every rule file says about itself: where it comes from and how sure it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Rule(BaseModel):
    """Base of everything read from a rule file: frozen, and unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Status(StrEnum):
    """How far a rule file rests on documents."""

    VERIFIED = "verified"
    PARTIAL = "partial"
    ILLUSTRATIVE = "illustrative"

    @property
    def label(self) -> str:
        """Return the words the interface shows."""
        return {
            "verified": "已核实",
            "partial": "部分内容未见原文",
            "illustrative": "示意，非官方数值",
        }[self.value]


CONFIDENCE = {
    "S": "文件原文",
    "A": "政府文件或政府网站",
    "B": "报刊报道",
    "C": "转载或百科",
    "H": "官方页面或文件原文",
    "M": "新闻报道或官方解读",
    "L": "转载或镜像",
}
"""What the marks of certainty mean."""


class Citation(Rule):
    """A document a figure rests on; ``secondary`` means the original was not seen."""

    id: str
    title: str
    issuer: str = ""
    number: str = ""
    published: str = ""
    confidence: Literal["", "S", "A", "B", "C", "H", "M", "L"] = ""
    secondary: bool = False
    note: str = ""

    @property
    def origin(self) -> str:
        """Return in words what kind of source it is, "" where that is not stated."""
        return CONFIDENCE.get(self.confidence, "")

    @property
    def text(self) -> str:
        """Return the citation as it stands in a workbook."""
        head = f"《{self.title}》" if not self.title.startswith("《") else self.title
        number = f"（{self.number}）" if self.number else ""
        origin = "，转引" if self.secondary else ""
        return f"{head}{number}{origin}"


Fraction = Annotated[float, Field(ge=0, le=1)]
"""A share between 0 and 1."""


class RuleFile(Rule):
    """The head that policies, ladders and tariffs share."""

    schema_version: Annotated[int, Field(alias="schema", ge=1, le=1)]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: str
    short_title: str = ""
    issuer: str = ""
    number: str = ""
    year: int | None = None
    status: Status
    note: str = ""
    missing: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def name(self) -> str:
        """Return the short title where there is one, for narrow places."""
        return self.short_title or self.title

    def citation(self, key: str) -> Citation | None:
        """Return the citation of that id, or None."""
        return next((c for c in self.citations if c.id == key), None)

    def clause(self, cite: str, *, illustrative: bool = False) -> str:
        """Return what a figure rests on, in words; an illustrative one says so."""
        found = self.citation(cite)
        words = found.text if found else ""
        if illustrative:
            return f"示意数值，未见公布（{words}）" if words else "示意数值，未见公布"
        return words
