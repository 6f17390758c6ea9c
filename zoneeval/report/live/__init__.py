"""The sheets whose scores and classes are formulas."""
