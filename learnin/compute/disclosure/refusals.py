"""Why tables or rows cannot be protected."""


class CannotProtect(ValueError):
    """What was given cannot be protected; the words say why."""
