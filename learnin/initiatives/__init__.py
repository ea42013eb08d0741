"""Initiatives: who does what, where, when, for whom and with whose money; what overlaps, and what the parties agree."""
