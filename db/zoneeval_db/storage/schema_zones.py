"""Tables of the zones: periods, chosen slots, targets, kinds and events (third version)."""

from __future__ import annotations

ZONE_TABLES = """
CREATE TABLE zone_period_value (
    zone TEXT NOT NULL,
    period TEXT NOT NULL,
    indicator TEXT NOT NULL,
    value REAL NOT NULL,
    document TEXT,
    source TEXT,
    PRIMARY KEY (zone, period, indicator)
) STRICT;

CREATE TABLE zone_choice (
    zone TEXT NOT NULL,
    period TEXT NOT NULL,
    indicator TEXT NOT NULL,
    choice TEXT NOT NULL CHECK (choice IN ('computed', 'official')),
    reason TEXT,
    PRIMARY KEY (zone, period, indicator)
) STRICT;

CREATE TABLE zone_profile (
    zone TEXT PRIMARY KEY,
    kind TEXT,
    peer_group TEXT,
    leading_industries TEXT,
    document TEXT,
    note TEXT
) STRICT;

CREATE TABLE zone_target (
    id INTEGER PRIMARY KEY,
    zone TEXT NOT NULL,
    year INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    value REAL NOT NULL,
    bound TEXT NOT NULL CHECK (bound IN ('at_least', 'at_most')),
    document TEXT,
    place TEXT,
    note TEXT
) STRICT;

CREATE TABLE zone_event (
    id INTEGER PRIMARY KEY,
    zone TEXT NOT NULL,
    occurred_on TEXT NOT NULL,
    kind TEXT NOT NULL,
    count REAL NOT NULL,
    document TEXT,
    note TEXT
) STRICT;

CREATE TABLE zone_standing (
    zone TEXT NOT NULL,
    year INTEGER NOT NULL,
    rule TEXT NOT NULL,
    at_least INTEGER,
    at_most INTEGER,
    score REAL,
    place INTEGER,
    document TEXT,
    note TEXT,
    PRIMARY KEY (zone, year, rule)
) STRICT;
"""
"""``period`` is 2019Q2 or 2019-06 (a year's figures stand in ``zone_value``), in the
registry's unit; ``zone_standing`` keeps what a self-assessment came to, level NULL
below the gate; every table can be undone."""
