"""Answers as they came in, kept for ever, and what was said and corrected about them."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learnin.assessment.models.instruments import Instrument, Version
from learnin.assessment.models.rounds import Enumerator, Invitation, Round
from learnin.people.models import Person


def where_an_answer_lies(file: "SubmissionFile", name: str) -> str:
    """A place nobody can guess, by month."""
    when: datetime = file.received_at
    return f"answers/{when:%Y/%m}/{uuid4().hex}"


class Submission(models.Model):
    """One answer, byte for byte. What can be worked out from it is worked out after it is safe."""

    class State(models.TextChoices):
        """Where its review stands."""

        RECEIVED = "received", _("Received")
        ISSUES = "issues", _("Has issues")
        CORRECTED = "corrected", _("Corrected")
        APPROVED = "approved", pgettext_lazy("answer", "Approved")
        REJECTED = "rejected", _("Rejected")

    class Channel(models.TextChoices):
        """How it came in."""

        COLLECT = "collect", _("ODK Collect")
        WEB = "web", _("Web form")
        PLAIN = "plain", _("Plain form")
        PHONE = "phone", _("Phone")
        ENTRY = "entry", _("Bulk entry")

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="submissions")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="submissions", null=True, blank=True)
    instance_id = models.CharField(_("instance id"), max_length=249)
    root_id = models.CharField(_("first instance id"), max_length=249)
    is_test = models.BooleanField(_("is a try of a draft"), default=False)
    is_current = models.BooleanField(_("is the newest edition"), default=True)
    xml = models.BinaryField(_("XML as it came"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    enumerator = models.ForeignKey(
        Enumerator, on_delete=models.PROTECT, related_name="submissions", null=True, blank=True
    )
    invitation = models.ForeignKey(
        Invitation, on_delete=models.PROTECT, related_name="submissions", null=True, blank=True
    )
    device = models.CharField(_("device"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=60, blank=True)
    received_at = models.DateTimeField(_("received"))
    is_encrypted = models.BooleanField(_("is encrypted"), default=False)
    has_all_files = models.BooleanField(_("has all its files"), default=True)
    data = models.JSONField(_("answers"), null=True, blank=True)
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("finished"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)
    answers_digest = models.CharField(_("fingerprint of what was answered"), max_length=64, blank=True, default="")
    worked_out_at = models.DateTimeField(_("worked out"), null=True, blank=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "is_test", "instance_id"], name="instance_arrives_once"),
        ]
        indexes = [
            models.Index(fields=["round", "state"], name="submission_by_state"),
            models.Index(fields=["instrument", "root_id"], name="submission_editions"),
            models.Index(fields=["round", "answers_digest"], name="submission_same_answers"),
            models.Index(fields=["received_at"], condition=Q(worked_out_at=None), name="submission_not_worked_out"),
        ]

    def __str__(self) -> str:
        return self.instance_id


class SubmissionFile(models.Model):
    """A picture, sound or log that came with an answer."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to=where_an_answer_lies, max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("kind"), max_length=100)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")
        constraints = [models.UniqueConstraint(fields=["submission", "name"], name="file_name_once_a_submission")]

    def __str__(self) -> str:
        return self.name


class Flag(models.Model):
    """Something about an answer that somebody should look at."""

    class Kind(models.TextChoices):
        """What caught the eye."""

        DUPLICATE = "duplicate", _("Looks like another answer")
        TOO_QUICK = "too_quick", _("Answered very quickly")
        STRAIGHT = "straight", _("The same answer in every row")
        PLACE = "place", _("Place outside the area")
        RANGE = "range", _("Value out of range")
        MANUAL = "manual", _("Marked by a person")

    class Verdict(models.TextChoices):
        """What was found when somebody looked."""

        OPEN = "", _("To be looked at")
        FINE = "fine", _("Fine as it is")
        WRONG = "wrong", _("Wrong")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    path = models.CharField(_("question"), max_length=300, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    raised_at = models.DateTimeField(_("raised"))
    verdict = models.CharField(_("verdict"), max_length=6, choices=Verdict.choices, blank=True)
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            models.UniqueConstraint(fields=["submission", "kind", "path"], name="flag_once_a_question"),
            models.CheckConstraint(
                condition=Q(verdict="", settled_at=None, settled_by=None)
                | (~Q(verdict="") & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="flag_settled_by_at",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Correction(models.Model):
    """A value a person set right, with the reason; the original stays as it came."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="corrections")
    path = models.CharField(_("question"), max_length=300)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="correction_says_why")]

    def __str__(self) -> str:
        return self.path


class Review(models.Model):
    """What a reviewer decided or said about an answer."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="reviews")
    state = models.CharField(_("state"), max_length=10, choices=Submission.State.choices, blank=True)
    comment = models.CharField(_("comment"), max_length=1000, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("review of an answer")
        verbose_name_plural = _("reviews of answers")

    def __str__(self) -> str:
        return self.get_state_display() or self.comment
