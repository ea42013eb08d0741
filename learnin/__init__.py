"""LearnIn: the workspace of a country's National Task Force for education."""

__version__ = "0.1.0"
