"""The colours of the window: one set for light, one for dark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a colour means; a widget names a tone and never a colour."""

    A = "A"
    B = "B"
    C = "C"
    ACCENT = "accent"
    UNCERTAIN = "uncertain"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Named colours as ``#RRGGBB``; ``*_soft`` is the quiet background of the same meaning."""

    dark: bool
    background: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_soft: str
    on_accent: str
    a: str
    a_soft: str
    b: str
    b_soft: str
    c: str
    c_soft: str
    uncertain: str
    uncertain_soft: str

    def pair(self, tone: Tone) -> tuple[str, str]:
        """Return the text colour and the soft background of a tone."""
        return {
            Tone.A: (self.a, self.a_soft),
            Tone.B: (self.b, self.b_soft),
            Tone.C: (self.c, self.c_soft),
            Tone.ACCENT: (self.accent, self.accent_soft),
            Tone.UNCERTAIN: (self.uncertain, self.uncertain_soft),
            Tone.PLAIN: (self.muted, self.background),
        }[tone]


LIGHT = Tokens(
    dark=False,
    background="#F5F6F8",
    surface="#FFFFFF",
    raised="#FAFBFC",
    border="#E2E5EA",
    text="#1B1F24",
    muted="#667085",
    faint="#8A93A3",
    accent="#2459C9",
    accent_soft="#E8EEFB",
    on_accent="#FFFFFF",
    a="#1A7F4E",
    a_soft="#E3F4EB",
    b="#2F6FDE",
    b_soft="#E7EFFC",
    c="#C2541B",
    c_soft="#FBEBE1",
    uncertain="#9A6700",
    uncertain_soft="#FFF5D6",
)

DARK = Tokens(
    dark=True,
    background="#14171B",
    surface="#1C2026",
    raised="#20252C",
    border="#2D333B",
    text="#E6E9ED",
    muted="#9AA4B2",
    faint="#7C8695",
    accent="#7DA6FF",
    accent_soft="#22304D",
    on_accent="#14171B",
    a="#57C793",
    a_soft="#173527",
    b="#7DA6FF",
    b_soft="#1E2C49",
    c="#F0925A",
    c_soft="#3D2618",
    uncertain="#E3B341",
    uncertain_soft="#3A2F12",
)


def tone_of_grade(grade: str | None) -> Tone:
    """Return the tone of a class letter; classes beyond A–D have no colour of their own."""
    letter = (grade or "").strip()[:1].upper()
    if letter in ("A", "B", "C"):
        return Tone(letter)
    return Tone.C if letter == "D" else Tone.PLAIN
