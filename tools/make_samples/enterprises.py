"""Invented enterprises of 示例市 and their two years, from one seed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from names import contact, credit_code, pick, style_names
from profiles import UTILITIES, ZONES, Profile, Zone

SEED = 20241231
YEARS = (2023, 2024)


@dataclass(slots=True)
class Parcel:
    """One row of the land register, areas in 亩; ``None`` is an empty cell."""

    number: str
    place: str
    registered: float
    leased_in: float | None = None
    leased_out: float | None = None


@dataclass(slots=True)
class Year:
    """One enterprise in one year; ``None`` is an empty cell."""

    status: str
    scale: str
    tax: float
    revenue: float
    output: float
    profit: float
    value_added: float | None
    rd: float | None
    headcount: int
    energy: float | None
    electricity: list[float]
    emissions: tuple[float | None, float | None, float | None, float | None]


@dataclass(slots=True)
class Enterprise:
    """One invented enterprise with what stays the same over the years."""

    code: str
    name: str
    zone: Zone
    town: str
    profile: Profile
    scale: str
    above_scale_since: date | None
    registered_on: date
    started_on: date
    contact: str
    phone: str
    parcels: list[Parcel]
    meters: list[tuple[str, float]]
    high_tech: bool
    listed: bool
    platform: bool
    first_year: int
    last_year: int
    strength: float
    years: dict[int, Year] = field(default_factory=dict)

    @property
    def land(self) -> float:
        """Return the used land in 亩: registered + leased in − leased out."""
        return sum(p.registered + (p.leased_in or 0) - (p.leased_out or 0) for p in self.parcels)


def spread(rng: Random, sigma: float) -> float:
    """Return a log-normal factor around 1 (Box–Muller, from two uniform numbers)."""
    radius = math.sqrt(-2 * math.log(1 - rng.random()))
    return math.exp(sigma * radius * math.cos(2 * math.pi * rng.random()) - sigma**2 / 2)


def _day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=int(rng.random() * (last - first).days))


def _parcels(rng: Random, zone: Zone, index: int, total: float) -> list[Parcel]:
    count = 1 if rng.random() > 0.34 else (2 if rng.random() < 0.7 else 3)
    cuts = [0.3 + rng.random() for _ in range(count)]
    areas = [round(total * cut / sum(cuts), 2) for cut in cuts]
    side = zone.name[3:5]
    return [
        Parcel(
            f"示例不动产权第{zone.name[3]}{index:03d}-{n}号",
            f"{side}样例{pick(rng, ('一', '二', '三', '四', '五', '六'))}路"
            f"{pick(rng, ('东', '西', '南', '北'))}侧{1 + int(rng.random() * 98)}号",
            area,
        )
        for n, area in enumerate(areas, 1)
    ]


def _enterprise(
    rng: Random, zone: Zone, profile: Profile, label: str, index: int, newcomer_of: int | None
) -> Enterprise:
    utility = profile in UTILITIES
    small = not utility and newcomer_of is None and rng.random() < 0.16
    land = max(6.0, profile.land * spread(rng, 0.45) * (0.35 if small else 1.0))
    if newcomer_of is None:
        started = _day(rng, date(2004, 3, 1), date(2020, 10, 31))
    else:
        started = _day(rng, date(newcomer_of - 1, 2, 1), date(newcomer_of, 3, 31))
    since = None
    if not small:
        since = _day(rng, started + timedelta(days=90), started + timedelta(days=420)).replace(
            day=1
        )
    suffix = (
        "股份有限公司"
        if rng.random() < 0.12
        else ("厂" if small and rng.random() < 0.4 else "有限公司")
    )
    person, phone = contact(rng)
    count = 1 if rng.random() > 0.34 else (2 if rng.random() < 0.75 else 3)
    shares = [0.25 + rng.random() for _ in range(count)]
    strong = not small and rng.random() < min(0.85, 0.18 + profile.rd * 9)
    strength = spread(rng, 0.42)
    return Enterprise(
        code=credit_code(rng),
        name=f"示例市{label}{profile.trade}{suffix}",
        zone=zone,
        town=pick(rng, zone.towns),
        profile=profile,
        scale="规下" if small else "规上",
        above_scale_since=since,
        registered_on=started - timedelta(days=240 + int(rng.random() * 700)),
        started_on=started,
        contact=person,
        phone=phone,
        parcels=_parcels(rng, zone, index, land),
        meters=[(f"00{int(rng.random() * 10**8):08d}", s / sum(shares)) for s in shares],
        high_tech=strong and rng.random() < 0.75,
        listed="股份" in suffix and strength > 1.2,
        platform=strong and strength > 0.9 and rng.random() < 0.45,
        first_year=YEARS[0] if newcomer_of is None else newcomer_of,
        last_year=YEARS[-1],
        strength=strength,
    )


def _emissions(
    rng: Random, profile: Profile, revenue: float, missing: bool
) -> tuple[float | None, float | None, float | None, float | None]:
    if missing:
        return (None, None, None, None)
    hundred_million = revenue / 10_000
    cod, nh3n, so2, nox = (
        round(rate * hundred_million * spread(rng, 0.35), 3)
        for rate in (profile.cod, profile.nh3n, profile.so2, profile.nox)
    )
    return (cod, nh3n, so2, nox)


def _year(rng: Random, enterprise: Enterprise, factor: float, status: str) -> Year:
    profile = enterprise.profile
    running = {"正常": 1.0, "半停产": 0.34, "停产": 0.012}[status]
    stopped = status == "停产"
    small = enterprise.scale == "规下"
    size = enterprise.land * profile.revenue_per_mu * enterprise.zone.level
    revenue = size * enterprise.strength * factor * (0.55 if small else 1.0)
    if small:
        revenue = min(revenue, 1650 + 300 * rng.random())
    else:
        revenue = max(revenue, 2150 + 900 * rng.random())
    full = revenue
    revenue *= running
    output = revenue * (0.97 + 0.07 * rng.random())
    margin = profile.profit * spread(rng, 0.5) - (0.075 if rng.random() < 0.08 else 0)
    if status != "正常":
        margin = -0.06
    profit = -full * 0.015 if stopped else revenue * margin
    energy = output * profile.energy * spread(rng, 0.4)
    power = energy * (0.52 + 0.25 * rng.random()) / 1.229
    rd: float | None = round(revenue * profile.rd * spread(rng, 0.55), 2)
    if rng.random() < (0.7 if small else 0.07) or (rd is not None and rd == 0):
        rd = None
    value_added: float | None = round(output * profile.value_added * spread(rng, 0.18), 2)
    if small and rng.random() < 0.5:
        value_added = None
    present = {"正常": 1.0, "半停产": 0.5, "停产": 0.06}[status]
    heads = full / profile.per_head * spread(rng, 0.28) * present
    no_energy = rng.random() < (0.35 if small else 0.02)
    no_emission = rng.random() < (0.4 if small else 0.06)
    return Year(
        status=status,
        scale=enterprise.scale,
        tax=round(revenue * profile.tax * spread(rng, 0.4), 2),
        revenue=round(revenue, 2),
        output=round(output, 2),
        profit=round(profit, 2),
        value_added=value_added,
        rd=rd,
        headcount=max(4 if stopped else 8, round(heads)),
        energy=None if no_energy else round(energy, 2),
        electricity=[round(power * share, 2) for _, share in enterprise.meters],
        emissions=_emissions(rng, profile, revenue, no_emission),
    )


def _lease(enterprises: list[Enterprise]) -> None:
    """Let one enterprise of each zone lease land out to a neighbour, who leases only."""
    for zone in ZONES:
        here = [e for e in enterprises if e.zone is zone and e.profile not in UTILITIES]
        here = [e for e in here if e.first_year == YEARS[0] and e.last_year == YEARS[-1]]
        owner = max(here, key=lambda e: (e.parcels[0].registered, e.code))
        tenant = min(here, key=lambda e: (e.land, e.code))
        area = round(tenant.land, 2)
        owner.parcels[0].leased_out = area
        place = owner.parcels[0].place
        tenant.parcels = [Parcel("（租赁，无权证）", place, 0.0, leased_in=area)]


def make_enterprises(seed: int = SEED) -> list[Enterprise]:
    """Return all enterprises with their years 2023 and 2024, the same for the same seed."""
    rng = Random(seed)
    labels = style_names()
    labels.reverse()
    result: list[Enterprise] = []
    for zone in ZONES:
        index = 0

        def add(profile: Profile, newcomer_of: int | None = None, zone: Zone = zone) -> None:
            nonlocal index
            index += 1
            result.append(_enterprise(rng, zone, profile, labels.pop(), index, newcomer_of))

        add(zone.utility)
        for position in range(zone.size - 1):
            add(zone.trades[position % len(zone.trades)])
        for _ in range(max(1, zone.size // 17)):
            add(pick(rng, zone.trades), YEARS[0])
        for _ in range(max(2, zone.size // 12)):
            add(pick(rng, zone.trades), YEARS[1])
        leavers = [e for e in result if e.zone is zone and e.profile not in UTILITIES]
        for leaver in leavers[7 : 7 + 9 * max(1, zone.size // 13) : 9]:
            if leaver.first_year == YEARS[0]:
                leaver.last_year = YEARS[0]
    _lease(result)
    stayers = [
        e
        for e in result
        if (e.first_year, e.last_year, e.scale) == (2023, 2024, "规上")
        and e.started_on.year < 2018
        and e.profile not in UTILITIES
    ]
    gone = [e for e in result if e.last_year == YEARS[0]]
    troubled: dict[str, dict[int, str]] = {
        stayers[17].code: {2023: "半停产", 2024: "停产"},
        gone[4].code: {2023: "停产"},
        stayers[46].code: {2024: "半停产"},
    }
    for enterprise in result:
        factor = 1.0
        for year in YEARS:
            if year > enterprise.first_year:
                factor *= 1.05 * spread(rng, 0.11)
            if enterprise.first_year <= year <= enterprise.last_year:
                ramp = 0.5 if enterprise.started_on.year >= year - 1 else 1.0
                status = troubled.get(enterprise.code, {}).get(year, "正常")
                enterprise.years[year] = _year(rng, enterprise, factor * ramp, status)
    return result
