"""Open data: the answers of a round as a file that everybody may have, and the check that comes before."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models.estimates import RunRound
from learnin.assessment.models.rounds import Round
from learnin.journal.models import Attachment, Job
from learnin.kit.columns import CodesField
from learnin.people.models import Person


class OpenData(models.Model):
    """A file of anonymous answers, made of one run; `outcome` is what the disclosure check found.

    `groupings` and `indicators` are codes: first those that were asked for, then those that are in the file.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Being made")
        REFUSED = "refused", _("May not be published")
        READY = "ready", _("Checked, not published")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Licence(models.TextChoices):
        """What others may do with the file. The code is that of SPDX."""

        CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0: use it, and name the source")
        CC0 = "CC0-1.0", _("Creative Commons Zero 1.0: use it freely")
        CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0: what is made of it is as free")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="open_data")
    part = models.ForeignKey(RunRound, on_delete=models.PROTECT, related_name="open_data")
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY)
    language = models.CharField(_("language"), max_length=12)
    are_groupings_chosen = models.BooleanField(_("somebody chose the groups"), default=False)
    groupings = models.JSONField(_("groups that go along"), default=list, blank=True)
    indicators = models.JSONField(_("indicators that go along"), default=list, blank=True)
    seed = models.BigIntegerField(_("seed"))
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    outcome = CodesField(_("disclosure check"), default=dict, blank=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="open_data", null=True, blank=True
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("asked for"))
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("open data")
        verbose_name_plural = _("open data")
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(state="published"), name="open_data_published_once_a_round"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "published"]) | Q(attachment__isnull=False),
                name="open_data_that_is_checked_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="open_data_published_by_at",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | Q(~Q(state="withdrawn"), withdrawn_at=None, withdrawn_by=None),
                name="open_data_withdrawn_by_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "withdrawn"]) | Q(published_at__isnull=False),
                name="open_data_published_at",
            ),
        ]

    def __str__(self) -> str:
        return str(self.round)
