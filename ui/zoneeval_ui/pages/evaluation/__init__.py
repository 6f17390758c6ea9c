"""综合评价: run an evaluation, and ask every class for its reasons."""

from __future__ import annotations

from zoneeval_ui.pages.evaluation.page import EvaluationPage

__all__ = ["EvaluationPage"]
