"""Tags of the pages of initiatives."""
