"""The `zoneeval` command."""
