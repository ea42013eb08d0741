"""What changes in the register of initiatives."""
