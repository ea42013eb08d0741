"""An initiative's page, and its life: confirmed, published, taken out, put back; its papers."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from learnin.initiatives.formats.record import Contact, Money, MoneyKind, People, Text
from learnin.initiatives.models import Initiative
from learnin.journal.models import Entry, Notice
from learnin.people.models import Country
from tests.cast import NOW, Cast, as_
from tests.house.addresses import content
from tests.initiatives import made
from tests.world import PDF

pytestmark = pytest.mark.django_db


def _do(cast: Cast, who: str, name: str, one: Initiative, **sent: object) -> int:
    return as_(getattr(cast, who)).post(reverse(f"initiatives:{name}", args=[one.pk]), sent).status_code


@pytest.mark.parametrize(
    ("who", "status"), [("chair", 200), ("member", 200), ("partner", 404), ("stranger", 404), ("regional", 200)]
)
def test_who_may_read(cast: Cast, who: str, status: int) -> None:
    assert as_(getattr(cast, who)).get(made.initiative(cast).url).status_code == status


def test_all_that_is_known(cast: Cast) -> None:
    one = made.initiative(
        cast,
        titles=(Text("Digital skills", "en"), Text("Дигиталне вештине", "sr")),
        contact=Contact(person="Nina", email="nina@example.org"),
        money=(Money(Decimal("1250.50"), "EUR", MoneyKind.BUDGET),),
        people=(People("teachers", planned=1200),),
    )
    page = as_(cast.member).get(one.url).content.decode()
    for words in (
        "Digital skills", "Дигиталне вештине", "The original, in: English", "nina@example.org", "EUR", "1,250.5",
        "1,200", "Carries it out", "Ministry of Education", "Written here",
    ):  # fmt: skip
        assert words in page, words
    assert 'lang="sr-Cyrl"' in page


def test_imported_is_not_confirmed_before_somebody_says_so(cast: Cast) -> None:
    one = made.initiative(cast, origin=Initiative.Origin.IATI)
    assert "Not confirmed" in as_(cast.member).get(one.url).content.decode()
    assert _do(cast, "member", "confirm_initiative", one) == 403
    assert _do(cast, "chair", "confirm_initiative", one) == 302
    one.refresh_from_db()
    assert one.confirmed_by == cast.chair
    assert Entry.objects.filter(verb="initiative.confirmed").count() == 1


def test_unconfirmed_is_not_published(cast: Cast) -> None:
    one = made.initiative(cast, origin=Initiative.Origin.IATI)
    page = as_(cast.chair).post(reverse("initiatives:publish_initiative", args=[one.pk]), follow=True)
    assert "Confirm it before everybody reads it" in page.content.decode()
    one.refresh_from_db()
    assert not one.is_public


def test_published_and_taken_off_again(cast: Cast) -> None:
    one = made.initiative(cast, by=cast.partner)
    assert _do(cast, "partner", "publish_initiative", one) == 403
    assert _do(cast, "chair", "publish_initiative", one) == 302
    one.refresh_from_db()
    assert one.is_public
    assert Notice.objects.get(kind="initiative.published").person == cast.partner
    assert _do(cast, "chair", "unpublish_initiative", one) == 302
    one.refresh_from_db()
    assert not one.is_public


def test_taken_out_with_a_reason_and_put_back(cast: Cast) -> None:
    one = made.initiative(cast, by=cast.partner)
    _do(cast, "chair", "publish_initiative", one)
    assert _do(cast, "chair", "withdraw_initiative", one, why="") == 422
    assert _do(cast, "chair", "withdraw_initiative", one, why="It never began") == 302
    one.refresh_from_db()
    assert not one.is_in_register
    assert not one.is_public
    assert "It never began" in as_(cast.member).get(one.url).content.decode()
    room = reverse("initiatives:register", args=["RS"])
    assert not as_(cast.chair).get(room).context["rows"]
    assert as_(cast.chair).get(f"{room}?state=withdrawn").context["rows"]
    assert _do(cast, "partner", "bring_back_initiative", one) == 302
    one.refresh_from_db()
    assert one.is_in_register
    assert not one.is_public


def test_who_may_change_its_life(cast: Cast) -> None:
    one = made.initiative(cast)
    for name in ("withdraw_initiative", "bring_back_initiative", "confirm_initiative", "publish_initiative"):
        assert _do(cast, "member", name, one, why="No") == 403
        assert _do(cast, "partner", name, one, why="No") == 404
        assert _do(cast, "stranger", name, one, why="No") == 404


def test_its_papers(cast: Cast) -> None:
    one = made.initiative(cast)
    url = reverse("initiatives:add_initiative_paper", args=[one.pk])
    sent = {"file": SimpleUploadedFile("plan.pdf", PDF)}
    assert as_(cast.chair).post(url, sent).status_code == 302
    paper = one.documents.get()
    opened = reverse("journal:file", args=[paper.pk])
    assert content(as_(cast.member).get(opened)) == PDF
    assert as_(cast.partner).get(opened).status_code == 404
    assert as_(cast.stranger).get(opened).status_code == 404
    assert _do(cast, "chair", "remove_initiative_paper", one, paper="nonsense") == 302
    assert one.documents.exists()
    assert _do(cast, "chair", "remove_initiative_paper", one, paper=paper.pk) == 302
    assert not one.documents.exists()
    assert as_(cast.member).get(opened).status_code == 404


def test_a_paper_that_is_none_is_refused(cast: Cast) -> None:
    one = made.initiative(cast)
    url = reverse("initiatives:add_initiative_paper", args=[one.pk])
    sent = {"file": SimpleUploadedFile("virus.exe", b"MZ")}
    assert as_(cast.chair).post(url, sent).status_code == 422
    assert not one.documents.exists()


def test_erased_people_are_no_contacts(cast: Cast) -> None:
    from learnin.people.notices import erased

    contact = Contact(organisation="Fund", person="Member", email=cast.member.email)
    one = made.initiative(cast, contact=contact, origin=Initiative.Origin.IATI)
    made.represent(cast, "UNICEF Serbia", cast.member)
    erased.send(type(cast.member), person=cast.member, by=cast.regional, now=NOW)
    one.refresh_from_db()
    assert one.contact == {"organisation": "Fund"}
    assert one.told["contact"] == {"organisation": "Fund"}
    assert not one.reporter.representatives.filter(ended_at=None).exists()


def test_what_waits(cast: Cast) -> None:
    from learnin.initiatives.next_register import waiting

    today = NOW.date()

    def home() -> Country:
        return Country.objects.get(pk=cast.home.pk)  # as a page does, anew each time

    assert not list(waiting(cast.chair, home(), today))
    made.initiative(cast, "Imported", origin=Initiative.Origin.IATI, reporter=made.organisation("Fund"))
    made.initiative(cast, "Half", by=cast.partner, is_draft=True)
    assert [one.do for one in waiting(cast.chair, home(), today)] == ["Confirm initiatives that came from files"]
    assert [one.do for one in waiting(cast.partner, home(), today)] == ["Finish your draft"]
    made.represent(cast, "Fund", cast.partner)
    assert {one.do for one in waiting(cast.partner, home(), today)} == {
        "Confirm your initiatives",
        "Finish your draft",
    }
    assert not list(waiting(cast.stranger, home(), today))
