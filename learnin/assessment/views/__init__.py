"""Pages of a needs assessment."""
