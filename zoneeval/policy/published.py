"""What was published about zones: their names, the stars they held, the titles they got."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Annotated

from pydantic import Field

from zoneeval.model.standing import LEVEL_WORDS
from zoneeval.model.star_history import StarEntry
from zoneeval.policy.citations import Rule, RuleFile
from zoneeval.policy.faults import Fault, Path, key_of, line_of


class ZoneName(Rule):
    """One zone as the data call it, its other names, and a place near it but not the same."""

    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    near: str = ""


class ZoneNames(RuleFile):
    """The names of zones; a name belongs to one zone only."""

    zones: tuple[ZoneName, ...]
    fingerprint: str = ""
    text: str = Field(default="", repr=False)

    @cached_property
    def _by_name(self) -> dict[str, ZoneName]:
        return {name: zone for zone in self.zones for name in (zone.name, *zone.aliases)}

    def find(self, name: str) -> ZoneName | None:
        """Return the zone of a name or alias, None if it is not listed."""
        return self._by_name.get(name.strip())

    def canonical(self, name: str) -> str:
        """Return the name the data use; a name that is not listed is its own."""
        found = self.find(name)
        return found.name if found else name.strip()

    def near(self, name: str) -> str:
        """Return the place that holds the zone but has other limits, "" where none is."""
        found = self.find(name)
        return self.canonical(found.near) if found and found.near else ""


class PublishedStar(Rule):
    """A star as a source tells it; ``running`` years up to ``year`` had the same."""

    zone: str
    level: Annotated[int, Field(ge=0, lt=len(LEVEL_WORDS))]
    year: int | None = None
    year_inferred: bool = False
    announced: str = ""
    running: Annotated[int, Field(ge=1)] = 1
    cite: str
    note: str = ""


class PublishedRemoval(Rule):
    """A zone that fell below the gate in a year."""

    zone: str
    year: int
    cite: str
    note: str = ""


class PublishedTitle(Rule):
    """A title a zone was given for a year."""

    zone: str
    year: int
    title: str
    cite: str
    note: str = ""


class PublishedStars(RuleFile):
    """Stars, removals and titles found in public sources."""

    first_year: int
    stars: tuple[PublishedStar, ...] = ()
    removals: tuple[PublishedRemoval, ...] = ()
    titles: tuple[PublishedTitle, ...] = ()
    fingerprint: str = ""
    text: str = Field(default="", repr=False)

    def entries(self) -> tuple[StarEntry, ...]:
        """Return one entry per zone and year."""
        out = []
        for star in self.stars:
            years = [None] if star.year is None else range(star.year - star.running + 1,
                                                           star.year + 1)  # fmt: skip
            out += [
                self._entry(star.zone, year, star.level, star.cite, star.note, star.year_inferred)
                for year in years
            ]
        out += [self._entry(r.zone, r.year, None, r.cite, r.note, False) for r in self.removals]
        return tuple(out)

    def _entry(
        self, zone: str, year: int | None, level: int | None, cite: str, note: str, inferred: bool
    ) -> StarEntry:
        found = self.citation(cite)
        mark = found.confidence if found else ""
        return StarEntry(zone, year, level, self.clause(cite), mark, inferred, note=note)


def names_faults(names: ZoneNames, index: dict[Path, int]) -> list[Fault]:
    """Return every fault that a list of names has together."""
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for number, zone in enumerate(names.zones):
        path: Path = ("zones", number)
        for name in (zone.name, *zone.aliases):
            if name in seen:
                words = f"“{name}”已经是“{seen[name]}”的名称"
                faults.append(Fault(key_of(path), line_of(path, index), words, "请删去一处"))
            seen[name] = zone.name
    return faults


def stars_faults(stars: PublishedStars, index: dict[Path, int]) -> list[Fault]:
    """Return every fault that published stars have together."""
    faults: list[Fault] = []
    cited = {c.id for c in stars.citations}
    given = {
        "stars": [star.cite for star in stars.stars],
        "removals": [removal.cite for removal in stars.removals],
        "titles": [title.cite for title in stars.titles],
    }
    for section, cites in given.items():
        for number, cite in enumerate(cites):
            if cite not in cited:
                path: Path = (section, number, "cite")
                words = f"依据“{cite}”没有在 citations 中列出"
                faults.append(Fault(key_of(path), line_of(path, index), words))
    for number, star in enumerate(stars.stars):
        if star.year is None and star.running > 1:
            path = ("stars", number, "running")
            words = "没有年度就不能说连续几年"
            faults.append(Fault(key_of(path), line_of(path, index), words, "请补上 year"))
    return faults


@cache
def zone_names() -> ZoneNames:
    """Return the shipped names of zones."""
    from zoneeval.policy.loader import load_zone_names

    return load_zone_names()


@cache
def published_stars() -> PublishedStars:
    """Return the shipped published stars."""
    from zoneeval.policy.loader import load_published_stars

    return load_published_stars()
