"""The small formula language of policy files: parsed once, rendered to numpy."""

from zoneeval.expressions.parsing import Expression, parse
from zoneeval.expressions.vectorised import evaluate_number, evaluate_truth, quotient_parts

__all__ = ["Expression", "evaluate_number", "evaluate_truth", "parse", "quotient_parts"]
