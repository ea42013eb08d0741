"""Sampling frames, and the samples drawn from them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models.plan import Assessment
from learnin.journal.models import Attachment, Job
from learnin.kit.columns import CodesField
from learnin.people.models import Country, Person


class Frame(models.Model):
    """A list of units (schools) that samples are drawn from: first a file, then, once its columns are known, units."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="frames")
    title = models.CharField(_("title"), max_length=200)
    source = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="frames")
    contents = models.JSONField(_("what stands in the file"), default=dict)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="frames", null=True, blank=True)
    mapping = models.JSONField(_("which column means what"), default=dict)
    strata = models.JSONField(_("columns that make strata"), default=list)
    groups = models.JSONField(_("values that count as one"), default=dict)
    report = models.JSONField(_("quality report"), default=dict)
    unit_count = models.PositiveIntegerField(_("units"), default=0)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)

    class Meta:
        verbose_name = _("sampling frame")
        verbose_name_plural = _("sampling frames")

    def __str__(self) -> str:
        return self.title

    @property
    def is_busy(self) -> bool:
        """Whether a job is reading the file or making units of its rows."""
        return self.job is not None and not self.job.is_finished

    @property
    def is_unread(self) -> bool:
        """Whether its file was too long to be read at once, and no job has read it."""
        return self.job is not None and not self.contents


class FrameUnit(models.Model):
    """One unit of a frame. `row` is its line in the file that was imported; draws depend on that order."""

    class SetAside(models.TextChoices):
        """Why a unit of the file is never drawn."""

        NOT_AT_WORK = "closed", _("Not at work")
        SAME_CODE = "same_code", _("The same code stands above")
        NO_NAME = "no_name", _("Without a name or code")

    frame = models.ForeignKey(Frame, on_delete=models.CASCADE, related_name="units")
    row = models.PositiveIntegerField(_("row"))
    code = models.CharField(_("code"), max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=300)
    strata = models.JSONField(_("values of the strata columns"), default=dict)
    size = models.FloatField(_("size measure"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("second-stage units"), null=True, blank=True)
    area = models.CharField(_("area"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=60, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=500, blank=True)
    set_aside = models.CharField(_("why it is set aside"), max_length=10, choices=SetAside.choices, blank=True)

    class Meta:
        verbose_name = _("unit of a frame")
        verbose_name_plural = _("units of a frame")
        constraints = [models.UniqueConstraint(fields=["frame", "row"], name="frame_row_stands_once")]

    def __str__(self) -> str:
        return self.name


class ColumnMemory(models.Model):
    """Which column meant what in a file with the same heading before."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(_("fingerprint of the heading"), max_length=64)
    mapping = models.JSONField(_("which column means what"), default=dict)
    strata = models.JSONField(_("columns that make strata"), default=list)
    groups = models.JSONField(_("values that count as one"), default=dict)
    used_at = models.DateTimeField(_("used"))

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        constraints = [models.UniqueConstraint(fields=["country", "heading"], name="columns_remembered_once")]

    def __str__(self) -> str:
        return self.heading


class Sample(models.Model):
    """A draw from a frame, reproducible to the unit from its design and seed."""

    class Method(models.TextChoices):
        """How units are drawn."""

        SIMPLE = "simple", _("Simple random")
        SYSTEMATIC = "systematic", _("Systematic")
        PPS_SYSTEMATIC = "pps_systematic", _("Proportional to size, systematic")
        PPS = "pps", _("Proportional to size, without replacement")
        CENSUS = "census", _("Every unit")

    class Allocation(models.TextChoices):
        """How the sample is shared among strata."""

        NONE = "", _("No strata")
        EQUAL = "equal", _("The same in each stratum")
        PROPORTIONAL = "proportional", _("In proportion to size")
        NEYMAN = "neyman", _("Neyman: more where answers differ more")
        POWER = "power", _("Power: between equal and proportional")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="samples")
    frame = models.ForeignKey(Frame, on_delete=models.PROTECT, related_name="samples")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="samples", null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    method = models.CharField(_("method"), max_length=16, choices=Method.choices)
    allocation = models.CharField(_("allocation"), max_length=12, choices=Allocation.choices, blank=True)
    size = models.PositiveIntegerField(_("units to draw"))
    take = models.PositiveIntegerField(_("second-stage units in each"), null=True, blank=True)
    reserves = models.PositiveSmallIntegerField(_("reserves for each unit"), default=0)
    strata = models.JSONField(_("strata columns"), default=list)
    design = CodesField(_("the rest of the design"), default=dict)
    seed = models.BigIntegerField(_("seed"))
    method_version = models.CharField(_("version of the method"), max_length=40)
    fingerprint = models.CharField(_("fingerprint of the frame"), max_length=64)
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(_("drawn"))

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")

    def __str__(self) -> str:
        return self.title


class SampleStratum(models.Model):
    """One stratum of a sample: how many units it has and how many were drawn."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="drawn_strata")
    number = models.PositiveIntegerField(_("number"))
    label = models.CharField(_("name"), max_length=300)
    values = models.JSONField(_("values"), default=dict)
    units = models.PositiveIntegerField(_("units in the frame"))
    drawn = models.PositiveIntegerField(_("units drawn"))
    size_total = models.FloatField(_("sum of sizes"), null=True, blank=True)

    class Meta:
        verbose_name = _("stratum")
        verbose_name_plural = _("strata")
        constraints = [models.UniqueConstraint(fields=["sample", "number"], name="stratum_number_once_a_sample")]

    def __str__(self) -> str:
        return self.label


class SampledUnit(models.Model):
    """A unit that was drawn, or waits as a reserve for one that was."""

    stratum = models.ForeignKey(SampleStratum, on_delete=models.CASCADE, related_name="drawn_units")
    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(FrameUnit, on_delete=models.PROTECT, related_name="draws")
    order = models.PositiveIntegerField(_("order in the draw"))
    probability = models.FloatField(_("probability of being drawn"), null=True, blank=True)
    weight = models.FloatField(_("base weight"), null=True, blank=True)
    is_certainty = models.BooleanField(_("is in every sample"), default=False)
    reserve_for = models.ForeignKey("self", on_delete=models.CASCADE, related_name="reserves", null=True, blank=True)
    reserve_rank = models.PositiveSmallIntegerField(_("rank as a reserve"), default=0)
    stands_in_since = models.DateTimeField(_("stands in since"), null=True, blank=True)
    stands_in_because = models.CharField(_("why it stands in"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sampled unit")
        verbose_name_plural = _("sampled units")
        constraints = [
            models.UniqueConstraint(fields=["sample", "unit"], name="unit_once_a_sample"),
            models.CheckConstraint(
                condition=Q(stands_in_since=None) | Q(reserve_for__isnull=False), name="only_reserves_stand_in"
            ),
        ]

    def __str__(self) -> str:
        return self.unit.name


class SampledPerson(models.Model):
    """Somebody drawn inside a sampled unit: a teacher of a sampled school."""

    unit = models.ForeignKey(SampledUnit, on_delete=models.CASCADE, related_name="people")
    number = models.PositiveIntegerField(_("number on the list"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=60, blank=True)
    probability = models.FloatField(_("probability within the unit"))
    weight = models.FloatField(_("base weight"))

    class Meta:
        verbose_name = _("sampled person")
        verbose_name_plural = _("sampled people")
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="person_once_a_unit")]

    def __str__(self) -> str:
        return self.name or str(self.number)
