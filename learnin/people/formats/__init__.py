"""File formats of people and places: text in, frozen values or a list of problems out; no Django."""
