"""Pages of a task force."""
