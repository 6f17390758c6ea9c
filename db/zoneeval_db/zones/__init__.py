"""Zones: figures, ratings, targets, gaps, ladders of the office."""
