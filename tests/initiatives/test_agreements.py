"""Parties of overlapping initiatives are asked, answer by a link or on the page, and then the task force acts."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from learnin.initiatives import route
from learnin.initiatives.access import agreements as access
from learnin.initiatives.formats.record import Related, RelatedAs
from learnin.initiatives.models import Agreement, Party, Representative
from learnin.initiatives.operations import agreements as operations
from learnin.initiatives.operations import importing, leaving, registering
from learnin.initiatives.queries import agreements as queries
from learnin.initiatives.queries import imports, related, standing
from learnin.initiatives.queries.records import record_of
from learnin.journal.models import Entry, Notice
from learnin.kit import next as waiting
from learnin.kit.route import State as Route
from learnin.people.models import Country
from learnin.taskforce.models import ActionPoint, MandateEvidence
from learnin.taskforce.operations import actions
from tests.cast import NOW, as_
from tests.initiatives import iati_files, made, made_files

State = Agreement.State
METHOD = Path(__file__).parents[2] / "docs/methods/route.md"


def examples():
    """The table of the method page."""
    text = METHOD.read_text(encoding="utf-8").split("## Worked examples of agreements")[1].split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("| sign")]
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]


@pytest.mark.parametrize("line", examples(), ids=" ".join)
def test_the_worked_examples_of_the_route(line):
    _step, registered, overlaps, asked, agreed, state = line
    here = standing.Standing(
        country=Country(code="RS"),
        registered=int(registered),
        overlaps=int(overlaps),
        asked=int(asked),
        agreed=int(agreed),
    )
    assert route.sign_agreements(here, timezone.localdate()).state == Route(state)


@pytest.fixture
def agreement(cast):
    return made.agreement(cast)


def written(day, name="due_on"):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_what_would_be_done_in_the_past_is_not_asked(cast, agreement):
    chair, before = as_(cast.chair), agreement.due_on
    page = reverse("initiatives:rewrite_agreement", args=[agreement.pk])
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = chair.post(page, {"text": "Another text", **written(yesterday)})
    assert answer.status_code == 422
    assert "must be today or later" in str(answer.context["form"].errors["due_on"])
    assert "Another text" in answer.content.decode()
    agreement.refresh_from_db()
    assert (agreement.due_on, agreement.edition) == (before, 1)


@pytest.mark.parametrize(("said", "box"), [("object", "reason"), ("amend", "proposed_text")])
def test_what_an_answer_lacks_is_said_at_its_box(client, cast, agreement, said, box):
    page = client.post(link(parties(agreement)[0]), {"answer": said})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [box]
    assert parties(agreement)[0].answered_at is None


def test_a_long_text_is_called_by_whole_words(cast, agreement):
    agreement.text = "Harmonisation of the calendars of courses " * 10
    assert str(agreement) == "Harmonisation of the calendars of courses Harmonisation of the calendars of …"
    agreement.text = "One calendar"
    assert str(agreement) == "One calendar"


def state(agreement):
    return queries.state_of(queries.with_parties(Agreement.objects.filter(pk=agreement.pk)).get())


def parties(agreement):
    return list(agreement.parties.order_by("pk"))


def link(party):
    return reverse("initiatives:agreement_answer", args=[access.token(party)])


def all_accept(agreement):
    for party in parties(agreement):
        operations.answer(party, answer="accept", by=None, now=timezone.now())


@pytest.mark.parametrize(
    ("player", "status"), [("chair", 200), ("member", 200), ("partner", 404), ("stranger", 404), ("regional", 200)]
)
def test_who_may_read_it(cast, as_, agreement, player, status):
    client = as_(getattr(cast, player))
    assert client.get(reverse("initiatives:agreement", args=[agreement.pk])).status_code == status


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404)])
def test_who_may_not_propose(cast, as_, agreement, player, status):
    url = reverse("initiatives:propose_agreement", args=["RS"]) + f"?pair={agreement.pair_id}"
    assert as_(getattr(cast, player)).post(url, {}).status_code == status


def test_the_coordinator_proposes_from_a_pair(cast, as_):
    force = made.taskforce.full(cast)
    one, other = made.two(cast)
    pair = made.side_by_side(cast, one, other)
    url = reverse("initiatives:propose_agreement", args=["RS"]) + f"?pair={pair.pk}"
    client = as_(cast.chair)
    page = client.get(url).content.decode()
    assert "Digital skills for teachers" in page
    assert "vesna@unicef.example" in page
    due = timezone.localdate() + timedelta(days=30)
    sent = {
        "initiatives": [one.pk, other.pk], "kind": "align", "text": "One calendar", "seat": force.seats.first().pk,
        **written(due),
        f"name_{one.reporter_id}": "Vesna Savet", f"email_{one.reporter_id}": "vesna@unicef.example",
        f"name_{other.reporter_id}": "Petar", f"email_{other.reporter_id}": "",
    }  # fmt: skip
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "Write an e-mail address for: World Bank" in refused.content.decode()
    assert not Agreement.objects.exists()
    answer = client.post(url, sent | {f"email_{other.reporter_id}": "petar@bank.example"})
    made_now = Agreement.objects.get()
    assert answer["Location"] == reverse("initiatives:agreement", args=[made_now.pk])
    assert {party.email for party in parties(made_now)} == {"vesna@unicef.example", "petar@bank.example"}
    assert sum("answer-agreement" in letter.body for letter in mail.outbox) == 2


def test_a_letter_carries_three_links_and_reading_records_nothing(client, agreement):
    letter = next(one for one in mail.outbox if one.to == ["vesna@unicef.example"])
    urls = re.findall(r"https?://\S+answer-agreement\S+", letter.body)
    assert [url.rpartition("=")[2] for url in urls] == ["accept", "object", "amend"]
    path = "/" + urls[0].split("/", 3)[3]
    page = client.get(path)
    assert page.status_code == 200
    assert re.search(r'value="accept"[^>]*checked', page.content.decode())
    assert not Party.objects.exclude(answer="").exists()


def test_every_yes_makes_an_action_with_evidence(cast, client, agreement):
    first, second = parties(agreement)
    client.post(link(first), {"answer": "accept"})
    assert state(agreement) is State.ASKED
    assert not ActionPoint.objects.exists()
    client.post(link(second), {"answer": "accept"})
    agreement.refresh_from_db()
    assert state(agreement) is State.AGREED
    action = ActionPoint.objects.get()
    assert agreement.action == action
    assert action.seat == agreement.owner
    assert sorted(action.components.values_list("component", flat=True)) == ["pedagogy", "technology"]
    assert MandateEvidence.objects.get(action=action).mandate_point == "harmonised-initiatives"
    actions.complete(action, outcome="One calendar is out", by=cast.chair, now=timezone.now())
    assert state(agreement) is State.DONE


def test_keeping_apart_needs_no_action(cast):
    agreement = made.agreement(cast, kind="separate")
    all_accept(agreement)
    assert state(agreement) is State.DONE
    assert not ActionPoint.objects.exists()


def test_who_objects_says_why_and_the_proposer_hears_of_it(cast, client, as_, agreement):
    first, _second = parties(agreement)
    client.cookies["django_language"] = "en"  # else the page speaks as the letter does
    refused = client.post(link(first), {"answer": "object"})
    assert refused.status_code == 422
    assert "Say why your organisation objects" in refused.content.decode()
    client.post(link(first), {"answer": "object", "reason": "We have no money for it"})
    assert state(agreement) is State.OBJECTED
    assert Notice.objects.filter(person=cast.chair, kind="agreement.answered").count() == 1
    page = as_(cast.member).get(reverse("initiatives:agreement", args=[agreement.pk])).content.decode()
    assert "We have no money for it" in page
    told = as_(cast.chair).get(reverse("initiatives:agreements", args=["RS"]), {"state": "objected"}).content.decode()
    assert "Both train the same schools" in told


def test_another_text_asks_everybody_again(cast, client, as_, agreement):
    first, second = parties(agreement)
    client.post(link(first), {"answer": "accept"})
    client.post(link(second), {"answer": "amend", "proposed_text": "Two calendars, one list of schools"})
    url = reverse("initiatives:rewrite_agreement", args=[agreement.pk])
    chair = as_(cast.chair)
    assert "Two calendars, one list of schools" in chair.get(url).content.decode()
    day = agreement.due_on
    form = {"text": "One list of schools", **written(day)}
    chair.post(url, form)
    agreement.refresh_from_db()
    assert (agreement.edition, agreement.text, state(agreement)) == (2, "One list of schools", State.ASKED)
    client.post(link(second), {"answer": "accept"})
    assert state(agreement) is State.ASKED
    client.post(link(first), {"answer": "accept"})
    assert state(agreement) is State.AGREED


def test_a_link_answers_nothing_once_it_is_over(cast, client, agreement):
    operations.withdraw(agreement, why="The bank stopped", by=cast.chair, now=timezone.now())
    client.cookies["django_language"] = "en"  # else the page speaks as the letter does
    answer = client.post(link(parties(agreement)[0]), {"answer": "accept"})
    assert answer.status_code == 410
    assert "withdrawn" in answer.content.decode()
    assert not Party.objects.exclude(answer="").exists()


@pytest.mark.parametrize("token", ["x", "1:2:3"])
def test_a_link_that_was_never_ours(client, db, token):
    assert client.get(reverse("initiatives:agreement_answer", args=[token])).status_code == 404


def test_a_link_is_for_one_address(cast, client, agreement):
    party = parties(agreement)[0]
    old = link(party)
    Party.objects.filter(pk=party.pk).update(email="new@unicef.example")
    assert client.get(old).status_code == 404


def test_a_partner_answers_for_the_organisation_it_represents(cast, as_, agreement):
    party, other = parties(agreement)
    Representative.objects.create(
        organisation=party.organisation, person=cast.partner, added_by=cast.chair, added_at=timezone.now()
    )
    client = as_(cast.partner)
    page = client.get(reverse("initiatives:agreement", args=[agreement.pk]))
    assert page.status_code == 200
    assert reverse("initiatives:answer_agreement", args=[party.pk]) in page.content.decode()
    assert (
        client.post(reverse("initiatives:answer_agreement", args=[other.pk]), {"answer": "accept"}).status_code == 403
    )
    client.post(reverse("initiatives:answer_agreement", args=[party.pk]), {"answer": "accept"})
    party.refresh_from_db()
    assert (party.answer, party.answered_by) == ("accept", cast.partner)
    todo = [one.do for one in waiting.for_person(cast.chair, cast.home, timezone.localdate())]
    assert not any("Answer: Both" in one for one in todo)


def test_who_represents_both_parties_is_asked_for_each(cast, as_, agreement):
    for party in parties(agreement):
        Representative.objects.create(
            organisation=party.organisation, person=cast.partner, added_by=cast.chair, added_at=timezone.now()
        )
    page = as_(cast.partner).get(reverse("initiatives:agreement", args=[agreement.pk])).content.decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len({*ids})
    assert all(f'aria-labelledby="answer-{party.pk}"' in page for party in parties(agreement))


def test_one_letter_reminds_of_all(cast, agreement):
    second = made.agreement_again(cast, agreement)
    for one in (agreement, second):
        one.parties.update(email="same@example.org", asked_at=timezone.now() - timedelta(days=8))
    mail.outbox.clear()
    operations.remind(now=timezone.now())
    assert len(mail.outbox) == 1
    assert mail.outbox[0].body.count("answer-agreement") == 4
    operations.remind(now=timezone.now())
    assert len(mail.outbox) == 1


def test_the_paper_says_it_in_the_language_one_asks_for(cast, as_, agreement):
    client = as_(cast.member)
    found = client.get(reverse("initiatives:agreement_docx", args=[agreement.pk]), {"language": "en"})
    assert found["Content-Disposition"].endswith(f'agreement-{agreement.pk}-en.docx"')
    assert b"".join(found.streaming_content if found.streaming else [found.content])[:2] == b"PK"


def test_what_is_agreed_relates_the_initiatives(cast, agreement):
    one, other = agreement.initiatives.order_by("pk")
    assert related.of([one, other]) == {}
    all_accept(agreement)
    assert related.of([one]) == {one.pk: (Related("B-1", RelatedAs.SIBLING),)}
    agreement.pair.verdict = "joint"
    agreement.pair.save()
    assert related.of([one, other])[other.pk] == (Related("A-1", RelatedAs.CO_FUNDED),)


@pytest.mark.parametrize(("kind", "name"), [("iati", "back.xml"), ("csv", "back.csv")])
def test_what_is_agreed_and_told_by_an_export_changes_nothing_when_it_comes_back(cast, agreement, kind, name):
    one, _other = agreement.initiatives.order_by("pk")
    reported = (Related("B-1", RelatedAs.CHILD), Related("C-1", RelatedAs.PARENT))
    registering.change(one, record=replace(record_of(one), related=reported), by=cast.chair, now=NOW)
    all_accept(agreement)
    agreement.pair.verdict = "joint"
    agreement.pair.save()
    content = exported(cast, kind)
    assert imports.counts(made_files.brought_in(cast, content, name=name))["same"] == 2
    if kind == "iati":
        iati_files.assert_valid(content)
        told = {record.identifier: record.related for record in iati_files.records(content)}
        assert told == {
            "A-1": (*reported, Related("B-1", RelatedAs.CO_FUNDED)),
            "B-1": (Related("A-1", RelatedAs.CO_FUNDED),),
        }
        more = content.replace(b'<related-activity ref="C-1" type="1"/>', b'<related-activity ref="D-1" type="2"/>')
        source = made_files.brought_in(cast, more, name=name)
        assert [found.differences for found in source.records.filter(state="conflict")] == [["related"]]
        importing.decide(source, choices={}, rest="file", by=cast.chair, now=NOW)
        importing.apply(source, by=cast.chair, now=NOW, at_once=True)
        told = record_of(type(one).objects.get(pk=one.pk)).related
        assert told == (Related("B-1", RelatedAs.CHILD), Related("D-1", RelatedAs.CHILD))


def exported(cast, kind):
    out = io.BytesIO()
    leaving.write_all(cast.home, out=out, format=kind, by=None, now=NOW)
    return out.getvalue()


def test_an_erased_person_leaves_no_address(cast, agreement):
    party = parties(agreement)[0]
    Party.objects.filter(pk=party.pk).update(person=cast.partner, name=cast.partner.name, email=cast.partner.email)
    operations.forget(cast.partner)
    party.refresh_from_db()
    assert (party.name, party.email) == ("", "")


def test_the_journal_tells_each_step(cast, agreement):
    all_accept(agreement)
    told = list(Entry.objects.filter(verb__startswith="agreement.").order_by("pk").values_list("verb", flat=True))
    assert told == ["agreement.proposed", "agreement.answered", "agreement.answered", "agreement.agreed"]
