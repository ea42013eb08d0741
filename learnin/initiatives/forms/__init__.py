"""What we accept about initiatives."""
