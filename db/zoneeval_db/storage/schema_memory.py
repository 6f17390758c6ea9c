"""Tables that remember what the office decided while taking data in (second version)."""

from __future__ import annotations

MEMORY_TABLES = """
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE layout_mapping (
    signature TEXT PRIMARY KEY,
    department TEXT NOT NULL,
    columns TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE enterprise_alias (
    kind TEXT NOT NULL CHECK (kind IN ('name', 'organisation_code', 'account')),
    alias TEXT NOT NULL,
    uscc TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (kind, alias)
) STRICT;

CREATE TABLE succession (
    old_uscc TEXT PRIMARY KEY,
    new_uscc TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('rename', 'merger', 'new_code')),
    effective_on TEXT,
    document TEXT,
    note TEXT
) STRICT;

CREATE TABLE merged_member (
    year INTEGER NOT NULL,
    uscc TEXT NOT NULL,
    lead_uscc TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('tenants', 'group')),
    note TEXT,
    PRIMARY KEY (year, uscc)
) STRICT;

CREATE TABLE participation_decision (
    year INTEGER NOT NULL,
    uscc TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('in', 'out')),
    reason TEXT NOT NULL,
    document TEXT,
    PRIMARY KEY (year, uscc)
) STRICT;

CREATE TABLE import_draft (
    id INTEGER PRIMARY KEY,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    label TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;
"""
"""``columns`` and ``value`` are JSON; every table but ``import_draft`` can be undone."""
