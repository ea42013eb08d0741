"""How the work says no."""


class Refusal(Exception):
    """The work refuses, in a sentence for the person who asked."""
