"""Signing in: what we ask, what we write, which passwords are good enough."""
