"""How the journal and the notices tell what happened to documents, letters and jobs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "digest.chosen": _("%(by)s chose how often letters with news come"),
    "document.added": _("%(by)s added the document “%(what)s”"),
    "document.published": _("%(by)s opened the document “%(what)s” to everybody"),
    "document.withdrawn": _("%(by)s took the document “%(what)s” off the public page"),
    "job.run-again": _("%(by)s ran a job again: %(what)s"),
    "mail.sent-again": _("%(by)s sent a letter again: %(what)s"),
}

KINDS = {
    "document.published": _("Your document “%(title)s” is on the public page: %(country)s."),
    "document.withdrawn": _("Your document “%(title)s” was taken off the public page: %(country)s."),
}

PLACES = {
    "file": _("File"),
    "sha256": _("Fingerprint (SHA-256)"),
}
