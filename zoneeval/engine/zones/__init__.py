"""Zones: their figures, the gap to the next star, what could close it."""
