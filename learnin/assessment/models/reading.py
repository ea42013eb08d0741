"""The reading rules of a country: which numbers are shown, which with a warning, and which are withheld."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learnin.compute import disclosure, reading
from learnin.people.models import Country, Person

FEWEST_TO_HIDE_AMONG = 3  # of two, each knows what the other said


class ReadingRules(models.Model):
    """The lines a country drew for itself, and why. A country without a row has the defaults of `compute`."""

    country = models.OneToOneField(Country, on_delete=models.PROTECT, related_name="reading_rules")
    least_answers = models.PositiveSmallIntegerField(_("answers, at least"), default=reading.DEFAULT.least_answers)
    least_psus = models.PositiveSmallIntegerField(_("schools, at least"), default=reading.DEFAULT.least_psus)
    sure_answers = models.PositiveSmallIntegerField(
        _("answers for a sure number"), default=reading.DEFAULT.sure_answers
    )
    least_df = models.PositiveSmallIntegerField(_("degrees of freedom"), default=int(reading.DEFAULT.least_df))
    widest = models.FloatField(_("widest interval of a share"), default=reading.DEFAULT.widest)
    largest_cv = models.FloatField(_("largest coefficient of variation"), default=reading.DEFAULT.largest_cv)
    hidden_answers = models.PositiveSmallIntegerField(
        _("people to hide among"),
        default=disclosure.DEFAULT.least_answers,
        validators=[MinValueValidator(FEWEST_TO_HIDE_AMONG), MaxValueValidator(1000)],
    )
    hidden_psus = models.PositiveSmallIntegerField(
        _("schools to hide among"),
        default=disclosure.DEFAULT.least_psus,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    reason = models.TextField(_("why these lines"), max_length=2000)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("reading rules")
        verbose_name_plural = _("reading rules")
        constraints = [
            models.CheckConstraint(condition=Q(sure_answers__gte=F("least_answers")), name="sure_answers_are_shown"),
            models.CheckConstraint(
                condition=Q(hidden_answers__gte=FEWEST_TO_HIDE_AMONG, hidden_psus__gte=1), name="people_can_hide"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reading_rules_have_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.country)

    @property
    def thresholds(self) -> reading.Thresholds:
        """How exact a number must be."""
        return reading.Thresholds(
            least_answers=self.least_answers,
            least_psus=self.least_psus,
            sure_answers=self.sure_answers,
            least_df=self.least_df,
            widest=self.widest,
            largest_cv=self.largest_cv,
        )

    @property
    def disclosure(self) -> disclosure.Rules:
        """Among how many people must hide."""
        return disclosure.Rules(least_answers=self.hidden_answers, least_psus=self.hidden_psus)
