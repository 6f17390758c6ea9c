"""Workbooks of the zones: stars, bulletin, ledger."""
