"""Who sits on the task force, for whom, and until when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learnin.journal.models import Attachment
from learnin.people.models import Area, Country, Person
from learnin.people.models.persons import Level
from learnin.programme.fields import ProgrammeIdField


class TaskForce(models.Model):
    """The National Task Force of a country."""

    country = models.OneToOneField(Country, on_delete=models.PROTECT, related_name="task_force")
    established_on = models.DateField(_("established on"))
    established_by = models.CharField(_("established by"), max_length=200, blank=True)
    order = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("signed order")
    )
    mandate_ends_on = models.DateField(_("mandate until"), null=True, blank=True)
    objection_days = models.PositiveSmallIntegerField(_("days to object to minutes"), default=3)
    interpreter_plan = models.TextField(_("plan for interpreting"), blank=True)
    documents_language = models.CharField(_("language of its papers"), max_length=12, blank=True)
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)

    class Meta:
        verbose_name = _("task force")
        verbose_name_plural = _("task forces")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mandate_ends_on=None) | models.Q(mandate_ends_on__gte=models.F("established_on")),
                name="mandate_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.country)

    @property
    def is_over(self) -> bool:
        """Whether it handed its tasks over: nothing new begins, what is open can be finished."""
        return self.handed_over_on is not None


class Seat(models.Model):
    """A place on the task force, for one constituency. It is open until somebody is nominated."""

    task_force = models.ForeignKey(TaskForce, on_delete=models.CASCADE, related_name="seats")
    constituency = ProgrammeIdField(kind="constituency", verbose_name=_("constituency"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("seat"), max_length=160)
    institution = models.CharField(_("nominating institution"), max_length=200, blank=True)
    faces_region = models.BooleanField(_("works with the region"), default=False)
    open_since = models.DateField(_("open since"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(fields=["task_force", "number"], name="one_seat_a_number"),
        ]

    def __str__(self) -> str:
        return self.title


class Sex(models.TextChoices):
    """As the person gives it, or not at all."""

    FEMALE = "f", _("Woman")
    MALE = "m", _("Man")
    OTHER = "x", _("Another answer")


class Sitting(models.Model):
    """Somebody in a seat for a term: nominated, then appointed, then ended. Named before they ever sign in."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="sittings")
    is_deputy = models.BooleanField(_("is a deputy"), default=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sittings", null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    position = models.CharField(_("position"), max_length=160, blank=True)
    english = models.CharField(_("English"), max_length=2, choices=Level.choices, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    nominated_on = models.DateField(_("nominated on"))
    appointed_on = models.DateField(_("appointed on"), null=True, blank=True)
    letter = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("letter")
    )
    term_ends_on = models.DateField(_("term until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "is_deputy"], condition=models.Q(ended_on=None), name="one_sitter_a_seat"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("nominated_on")),
                name="sitting_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PostKind(models.TextChoices):
    """The posts of a task force beside its seats."""

    CHAIR = "chair", _("Chair of the task force")
    COORDINATOR = "coordinator", _("Coordinator of the task force")
    ASSESSMENT_COORDINATOR = "assessment_coordinator", _("Coordinator of the needs assessment")
    COMMUNITY_COORDINATOR = "community_coordinator", _("Coordinator of a community")


class Post(models.Model):
    """Somebody appointed to lead: the task force, the needs assessment, or a community."""

    task_force = models.ForeignKey(TaskForce, on_delete=models.CASCADE, related_name="posts")
    kind = models.CharField(_("post"), max_length=40, choices=PostKind.choices)
    component = ProgrammeIdField(kind="component", verbose_name=_("community"), blank=True, default="")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts", null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    mandate = models.TextField(_("mandate"), max_length=2000, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(
                fields=["task_force", "kind", "component"],
                condition=models.Q(ended_on=None),
                name="one_holder_a_post",
            ),
            models.CheckConstraint(
                condition=(models.Q(kind="community_coordinator") & ~models.Q(component=""))
                | (~models.Q(kind="community_coordinator") & models.Q(component="")),
                name="community_post_names_its_component",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="post_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
