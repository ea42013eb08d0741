"""What we know of initiatives."""
