"""Estimates from files: a SPEC says which data, which design and which numbers; docs/guide/estimates-from-files.md."""
