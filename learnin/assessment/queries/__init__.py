"""What we know of a needs assessment."""
