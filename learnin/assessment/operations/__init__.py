"""What changes in a needs assessment."""
