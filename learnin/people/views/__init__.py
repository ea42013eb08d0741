"""Pages of people and places."""
