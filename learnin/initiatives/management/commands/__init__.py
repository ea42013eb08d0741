"""Commands of the initiatives."""
