"""Twelfth chapter: what is not covered. Two exchange rates, and a gap that the task force takes up."""

from decimal import Decimal
from typing import TYPE_CHECKING

from learnin.demo.chapters.c10_initiatives import ORGANISATIONS
from learnin.initiatives.operations import coverage

if TYPE_CHECKING:
    from learnin.demo.story import Story

# days before the story is told, and what a dollar is worth in euro; invented, like the bank
RATES = ((200, "0.91"), (40, "0.93"))
BANK = "Bank of Arvenia (example), middle rate"
ASKED = (("trust", 6, "Not before next year."), ("telecom", 4, ""))


def tell(story: "Story") -> None:
    """Money in dollars gets a rate; nobody acts on psychologists in schools, so the task force asks who would."""
    for days, rate in RATES:
        coverage.enter_rate(
            story.country, currency="USD", into="EUR", rate=Decimal(rate), on=story.ago(days).date(), source=BANK,
            by=story.people["marko"], now=story.ago(days - 1),
        )  # fmt: skip
    gap = coverage.introduce(
        story.country, title="A psychologist for small schools", theme="wellbeing", audience="specialists",
        objective="Each school of fewer than fifty pupils can call a psychologist, and sees one twice a month.",
        by=story.people["ana"], now=story.ago(7),
    )  # fmt: skip
    for name, days, answer in ASKED:
        known = story.country.organisations.get(names__en=ORGANISATIONS[name][0]["en"])
        coverage.note_asked(
            gap, organisation=known.pk, asked_on=story.ago(days).date(), answer=answer, by=story.people["marko"],
            now=story.ago(days - 1),
        )  # fmt: skip
