"""Tables of what follows a class: publicity, prices, lists, exits, assets (fourth version)."""

from __future__ import annotations

CONSEQUENCE_TABLES = """
CREATE TABLE adjudication (
    run_id INTEGER PRIMARY KEY REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL
        CHECK (status IN ('trial', 'publicity', 'review', 'recognised', 'published')),
    publicity_from TEXT,
    publicity_days INTEGER,
    publicity_until TEXT,
    publicity_document TEXT,
    reviewed_on TEXT,
    review_document TEXT,
    recognised_on TEXT,
    recognition_document TEXT,
    published_on TEXT,
    publication_document TEXT,
    supersedes INTEGER,
    reason TEXT
) STRICT;

CREATE TABLE holiday (
    day TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('off', 'work')),
    name TEXT,
    document TEXT
) STRICT;

CREATE TABLE objection (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
    uscc TEXT NOT NULL,
    subject TEXT NOT NULL,
    received_on TEXT NOT NULL,
    claimant TEXT,
    content TEXT NOT NULL,
    stated_value REAL,
    claimed_value REAL,
    evidence TEXT,
    decision TEXT NOT NULL CHECK (decision IN ('open', 'accepted', 'refused', 'withdrawn')),
    decided_on TEXT,
    decided_by TEXT,
    document TEXT,
    answer TEXT,
    dataset_id INTEGER,
    new_run_id INTEGER
) STRICT;

CREATE TABLE grade_override (
    run_id INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
    uscc TEXT NOT NULL,
    grade TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    approver TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    PRIMARY KEY (run_id, uscc)
) STRICT;

CREATE TABLE other_surcharge (
    id INTEGER PRIMARY KEY,
    uscc TEXT NOT NULL,
    utility TEXT NOT NULL,
    kind TEXT NOT NULL,
    rate REAL NOT NULL,
    unit TEXT NOT NULL,
    document TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT
) STRICT;

CREATE TABLE utility_list (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
    utility TEXT NOT NULL,
    tariff TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    document TEXT,
    valid_from TEXT,
    valid_to TEXT,
    content TEXT NOT NULL
) STRICT;

CREATE TABLE utility_feedback (
    list_id INTEGER NOT NULL,
    account TEXT NOT NULL,
    period TEXT NOT NULL,
    use REAL,
    rate REAL,
    amount REAL,
    note TEXT,
    source TEXT,
    PRIMARY KEY (list_id, account, period)
) STRICT;

CREATE TABLE exit_case (
    id INTEGER PRIMARY KEY,
    uscc TEXT,
    subject TEXT NOT NULL,
    zone TEXT,
    kind TEXT NOT NULL,
    opened_by_run INTEGER,
    opened_on TEXT NOT NULL,
    reasons TEXT NOT NULL,
    path TEXT,
    responsible TEXT,
    due TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'acting', 'closed', 'cancelled')),
    closed_on TEXT,
    outcome TEXT,
    document TEXT,
    freed_land REAL,
    freed_energy REAL,
    freed_emission REAL,
    people REAL,
    note TEXT
) STRICT;

CREATE TABLE exit_step (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    responsible TEXT,
    due TEXT,
    done_on TEXT,
    evidence TEXT
) STRICT;

CREATE TABLE idle_asset (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('land', 'plant', 'equipment')),
    zone TEXT,
    uscc TEXT,
    name TEXT NOT NULL,
    location TEXT,
    size REAL,
    unit TEXT,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    found_by TEXT NOT NULL,
    found_on TEXT NOT NULL,
    disposal TEXT,
    disposed_on TEXT,
    document TEXT,
    note TEXT
) STRICT;

CREATE TABLE policy_effect (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    period TEXT NOT NULL,
    grade TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount REAL NOT NULL,
    unit TEXT NOT NULL,
    document TEXT,
    note TEXT
) STRICT;

CREATE TABLE document_template (
    name TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;
"""
"""Dates are ISO; ``content`` of a list is JSON, of a template base64; all can be undone."""
