"""The programme as data: components, seats, steps and taxonomies, read from one file."""
