"""What the parties of overlapping initiatives agree to do about it."""

from textwrap import shorten

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models.initiatives import Initiative
from learnin.initiatives.models.organisations import Organisation
from learnin.initiatives.models.relations import Pair
from learnin.people.models import Country, Person
from learnin.taskforce.models import ActionPoint, Seat


class Agreement(models.Model):
    """A proposal of the task force about initiatives; an agreement once every party accepts its text.

    A changed text (`edition`) asks every party again. An agreement is an action point of the task force.
    """

    class Kind(models.TextChoices):
        """What the parties would do."""

        COMPLEMENT = "complement", _("Complement each other")
        ALIGN = "align", _("Align")
        MERGE = "merge", _("Merge")
        HAND_OVER = "hand_over", _("Hand over")
        SEPARATE = "separate", _("Keep separate")

    class State(models.TextChoices):
        """Where it stands; worked out, never kept."""

        ASKED = "asked", _("Waiting for answers")
        OBJECTED = "objected", _("Objected to")
        AGREED = "agreed", _("Agreed")
        DONE = "done", _("Done")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="agreements")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="agreements", null=True, blank=True)
    initiatives = models.ManyToManyField(Initiative, related_name="agreements")
    kind = models.CharField(_("what to do"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("text"), max_length=8000)
    edition = models.PositiveSmallIntegerField(_("edition of the text"), default=1)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("done by"))
    owner = models.ForeignKey(
        Seat, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("who sees to it")
    )
    action = models.OneToOneField(
        ActionPoint, on_delete=models.PROTECT, related_name="agreement", null=True, blank=True
    )
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"))
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_why = models.CharField(_("why it was withdrawn"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(due_on__gte=F("begins_on")), name="agreement_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="agreement_withdrawn_says_why"
            ),
        ]

    def __str__(self) -> str:
        return shorten(self.text, 80, placeholder=" …")


class Party(models.Model):
    """An organisation whose word an agreement needs; `name` and `email`: who is asked for it."""

    class Answer(models.TextChoices):
        """What it says. No answer is not a yes."""

        NONE = "", _("No answer")
        ACCEPT = "accept", _("Accepts")
        OBJECT = "object", _("Objects")
        AMEND = "amend", _("Wants another text")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    answer = models.CharField(_("answer"), max_length=6, choices=Answer.choices, blank=True)
    edition = models.PositiveSmallIntegerField(_("edition of the text it answers"), default=1)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    proposed_text = models.TextField(_("text it would accept"), max_length=8000, blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("party of an agreement")
        verbose_name_plural = _("parties of agreements")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="party_once"),
            models.CheckConstraint(condition=~Q(answer="object") | ~Q(reason=""), name="objection_says_why"),
            models.CheckConstraint(condition=~Q(answer="amend") | ~Q(proposed_text=""), name="amendment_has_text"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
