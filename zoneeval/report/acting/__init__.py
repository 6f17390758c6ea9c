"""Workbooks of what follows a class: lists, exits, estimates, effects."""
