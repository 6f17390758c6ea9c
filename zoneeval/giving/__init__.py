"""What the office gives out: blank templates, lists to confirm, letters and sheets to stamp."""

from __future__ import annotations

from zoneeval.giving.confirmation import LAYOUTS, Layout, write_confirmations
from zoneeval.giving.departments import TEMPLATES, Template, find_template
from zoneeval.giving.dossier import Dossier, Given, LetterHead
from zoneeval.giving.land import write_land
from zoneeval.giving.letters import write_letter
from zoneeval.giving.participants import Participant, write_participants
from zoneeval.giving.templates import write_template, write_templates

__all__ = [
    "LAYOUTS",
    "TEMPLATES",
    "Dossier",
    "Given",
    "Layout",
    "LetterHead",
    "Participant",
    "Template",
    "find_template",
    "write_confirmations",
    "write_land",
    "write_letter",
    "write_participants",
    "write_template",
    "write_templates",
]
