"""First chapter: Arvenia, its people, who was asked and who left. All invented."""

from typing import TYPE_CHECKING

from learnin.people import operations
from learnin.people.models import Person
from learnin.people.operations.invitations import invite
from learnin.people.roles import Kind

if TYPE_CHECKING:
    from learnin.demo.story import Story

AREAS = {
    "XA-VE": "Velna",
    "XA-TO": "Torin",
    "XA-SO": "Sorin Valley",
    "XA-BR": "Isle of Bren",
    "XA-KA": "Karst Uplands",
}

# key: name, role, language of pages, organisation, position, English, other language
CAST = {
    "ana": ("Ana Primer", Kind.CHAIR, "en", "Ministry of Education", "Head of teacher education", "C1", ("sr", "C2")),
    "marko": ("Marko Uzorak", Kind.COORDINATOR, "en", "Schools’ Network", "Programme manager", "B2", ("sr", "C2")),
    "jon": (
        "Jon Shembull",
        Kind.COUNTRY_OFFICE,
        "en",
        "UNICEF country office",
        "Education officer",
        "C2",
        ("sq", "C2"),
    ),
    "mira": ("Mira Exemplu", Kind.COUNTRY_ADMIN, "en", "Ministry of Education", "Digital services", "B2", ("ro", "C2")),
    "tomas": ("Tomas Muster", Kind.ASSESSMENT_COORDINATOR, "en", "Analytical unit", "Analyst", "B2", ("de", "C2")),
    "davit": ("Davit Nimushi", Kind.MEMBER, "ka", "Ministry of Education", "Curriculum department", "B2", ("ka", "C2")),
    "irena": (
        "Ирена Образац",
        Kind.MEMBER,
        "sr",
        "Ministry of Education",
        "Distance learning unit",
        "B1",
        ("sr", "C2"),
    ),
    "petra": ("Dr Petra Vzorek", Kind.MEMBER, "en", "State University", "Faculty of Education", "C1", ("hr", "C2")),
    "elif": ("Elif Örnek", Kind.MEMBER, "tr", "Ministry of Education", "Digital services", "C1", ("tr", "C2")),
    "olena": ("Olena Zrazok", Kind.OBSERVER, "ru", "Fund for Schools (example)", "Focal point", "C2", ("uk", "C2")),
    "lela": ("Lela Sample", Kind.OBSERVER, "en", "Learning Trust (example)", "Focal point", "B1", ("ka", "C2")),
}

ABOUT = {
    "en": (
        "The National Task Force leads how Arvenia’s teachers learn to teach online, in class and in between.\n\n"
        "It brings together the ministry, universities, parents and partners, and ends when the communities of "
        "practice run themselves."
    ),
    "ro": (
        "Grupul Național de Lucru conduce modul în care profesorii din Arvenia învață să predea online, în clasă și "
        "combinat.\n\nReunește ministerul, universitățile, părinții și partenerii."
    ),
    "ka": "ეროვნული სამუშაო ჯგუფი წარმართავს, როგორ სწავლობენ არვენიის მასწავლებლები სწავლებას ონლაინ და კლასში.",
}


def tell(story: "Story") -> None:
    """Bring in the country and those who work for it."""
    story.country = operations.add_example_country(
        code="XA", name="Arvenia", languages=["sr", "ka"], scripts=["Cyrl", "Geor"], zone="Europe/Belgrade", areas=AREAS
    )
    story.people["rena"] = _join(story, "Rena Minta", "rena", Kind.REGIONAL_ADMIN, "en", days=300)
    for days, (key, (name, kind, language, *_rest)) in enumerate(CAST.items()):
        story.people[key] = _join(story, name, key, kind, language, days=280 - 7 * days)
        _introduce(story, key)
    _leave(story)
    _ask(story)
    _open_the_page(story)


def _join(story: "Story", name: str, key: str, kind: Kind, language: str, *, days: int) -> Person:
    """Somebody is invited and accepts two days later."""
    country = None if kind is Kind.REGIONAL_ADMIN else story.country
    by = story.people.get("rena")
    invitation = invite(
        email=f"{key}@arvenia.example",
        name=name,
        language=language,
        kind=kind,
        country=country,
        by=by,
        now=story.ago(days + 2),
    )
    role = operations.accept(invitation, by=None, now=story.ago(days), name=name, language=language)
    return role.person


def _introduce(story: "Story", key: str) -> None:
    person = story.people[key]
    _name, _kind, _language, organisation, position, english, (other, level) = CAST[key]
    operations.correct_details(
        person,
        by=person,
        now=story.ago(100),
        spoken={"en": english, other: level},
        organisation=organisation,
        position=position,
        phone=f"+000 55 {story.chance.randrange(100, 999)} {story.chance.randrange(100, 999)}",
    )
    person.refresh_from_db()


def _leave(story: "Story") -> None:
    """One member came and went."""
    person = _join(story, "Sara Vzor", "sara", Kind.MEMBER, "en", days=260)
    operations.leave(person.roles.get(), by=person, now=story.ago(84))


def _ask(story: "Story") -> None:
    """Somebody is asked for the parents; another letter was never answered."""
    for name, key, days in (("Sofia Exemplu", "sofia", 3), ("Anton Priklad", "anton", 60)):
        invite(
            email=f"{key}@arvenia.example",
            name=name,
            language="en",
            kind=Kind.MEMBER,
            country=story.country,
            by=story.people["ana"],
            now=story.ago(days),
            message="The parents’ seat is empty. We would be glad to have you.",
        )


def _open_the_page(story: "Story") -> None:
    ana = story.people["ana"]
    for language, about in ABOUT.items():
        operations.write_public_text(story.country, language=language, about=about, by=ana, now=story.ago(40))
    operations.publish_country(story.country, by=ana, now=story.ago(39))
    for key in ("ana", "marko"):
        person = story.people[key]
        operations.agree_to_be_named(person.roles.get(), by=person, now=story.ago(38))
