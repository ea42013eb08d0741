"""How the journal and the notices tell what happened to other evidence."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    # conversations
    "conversation.added": _("%(by)s wrote down the conversation “%(what)s”"),
    "conversation.corrected": _("%(by)s changed the conversation “%(what)s”"),
    "conversation.removed": _("%(by)s took the conversation “%(what)s” off the list"),
    "participants.noted": _("%(by)s noted who took part in a conversation: %(what)s"),
    "participants.removed": _("%(by)s took back who took part in a conversation: %(what)s"),
    "statement.added": _("%(by)s wrote down a statement: %(what)s"),
    "statement.corrected": _("%(by)s changed a statement: %(what)s"),
    "statement.removed": _("%(by)s took a statement away: %(what)s"),
    # documents
    "fact.added": _("%(by)s wrote down a fact: %(what)s"),
    "fact.corrected": _("%(by)s changed a fact: %(what)s"),
    "fact.removed": _("%(by)s took a fact away: %(what)s"),
    "source.added": _("%(by)s added “%(what)s” to the desk review"),
    "source.corrected": _("%(by)s changed the document “%(what)s” of the desk review"),
    "source.removed": _("%(by)s took “%(what)s” out of the desk review"),
    # experts, resources, culture
    "culture.written": _("%(by)s wrote the cultural profile of %(what)s"),
    "expert.added": _("%(by)s put %(what)s on the list of experts"),
    "expert.corrected": _("%(by)s changed what is known of the expert %(what)s"),
    "expert.withdrawn": _("%(by)s took %(what)s off the list of experts"),
    "resource.added": _("%(by)s added “%(what)s” to the inventory"),
    "resource.corrected": _("%(by)s changed “%(what)s” in the inventory"),
    "resource.removed": _("%(by)s took “%(what)s” out of the inventory"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {}
CODES: dict[str, type[TextChoices]] = {}
