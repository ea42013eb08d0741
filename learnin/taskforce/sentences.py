"""How the journal and the notices tell what happened in a task force. One block for each room, by the alphabet."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    # composition
    "post.appointed": _("%(by)s appointed the %(what)s"),
    "post.ended": _("%(by)s ended the post: %(what)s"),
    "seat.added": _("%(by)s added the seat “%(what)s”"),
    "seat.closed": _("%(by)s closed the seat “%(what)s”"),
    "seat.corrected": _("%(by)s corrected the seat “%(what)s”"),
    "sitting.appointed": _("%(by)s appointed %(what)s"),
    "sitting.corrected": _("%(by)s corrected the seat of %(what)s"),
    "sitting.ended": _("%(by)s ended the term of %(what)s"),
    "sitting.nominated": _("%(by)s nominated %(what)s"),
    "taskforce.described": _("%(by)s corrected what the task force rests on: %(what)s"),
    "taskforce.established": _("%(by)s established the task force: %(what)s"),
}

KINDS: dict[str, str] = {}

PLACES = {
    # composition
    "post": _("Post"),
    "seat": _("Seat"),
}
