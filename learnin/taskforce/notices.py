"""What the task force tells the later stages."""

from django.dispatch import Signal

# Somebody left a seat: sitting, by, now.
member_left = Signal()

# Minutes were sealed: meeting, by, now.
minutes_sealed = Signal()
