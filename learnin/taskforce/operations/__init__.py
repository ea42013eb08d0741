"""What changes in a task force."""
