"""What leaves LearnIn on paper or as a file for a round: letters with a QR code, lists of units, texts for SMS."""

import base64
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from learnin.assessment.access.collection import invited_token
from learnin.assessment.models import Enumerator, Invitation, Round
from learnin.assessment.queries import invitations as queries
from learnin.assessment.queries import letters
from learnin.assessment.queries.letters import Said
from learnin.journal.formats import sheet
from learnin.kit import documents, languages, written
from learnin.kit.documents import Document, Facts, Heading, Table
from learnin.kit.languages import Language

LETTERS_IN_A_FILE = 100  # a page takes about 50 ms
WIDTHS = (8, 40, 26, 40, 24, 26, 24, 30, 20)


@dataclass(frozen=True)
class Letter:
    """One printed letter."""

    invitation: Invitation
    language: Language
    said: Said
    number: str
    address: str
    code: str


def number_of(invitation: Invitation) -> str:
    """The number on the letter: round and invitation."""
    return f"{invitation.round_id}-{invitation.number}"


def link(invitation: Invitation) -> str:
    """The link of an invitation, as it stands in letters."""
    return settings.SITE_URL + reverse("assessment:invited", args=[invited_token(invitation)])


def _qr(text: str) -> str:
    """A QR code as a picture that stands in the page itself. Error correction M bears a fold or a stain."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()


def letter_files(round: Round) -> list[tuple[int, int]]:
    """The first and last letter of each file; only for those who have not answered."""
    count = queries.without_answer(round).count()
    starts = range(1, count + 1, LETTERS_IN_A_FILE)
    return [(start, min(start + LETTERS_IN_A_FILE - 1, count)) for start in starts]


def printed_letters(round: Round, start: int) -> list[Letter]:
    """The letters of one file, to those who have not answered, by number."""
    waiting = queries.without_answer(round).select_related("unit__unit").order_by("number", "pk")
    return [_letter(round, one) for one in waiting[start - 1 : start - 1 + LETTERS_IN_A_FILE]]


def letters_pdf(round: Round, start: int) -> bytes:
    """Letters to those who have not answered, each in its language, on a page of its own."""
    context = {
        "round": round,
        "letters": printed_letters(round, start),
        "spoken": languages.language(),
        "address": settings.SITE_URL.partition("://")[2] + reverse("assessment:answer_by_letter"),
        "is_unlinked": round.naming == Round.Naming.UNLINKED,
    }
    return documents.printed(render_to_string("assessment/letters.html", context))


def _letter(round: Round, invitation: Invitation) -> Letter:
    code = queries.language_of(invitation, round.country)
    return Letter(
        invitation=invitation,
        language=languages.language(code),
        said=letters.said(round, code),
        number=number_of(invitation),
        address=invitation.unit.unit.address if invitation.unit else "",
        code=_qr(link(invitation)),
    )


def sms_file(round: Round) -> bytes:
    """Phone and text of everybody with a phone who has not answered, for the gateway of the ministry."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow(["phone", "text"])
    for one in queries.without_answer(round).exclude(phone="").filter(opted_out_at=None).order_by("number", "pk"):
        with translation.override(queries.language_of(one, round.country)):
            text = _("%(title)s. Answer here: %(url)s") % {"title": round.title, "url": link(one)}
        rows.writerow(["".join(letter for letter in one.phone if letter.isdigit() or letter == "+"), text])
    return out.getvalue().encode("utf-8-sig")


def _waiting(round: Round, enumerator: Enumerator | None) -> list[Invitation]:
    found = queries.without_answer(round).filter(enumerator=enumerator)
    return list(found.select_related("unit__unit", "unit__stratum").order_by("unit__unit__area", "number", "pk"))


def _headings() -> list[str]:
    return [
        _("Number"), _("Name"), _("Area"), _("Postal address"), _("Phone"), _("E-mail address"), _("Stratum"),
        _("What became of it"), _("Notes"),
    ]  # fmt: skip


def _cells(one: Invitation) -> list[str]:
    unit = one.unit.unit if one.unit else None
    return [
        number_of(one), one.name, unit.area if unit else "", unit.address if unit else "", one.phone, one.email,
        one.unit.stratum.label if one.unit else "", one.get_disposition_display(), "",
    ]  # fmt: skip


def units_workbook(round: Round, enumerator: Enumerator | None) -> bytes:
    """Whom an enumerator visits, as an Excel workbook."""
    rows = [_cells(one) for one in _waiting(round, enumerator)]
    return sheet.write(_headings(), rows, name=_("Units"), widths=WIDTHS)


def units_paper(round: Round, enumerator: Enumerator | None) -> Document:
    """Whom an enumerator visits, area by area, with room for notes."""
    found = _waiting(round, enumerator)
    blocks: list[documents.Block] = [
        Facts(
            caption=_("The round"),
            given=(
                (_("Enumerator"), enumerator.name if enumerator else _("Nobody yet")),
                (_("Questionnaire"), round.instrument.title),
                (_("Invitations"), written.number(len(found))),
                (_("Last day"), written.day(round.last_day)),
            ),
        )
    ]
    by_area: dict[str, list[Invitation]] = {}
    for one in found:
        by_area.setdefault(one.unit.unit.area if one.unit else "", []).append(one)
    for name, some in by_area.items():
        blocks += [*([Heading(name)] if name else []), _table(name, some)]
    return Document(title=_("Whom to visit"), subtitle=round.title, place=str(round.country), blocks=tuple(blocks))


def _table(name: str, found: Sequence[Invitation]) -> Table:
    return Table(
        caption=name or _("Units"),
        columns=(_("Number"), _("Name"), _("Where"), _("Phone"), _("Notes")),
        rows=tuple(
            (number_of(one), one.name, one.unit.unit.address if one.unit else "", one.phone, "") for one in found
        ),
        shares=(2, 5, 5, 3, 3),
    )
