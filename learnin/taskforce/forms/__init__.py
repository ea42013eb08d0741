"""What we accept about a task force."""
