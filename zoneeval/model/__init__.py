"""Frozen values that every part of the program shares."""
