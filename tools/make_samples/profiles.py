"""What is usual in each trade: figures that make invented enterprises plausible."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """One trade: GB/T 4754-2017 class and its typical ratios.

    ``revenue_per_mu`` in 万元/亩, ``energy`` in 吨标准煤 per 万元 of output,
    ``per_head`` in 万元 of revenue per person, emissions in 吨 per 亿元 of revenue,
    the other ratios as shares of revenue.
    """

    code: str
    trade: str
    revenue_per_mu: float
    value_added: float
    tax: float
    profit: float
    energy: float
    rd: float
    per_head: float
    land: float
    cod: float
    nh3n: float
    so2: float
    nox: float


MACHINERY = Profile(
    "3484", "机械", 330, 0.26, 0.036, 0.062, 0.055, 0.024, 82, 36, 0.5, 0.05, 0.2, 0.6
)
MACHINE_TOOLS = Profile(
    "3425", "数控机床", 360, 0.29, 0.040, 0.071, 0.048, 0.041, 90, 42, 0.4, 0.04, 0.2, 0.5
)
AUTO_PARTS = Profile(
    "3670", "汽车配件", 420, 0.24, 0.037, 0.058, 0.060, 0.030, 96, 55, 0.7, 0.06, 0.4, 1.0
)
TRANSFORMERS = Profile(
    "3821", "变压器", 450, 0.23, 0.034, 0.055, 0.042, 0.033, 110, 40, 0.3, 0.03, 0.1, 0.4
)
CABLES = Profile(
    "3831", "线缆", 520, 0.18, 0.027, 0.040, 0.050, 0.018, 150, 48, 0.3, 0.03, 0.1, 0.4
)
ALUMINIUM = Profile(
    "3252", "铝业", 480, 0.17, 0.024, 0.034, 0.210, 0.020, 160, 85, 0.6, 0.05, 2.6, 4.8
)
FROZEN_FOOD = Profile(
    "1432", "食品", 310, 0.25, 0.033, 0.056, 0.058, 0.010, 68, 50, 4.2, 0.42, 0.4, 1.1
)
FLOUR = Profile("1312", "面业", 390, 0.16, 0.012, 0.028, 0.036, 0.005, 130, 45, 1.8, 0.15, 0.3, 0.8)
MEDICINE = Profile(
    "2720", "制药", 340, 0.38, 0.068, 0.115, 0.072, 0.052, 92, 60, 5.1, 0.55, 0.7, 1.6
)
HERBAL_MEDICINE = Profile(
    "2740", "中药", 280, 0.36, 0.062, 0.100, 0.066, 0.031, 78, 46, 4.0, 0.40, 0.6, 1.4
)
CARTONS = Profile(
    "2231", "纸业包装", 260, 0.21, 0.030, 0.042, 0.095, 0.012, 74, 32, 3.0, 0.22, 0.6, 1.5
)
PLASTICS = Profile(
    "2922", "塑业", 290, 0.22, 0.031, 0.048, 0.082, 0.016, 86, 30, 0.8, 0.07, 0.3, 1.0
)
FURNITURE = Profile(
    "2110", "家具", 190, 0.25, 0.034, 0.047, 0.040, 0.009, 52, 34, 0.6, 0.05, 0.2, 0.5
)
CLOTHING = Profile(
    "1819", "服饰", 180, 0.27, 0.032, 0.045, 0.032, 0.007, 34, 22, 0.9, 0.08, 0.1, 0.4
)
REFRACTORY = Profile(
    "3089", "耐火材料", 200, 0.25, 0.038, 0.052, 0.330, 0.019, 64, 58, 0.5, 0.04, 4.5, 9.0
)
CEMENT_GOODS = Profile(
    "3021", "水泥制品", 170, 0.20, 0.035, 0.036, 0.240, 0.008, 80, 52, 0.6, 0.05, 1.8, 3.5
)
PAINT = Profile("2641", "涂料", 350, 0.25, 0.046, 0.066, 0.090, 0.027, 118, 38, 2.2, 0.18, 0.7, 1.3)
CHEMICALS = Profile(
    "2669", "新材料", 380, 0.26, 0.042, 0.072, 0.160, 0.035, 120, 48, 3.2, 0.35, 1.6, 2.9
)
CIRCUITS = Profile(
    "3982", "电子", 560, 0.25, 0.031, 0.061, 0.070, 0.045, 76, 34, 2.0, 0.20, 0.2, 0.6
)
ELECTRONIC_MATERIALS = Profile(
    "3985", "电子材料", 540, 0.28, 0.035, 0.076, 0.098, 0.048, 105, 40, 1.6, 0.15, 0.4, 0.9
)
COGENERATION = Profile(
    "4412", "热电", 230, 0.28, 0.045, 0.040, 1.150, 0.004, 170, 120, 1.2, 0.10, 22.0, 38.0
)
HEAT = Profile("4430", "供热", 150, 0.24, 0.030, 0.025, 0.780, 0.002, 120, 45, 0.8, 0.06, 9.0, 18.0)
SEWAGE = Profile("4620", "水务", 60, 0.42, 0.040, 0.060, 0.190, 0.006, 62, 55, 60.0, 4.0, 0.1, 0.3)

UTILITIES = (COGENERATION, HEAT, SEWAGE)


@dataclass(frozen=True, slots=True)
class Zone:
    """One fictional zone with the trades it lives on."""

    name: str
    towns: tuple[str, ...]
    trades: tuple[Profile, ...]
    utility: Profile
    size: int
    level: float


ZONES = (
    Zone(
        "示例市东园产业集聚区",
        ("样例东镇", "样例桥镇", "示例街道"),
        (
            MACHINERY,
            MACHINE_TOOLS,
            AUTO_PARTS,
            AUTO_PARTS,
            TRANSFORMERS,
            CABLES,
            ALUMINIUM,
            CIRCUITS,
            MACHINERY,
            ELECTRONIC_MATERIALS,
        ),
        COGENERATION,
        51,
        1.12,
    ),
    Zone(
        "示例市西园产业集聚区",
        ("样例西镇", "样例河镇"),
        (
            FROZEN_FOOD,
            FROZEN_FOOD,
            FLOUR,
            MEDICINE,
            HERBAL_MEDICINE,
            CARTONS,
            PLASTICS,
            FURNITURE,
            CLOTHING,
        ),
        SEWAGE,
        41,
        1.0,
    ),
    Zone(
        "示例市南园产业集聚区",
        ("样例南镇", "样例坡乡"),
        (REFRACTORY, REFRACTORY, CEMENT_GOODS, PAINT, CHEMICALS, PLASTICS, MACHINERY),
        HEAT,
        25,
        0.9,
    ),
)
