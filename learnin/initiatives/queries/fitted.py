"""The weights that this installation fitted from its reviewers' verdicts, if it has."""

from django.core.files.storage import default_storage

NAME = "relations/weights.txt"


def in_use() -> str:
    """The text of the weights; empty where those that come with LearnIn are in use."""
    if not default_storage.exists(NAME):
        return ""
    with default_storage.open(NAME) as file:
        text: str = file.read().decode()
    return text
