"""What we accept about a needs assessment."""
