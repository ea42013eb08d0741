"""What we know of a task force."""
