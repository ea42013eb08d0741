"""The scripts behind the Makefile. They need nothing but Python: they run before anything is installed."""
