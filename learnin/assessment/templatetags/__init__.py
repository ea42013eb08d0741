"""Template tags of the needs assessment."""
