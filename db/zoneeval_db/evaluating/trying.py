"""What another text of a policy would do to a year's enterprises; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zoneeval_db.evaluating.runs import YearData, year_data

if TYPE_CHECKING:
    from zoneeval.engine.comparison import Comparison
    from zoneeval.model.evaluation import Evaluation
    from zoneeval.policy.schema import Policy
    from zoneeval_db.storage.workspace import Workspace


@dataclass(frozen=True, eq=False)
class PolicyBasis:
    """A year's data and its evaluation by the policy as it is, to compare changes with."""

    policy: Policy
    data: YearData
    evaluation: Evaluation


def policy_basis(ws: Workspace, text: str, year: int, zone: str | None = None) -> PolicyBasis:
    """Evaluate a year's newest data by a policy text without storing anything.

    Raises WorkspaceError where there is no data, PolicyError where the text has faults.
    """
    from zoneeval import engine
    from zoneeval.policy.loader import parse_policy

    policy = parse_policy(text)
    data = year_data(ws, year, zone)
    found = engine.evaluate(policy, data.dataset, data.previous, inputs=data.inputs)
    return PolicyBasis(policy, data, found)


def policy_effect(basis: PolicyBasis, text: str) -> Comparison:
    """Return who would be in another class by another text of the policy."""
    from zoneeval import engine
    from zoneeval.engine.comparison import compare
    from zoneeval.policy.loader import parse_policy

    policy, data = parse_policy(text), basis.data
    found = engine.evaluate(policy, data.dataset, data.previous, inputs=data.inputs)
    return compare((basis.policy, basis.evaluation), (policy, found))
