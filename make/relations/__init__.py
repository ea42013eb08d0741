"""Fit the weights by which records of initiatives are related: `python -m make.relations eca_initiatives.csv`."""
