"""Tests of the needs assessment."""
