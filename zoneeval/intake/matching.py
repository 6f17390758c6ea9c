"""Names, old organisation codes and account numbers → the enterprise that is meant.

Certain is: what somebody decided before; characters 9 to 17 of one credit code only;
the same name (see ``names``) of one enterprise only; an account that one enterprise
had before, unless the name beside it is another enterprise's.  All else is a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zoneeval.identifiers import normalise_code
from zoneeval.intake.names import core_name, likeness, normalised_name, other_form
from zoneeval.model.matching import Aliases, AliasKind, Proposal

LEAST_ALIKE = 0.6
LIKELY = 0.9
"""From here on a name beside an account number is what is asked about, not the number."""
MOST_PROPOSALS = 5
MOST_GUESSED = 1500
"""Names compared with every enterprise; a table with more of them is the wrong table."""
MOST_SURE = 0.99
"""A proposal is never certain; what is certain is joined."""


@dataclass(frozen=True, slots=True)
class Match:
    """The answer for one row: ``uscc`` where certain ("" : decided that it is nobody's).

    Without one, ``kind`` and ``alias`` are what must be decided, ``proposals`` the guesses.
    """

    uscc: str | None
    kind: AliasKind
    alias: str
    proposals: tuple[Proposal, ...] = ()


def alias_key(kind: str, alias: str) -> str:
    """Return an alias in the form that is remembered and looked up."""
    return normalised_name(alias) if kind == "name" else normalise_code(alias)


class Matcher:
    """Finds enterprises by what a row has instead of a credit code.

    ``names`` are pairs of credit code and name, the best known first; a code may have
    several names.  ``accounts`` are account numbers of earlier meters.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        accounts: Mapping[str, str] | None = None,
        aliases: Aliases | None = None,
    ) -> None:
        self._shown: dict[str, str] = {}
        self._by_name: dict[str, dict[str, None]] = {}
        self._by_core: dict[str, dict[str, None]] = {}
        self._by_organisation: dict[str, dict[str, None]] = {}
        self._accounts = {alias_key("account", a): code for a, code in (accounts or {}).items()}
        self._aliases = {(k, alias_key(k, a)): code for (k, a), code in (aliases or {}).items()}
        self._guesses: dict[str, tuple[Proposal, ...]] = {}
        for code, name in names:
            self._shown.setdefault(code, name)
            self._by_name.setdefault(normalised_name(name), {})[code] = None
            self._by_core.setdefault(core_name(name), {})[code] = None
            if len(code) == 18:
                self._by_organisation.setdefault(code[8:17], {})[code] = None

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing that a row could be joined to."""
        return not (self._shown or self._accounts or self._aliases)

    def name_of(self, code: str) -> str:
        """Return the name of an enterprise, or its code."""
        return self._shown.get(code, code)

    def match(
        self, *, name: str | None, organisation: str | None = None, account: str | None = None
    ) -> Match | None:
        """Return what a row with these means; None where it has nothing to go by."""
        given: list[tuple[AliasKind, str]] = []
        if organisation:
            given.append(("organisation_code", alias_key("organisation_code", organisation)))
        if account:
            given.append(("account", alias_key("account", account)))
        if name:
            given.append(("name", alias_key("name", name)))
        for kind, alias in given:
            decided = self._aliases.get((kind, alias))
            if decided is not None:
                return Match(decided, kind, alias)
        if organisation:
            return self._organisation(given[0][1], name)
        if account and (match := self._account(alias_key("account", account), name)):
            return match
        if name:
            match = self._name(alias_key("name", name), name)
            likely = match.proposals and match.proposals[0].score >= LIKELY
            if match.uscc is not None or not account or likely:
                return match
            return Match(None, "account", alias_key("account", account), match.proposals)
        return Match(None, "account", alias_key("account", account)) if account else None

    def _organisation(self, alias: str, name: str | None) -> Match:
        codes = sorted(self._by_organisation.get(alias, ()))
        if len(codes) == 1:
            return Match(codes[0], "organisation_code", alias)
        guesses = [Proposal(c, self.name_of(c), MOST_SURE) for c in codes]
        return Match(
            None, "organisation_code", alias, (*guesses, *(self._alike(name) if name else ()))
        )

    def _account(self, alias: str, name: str | None) -> Match | None:
        code = self._accounts.get(alias)
        if code is None:
            return None
        others = self._by_name.get(normalised_name(name), {}) if name else {}
        if not others or code in others:
            return Match(code, "account", alias)
        named = [Proposal(c, self.name_of(c), 1.0) for c in sorted(others)]
        return Match(None, "account", alias, (*named, Proposal(code, self.name_of(code), 0.9)))

    def _name(self, alias: str, name: str) -> Match:
        codes = sorted(self._by_name.get(alias, ()))
        if len(codes) == 1:
            return Match(codes[0], "name", alias)
        if codes:
            same = tuple(Proposal(c, self.name_of(c), MOST_SURE) for c in codes)
            return Match(None, "name", alias, same)
        return Match(None, "name", alias, self._alike(name))

    def _sure(self, name: str, code: str, score: float) -> float:
        """Return how alike a name is to an enterprise's; another legal form counts."""
        own = likeness(name, self.name_of(code))
        if other_form(name, self.name_of(code)):
            return own
        return max(own, min(0.97, round(score / 100, 3)))

    def _alike(self, name: str) -> tuple[Proposal, ...]:
        """Return the enterprises with the likeliest names, each once, the likeliest first."""
        from rapidfuzz import fuzz, process

        known = self._guesses.get(name)
        if known is not None:
            return known
        if len(self._guesses) >= MOST_GUESSED:
            return ()
        found = process.extract(
            core_name(name), self._by_core.keys(), scorer=fuzz.ratio,
            score_cutoff=LEAST_ALIKE * 100, limit=2 * MOST_PROPOSALS,
        )  # fmt: skip
        best: dict[str, Proposal] = {}
        for core, score, _ in found:
            for code in self._by_core[core]:
                sure = self._sure(name, code, score)
                before = best.get(code)
                if before is None or before.score < sure:
                    best[code] = Proposal(code, self.name_of(code), min(sure, MOST_SURE))
        ordered = sorted(best.values(), key=lambda p: (-p.score, p.uscc))[:MOST_PROPOSALS]
        self._guesses[name] = tuple(ordered)
        return self._guesses[name]
