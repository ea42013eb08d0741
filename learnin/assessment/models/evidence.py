"""Evidence beside surveys: documents and facts, talks and statements, experts, resources, the country's culture."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models.plan import Assessment
from learnin.journal.models import Attachment
from learnin.people.models import Country, Person
from learnin.programme.fields import ProgrammeIdField


class Source(models.Model):
    """A document that the desk review read."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="assessment_sources", null=True, blank=True
    )
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title


class Fact(models.Model):
    """One thing a source says, with the page where it says it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="facts")
    text = models.TextField(_("fact"), max_length=2000)
    page = models.CharField(_("page"), max_length=40)
    dimension = ProgrammeIdField(kind="dimension", verbose_name=_("dimension"))
    theme = ProgrammeIdField(kind="theme", verbose_name=_("theme"), blank=True, default="")
    component = ProgrammeIdField(kind="component", verbose_name=_("component"), blank=True, default="")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")

    def __str__(self) -> str:
        return self.text[:80]


class Conversation(models.Model):
    """A key-informant interview or a focus group: its guide, who came, what was said."""

    class Kind(models.TextChoices):
        """How many people were asked at once."""

        INTERVIEW = "interview", _("Key-informant interview")
        FOCUS_GROUP = "focus_group", _("Focus group")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="conversations")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    guide = models.TextField(_("guide"), max_length=20_000, blank=True)
    held_on = models.DateField(_("held"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    notes = models.TextField(_("notes"), max_length=40_000, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")

    def __str__(self) -> str:
        return self.title


class Participants(models.Model):
    """How many people of one group took part. No names are kept."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    audience = ProgrammeIdField(kind="audience", verbose_name=_("who"))
    number = models.PositiveSmallIntegerField(_("how many"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("participants")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "audience"], name="participants_once_a_group"),
            models.CheckConstraint(condition=Q(number__gt=0), name="participants_are_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}: {self.number}"


class Statement(models.Model):
    """Something that was said, coded by dimension and theme."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="statements")
    text = models.TextField(_("statement"), max_length=4000)
    audience = ProgrammeIdField(kind="audience", verbose_name=_("who said it"), blank=True, default="")
    dimension = ProgrammeIdField(kind="dimension", verbose_name=_("dimension"))
    theme = ProgrammeIdField(kind="theme", verbose_name=_("theme"), blank=True, default="")
    component = ProgrammeIdField(kind="component", verbose_name=_("component"), blank=True, default="")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return self.text[:80]


class Expert(models.Model):
    """Somebody who agreed to be found for what they can do."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="experts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    skills = models.TextField(_("what they can do"), max_length=2000)
    languages = models.JSONField(_("languages"), default=list)
    agreed_on = models.DateField(_("agreed to be listed"))
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))
    withdrawn_at = models.DateTimeField(_("taken off the list"), null=True, blank=True)

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")

    def __str__(self) -> str:
        return self.name


class ExpertTheme(models.Model):
    """A theme somebody knows well."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="themes")
    theme = ProgrammeIdField(kind="theme", verbose_name=_("theme"))

    class Meta:
        verbose_name = _("theme of an expert")
        verbose_name_plural = _("themes of an expert")
        constraints = [models.UniqueConstraint(fields=["expert", "theme"], name="expert_theme_stands_once")]

    def __str__(self) -> str:
        return self.get_theme_display()


class Resource(models.Model):
    """Something the country has: a platform, content, devices, connections, money."""

    class Kind(models.TextChoices):
        """What it is."""

        PLATFORM = "platform", _("Platform")
        CONTENT = "content", _("Content")
        DEVICES = "devices", _("Devices")
        CONNECTIVITY = "connectivity", _("Connectivity")
        BUDGET = "budget", _("Budget")
        PEOPLE = "people", _("Trained people")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="resources")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    owner = models.CharField(_("who has it"), max_length=200, blank=True)
    quantity = models.DecimalField(_("how much"), max_digits=16, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    as_of = models.DateField(_("known on"))
    source = models.CharField(_("where this is from"), max_length=500)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def __str__(self) -> str:
        return self.name


class CultureProfile(models.Model):
    """What any solution must fit: languages, scripts, grades, calendar, minorities, norms."""

    country = models.OneToOneField(Country, on_delete=models.PROTECT, related_name="culture")
    instruction_languages = models.TextField(_("languages of instruction"), max_length=2000, blank=True)
    scripts = models.TextField(_("scripts"), max_length=500, blank=True)
    grades = models.TextField(_("grade system"), max_length=2000, blank=True)
    calendar = models.TextField(_("school calendar"), max_length=2000, blank=True)
    minorities = models.TextField(_("minorities"), max_length=2000, blank=True)
    norms = models.TextField(_("norms that matter"), max_length=4000, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("cultural profile")
        verbose_name_plural = _("cultural profiles")

    def __str__(self) -> str:
        return str(self.country)
