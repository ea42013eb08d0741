"""What the needs assessment tells whoever listens: follow-up, checks of quality, programs outside."""

from django.dispatch import Signal

# An answer is safe: submission, outcome, by_enumerator, invitation, now. Sent after the commit, never for a try of a
# draft. `invitation` is told to listeners also where the answer itself must not carry it: they may not tie the two.
answered = Signal()

# Answers were unfolded, and have their data now: submissions (a list, tries of drafts among them), now. Sent after
# the commit.
worked_out = Signal()
