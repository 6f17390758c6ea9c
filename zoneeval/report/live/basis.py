"""What the sheets of formulas are built from: rows in blocks, raw data, derived figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from zoneeval.expressions import Expression, parse
from zoneeval.expressions.excel import NotRenderableError, Renderer, guarded
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.model.fields import FIELDS
from zoneeval.policy.grading_schema import formulas_of
from zoneeval.policy.schema import Indicator, Policy, Track
from zoneeval.report.live.sheet import HERE, Grid, Parameters
from zoneeval.report.workbook.columns import Kind

COMPOSITE = "composite_score"
RANKED = (Participation.EVALUATED.value, Participation.UNGRADED.value)


@dataclass(frozen=True)
class Block:
    """A track's consecutive rows, and those of each of its groups."""

    track: Track
    rows: range
    groups: tuple[range, ...]


@dataclass
class Live:
    """The workbook under construction; row n of every grid is ``source[n]`` in the run.

    ``said`` collects what could not be put into formulas.
    """

    policy: Policy
    evaluation: Evaluation
    dataset: Dataset
    source: list[int]
    places: list[int]
    blocks: list[Block]
    raw: Grid
    process: Grid
    parameters: Parameters
    said: list[str] = field(default_factory=list)

    def ref(self, name: str) -> str:
        """Return the cell of a field, derived figure, points or composite in the own row."""
        if name in self.process.at:
            return self.process.here(name, HERE)
        if name in self.raw.at:
            return self.raw.there(name, HERE)
        raise NotRenderableError(name)

    @property
    def renderer(self) -> Renderer:
        """Return what puts the policy's formulas into every row alike."""
        year = self.dataset.year or self.policy.year
        return Renderer(self.ref, self.parameters.cell("全部", "数据年度", "年", year))

    def formula_of(self, item: Indicator) -> str:
        """Return the formula or field that gave an indicator's values."""
        info = next(i for i in self.evaluation.indicators if i.key == item.key)
        if item.first_available:
            return info.formula or item.key
        return item.formula or item.key

    def give_values(self, key: str, heading: str, rows: range, values: Iterable[float]) -> None:
        """Fill a column with the run's own values, and say so."""
        column = self.process.add(key, heading)
        for row, value in zip(rows, values, strict=True):
            column[row] = value
        said = f"“{heading}”为程序算出的数值，不是公式"
        if said not in self.said:
            self.said.append(said)


def ordered_rows(
    policy: Policy, evaluation: Evaluation, dataset: Dataset, places: list[int | None]
) -> list[int]:
    """Return the ranked rows by track and group, inside it as the engine orders equals."""
    turn = np.empty(dataset.size, dtype=np.int64)
    turn[dataset.order] = np.arange(dataset.size)
    tracks = {track.id: number for number, track in enumerate(policy.tracks)}
    rows = [
        row
        for row in range(evaluation.size)
        if str(evaluation.participation[row]) in RANKED and places[row] is not None
    ]
    return sorted(
        rows,
        key=lambda row: (
            tracks[str(evaluation.track[row])],
            str(evaluation.group[row]),
            int(turn[places[row] or 0]),
        ),
    )


def blocks_of(policy: Policy, evaluation: Evaluation, source: list[int]) -> list[Block]:
    """Return the tracks' rows in the order of ``source``."""
    blocks = []
    numbered = range(len(source))
    for track_id, rows in groupby(numbered, lambda n: evaluation.track[source[n]]):
        mine = list(rows)
        groups = []
        for _, members in groupby(mine, lambda n: str(evaluation.group[source[n]])):
            group = list(members)
            groups.append(range(group[0], group[-1] + 1))
        track = next(t for t in policy.tracks if t.id == track_id)
        blocks.append(Block(track, range(mine[0], mine[-1] + 1), tuple(groups)))
    return blocks


def add_fields(live: Live) -> None:
    """Put every raw field that the policy asks for on 原始数据, and derived ones in formulas."""
    for name in _asked(live):
        _need(live, name)


def _asked(live: Live) -> list[str]:
    names: dict[str, None] = {}
    for block in live.blocks:
        track = block.track
        formulas = [live.formula_of(item) for item in track.indicators]
        formulas += [f for item in track.bonus for f in item.formulas]
        formulas += [track.rank_by] if track.rank_by else []
        formulas += formulas_of(track.grading)
        for formula in formulas:
            names.update(dict.fromkeys(parse(formula).fields))
    return [name for name in names if name in FIELDS]


def _need(live: Live, name: str) -> None:
    field_ = FIELDS[name]
    if name in live.process.at or name in live.raw.at:
        return
    if not field_.is_derived:
        _raw(live, name, name)
        return
    formula = parse(field_.formula)
    for part in formula.fields:
        _need(live, part)
    given = live.dataset.has(name)
    if given:
        _raw(live, name, f"given:{name}")
    text = live.renderer.cell(formula)
    if given:
        own = live.raw.there(f"given:{name}", HERE)
        text = f"IF(ISNUMBER({own}),{own},{text})"
    live.process.fill(name, field_.heading, range(live.process.size), text)


def _raw(live: Live, name: str, key: str) -> None:
    field_ = FIELDS[name]
    kind: Kind = "fine" if field_.is_number else "code"
    heading = field_.heading + ("（表中给出）" if key != name else "")
    column = live.raw.add(key, heading, "plain" if field_.kind == "flag" else kind)
    data = live.dataset.number(name) if field_.is_number else live.dataset.text(name)
    for row, place in enumerate(live.places):
        value = data[place]
        column[row] = value if value is None or isinstance(value, str) else float(value)


def cell_of(live: Live, text: str | Expression) -> str:
    """Return a formula of the policy, with a dash where it is missing."""
    expression = parse(text) if isinstance(text, str) else text
    return guarded(live.renderer.number(expression.tree))
