"""Runs: evaluating, keeping, verifying, comparing and exporting them."""
