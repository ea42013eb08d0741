"""What this stage tells the later ones. The journal listens; people cannot know the journal."""

from django.dispatch import Signal

# One for every change: verb, on, by, now, country, before, after.
changed = Signal()

# Something a person should hear: person, kind, params, url, now.
told = Signal()

# A person's data were erased: person, by, now.
erased = Signal()
