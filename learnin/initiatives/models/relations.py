"""Pairs of initiatives that may be the same, parts of one programme or overlapping, and what people say of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models.initiatives import Initiative
from learnin.people.models import Country, Person


class Relation(models.TextChoices):
    """How two initiatives stand to each other. The machine only proposes; people judge."""

    SAME = "same", _("The same, told twice")
    JOINT = "joint", _("One activity, told by each partner")
    PHASE = "phase", _("Phases of one programme")
    SITE = "site", _("Places of one programme")
    OVERLAP = "overlap", _("They overlap")
    UNRELATED = "unrelated", _("Not related")


class Pair(models.Model):
    """Two initiatives of a country that the machine or a person put side by side; the smaller number first.

    `reasons`, `contributions`: as `compute.relations` gives them. `method`: its version.
    """

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="initiative_pairs")
    first = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="pairs_first")
    second = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="pairs_second")
    score = models.FloatField(_("score"), default=0.0)
    proposed = models.CharField(_("what the machine proposes"), max_length=9, choices=Relation.choices, blank=True)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    contributions = models.JSONField(_("what each sign adds"), default=list, blank=True)
    method = models.CharField(_("version of the method"), max_length=40, blank=True)
    found_at = models.DateTimeField(_("found"))
    verdict = models.CharField(_("verdict"), max_length=9, choices=Relation.choices, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    judged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)

    class Meta:
        verbose_name = _("pair of initiatives")
        verbose_name_plural = _("pairs of initiatives")
        indexes = [
            models.Index(fields=["country", "-score"], condition=Q(verdict=""), name="pairs_to_judge"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
            models.CheckConstraint(
                condition=Q(judged_at=None, judged_by=None, verdict="")
                | (Q(judged_at__isnull=False, judged_by__isnull=False) & ~Q(verdict="")),
                name="pair_judged_by_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"

    @property
    def is_judged(self) -> bool:
        """Whether somebody has said what they are to each other."""
        return bool(self.verdict)


class Merge(models.Model):
    """One initiative was taken into another; both histories stay, and it can be undone.

    `before`: what the kept one was before, and what moved to it, to put it back.
    """

    kept = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="took_in")
    gone = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="went_into")
    before = models.JSONField(_("as it was before"), default=dict)
    merged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(_("merged"))
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="merged_once"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"
