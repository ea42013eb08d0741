"""Fourth chapter: a needs assessment with its plan, and what documents and people said. All invented."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from learnin.assessment.models import Assessment, Consent, Source
from learnin.assessment.operations import conversations, experts, plan, regional, resources, sources
from learnin.assessment.queries import consents
from learnin.demo.chapters.c2_documents import paper

if TYPE_CHECKING:
    from learnin.demo.story import Story

PURPOSE = (
    "The task force decides in summer which needs come first. It wants to know how teachers plan and teach online, in "
    "class and in between, what keeps them from it, and what schools have.\n\nParents and students are asked too, so "
    "that no need is read from one side only."
)
ETHICS = (
    "The ethics board of the State University agreed on the plan. Students are asked only when they and their parents "
    "agree. Interviewers signed that they keep what they hear to themselves. Whoever was asked can write to the "
    "analytical unit and have their answers deleted until the data are counted."
)
POPULATIONS = (
    ("teachers", "sample", 1500, "Two languages, five areas"),
    ("teachers", "focus_group", 3, "One in each of three areas"),
    ("principals", "census", 412, ""),
    ("parents", "focus_group", 4, "Two in villages, two in towns"),
    ("students-lower-secondary", "focus_group", 3, ""),
    ("ministry-staff", "interview", 6, ""),
    ("partners-donors", "desk_review", 8, "Reports of the last three years"),
)
# what, days before the story is told (below zero: to come), days before it was done
MILESTONES = (
    ("Questions agreed by the task force", 18, 18),
    ("Test in two schools", 4, None),
    ("Sample drawn", -9, None),
    ("Interviewers trained", -24, None),
    ("Answers in", -95, None),
    ("Findings discussed with those who answered", -150, None),
)
# title, publisher, years before the story is told, address, facts: (text, page, dimension, theme, component)
SOURCES: tuple[tuple[str, str, int, str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "Schools in figures",
        "Office of Statistics of Arvenia",
        1,
        "https://statistics.arvenia.example/schools",
        (
            ("412 schools teach 61,300 students; 138 of the schools have fewer than 80.", "table 2", "resources"),
            (
                "One school in nine has no connection that carries a video call.",
                "p. 14",
                "resources",
                "distance-learning",
                "technology",
            ),
            ("Every third teacher is older than 55.", "p. 31", "expertise", "teacher-development", "pedagogy"),
        ),
    ),
    (
        "Learning in the uplands: a winter’s report",
        "Schools’ Network",
        1,
        "",
        (
            (
                "In winter 19 schools of the Karst Uplands teach by phone and paper for up to three weeks.",
                "p. 6",
                "needs",
                "distance-learning",
                "pedagogy",
            ),
            ("Parents trust a printed sheet more than a link; most answer a call.", "p. 11", "culture", "", ""),
        ),
    ),
    (
        "Rules for lessons outside the classroom",
        "Ministry of Education",
        2,
        "",
        (
            (
                "A lesson given online counts as a lesson only when the class is closed by order.",
                "section 4",
                "priorities",
                "curriculum",
                "policy",
            ),
        ),
    ),
)
GUIDE = (
    "What is a good lesson for you?\nWhat did you try online, and what did you give up?\n"
    "What would you need to try again?\nWho helps you when something does not work?"
)
# who said it, what, dimension, theme, component
STATEMENTS = (
    ("teachers", "I plan at night because the connection is free then.", "needs", "distance-learning", "technology"),
    (
        "teachers",
        "Nobody ever showed me how to build a lesson for those who are not in the room.",
        "needs",
        "teacher-development",
        "pedagogy",
    ),
    (
        "teachers",
        "We share one laptop among six. It is enough for marks, not for lessons.",
        "resources",
        "",
        "technology",
    ),
    (
        "principals",
        "If it does not count as a lesson, I cannot ask it of my teachers.",
        "priorities",
        "curriculum",
        "policy",
    ),
    ("teachers", "Grandmother answers the phone. So I write for grandmother.", "culture", "", "pedagogy"),
)
# name, organisation, skills, themes, languages, key of a person of the story
EXPERTS: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...], str], ...] = (
    (
        "Dr Petra Vzorek",
        "State University",
        "Designs blended courses; trains teacher educators.",
        ("blended-learning", "initial-teacher-education"),
        ("en", "sr"),
        "petra",
    ),
    (
        "Goran Uzorak",
        "Schools’ Network",
        "Sets up school networks where lines are weak.",
        ("distance-learning",),
        ("sr",),
        "",
    ),
    (
        "Nino Nimushi",
        "Institute of Education",
        "Adapts learning materials from one language to another.",
        ("curriculum", "personalised-learning"),
        ("ka", "en"),
        "",
    ),
)
# kind, name, description, owner, quantity, unit, days before the story the number is from, source
RESOURCES = (
    (
        "platform",
        "Učionica",
        "The ministry’s learning platform, open to every school.",
        "Ministry of Education",
        "287",
        "schools in use",
        60,
        "Log of the platform, September",
    ),
    (
        "content",
        "Lessons on film",
        "Grades 5 to 9, in two languages.",
        "Institute of Education",
        "840",
        "lessons",
        200,
        "Catalogue of the institute",
    ),
    (
        "devices",
        "Tablets for students",
        "Bought in two rounds; a third is older than five years.",
        "Schools",
        "9400",
        "tablets",
        120,
        "Inventory of the ministry",
    ),
    (
        "connectivity",
        "Schools with a line of 30 Mbit/s or more",
        "",
        "Regulator",
        "246",
        "schools",
        120,
        "List of the regulator",
    ),
    (
        "budget",
        "Teacher development",
        "Without salaries.",
        "Ministry of Education",
        "1350000",
        "EUR a year",
        300,
        "State budget, line 07.4",
    ),
    (
        "people",
        "Trainers with a certificate",
        "",
        "Institute of Education",
        "63",
        "trainers",
        90,
        "Register of trainers",
    ),
)
CULTURE = {
    "instruction_languages": "Serbian in four areas; Georgian on the Isle of Bren and in 31 schools of Velna.",
    "scripts": "Cyrillic in school, Latin on phones; Georgian.",
    "grades": "Nine years of basic school from age 6, then three or four of secondary. Marks from 1 to 5; 5 is best.",
    "calendar": "September to June. Two weeks off in January. No questions in May and June: exams.",
    "minorities": "Georgian speakers, about one in eight. Families who move to the uplands in summer.",
    "norms": "A teacher is addressed by family name. One does not ask parents about income, nor write on Sundays.",
}


def tell(story: "Story") -> None:
    """Plan an assessment, read, talk, and write down what there is."""
    found = _plan(story)
    _read(story, found)
    _talk(story, found)
    _keep(story)
    _prepare_the_region(story)


def _plan(story: "Story") -> Assessment:
    tomas = story.people["tomas"]
    found = plan.plan(
        story.country,
        title="How Arvenia’s teachers teach and what they need",
        purpose=PURPOSE,
        starts_on=story.ago(60).date(),
        ends_on=story.ago(-160).date(),
        dimensions=["needs", "culture", "priorities", "resources", "expertise"],
        mandate_points=["needs-assessment", "linked-components"],
        coordinator=tomas,
        by=story.people["ana"],
        now=story.ago(60),
    )
    for audience, method, target, note in POPULATIONS:
        plan.add_population(
            found, audience=audience, method=method, target=target, note=note, by=tomas, now=story.ago(58)
        )
    for text, due, done in MILESTONES:
        one = plan.add_milestone(found, text=text, due_on=story.ago(due).date(), by=tomas, now=story.ago(57))
        if done is not None:
            plan.finish_milestone(one, on=story.ago(done).date(), by=tomas, now=story.ago(done))
    plan.protect(
        found,
        ethics=ETHICS,
        keep_answers_until=story.ago(-1095).date(),
        keep_contacts_until=story.ago(-190).date(),
        by=tomas,
        now=story.ago(55),
    )
    found.refresh_from_db()
    for language, age in (("sr", "adult"), ("ka", "adult"), ("sr", "parent"), ("sr", "young")):
        text = consents.starting_text(found, Consent.Age(age), language)
        plan.write_consent(found, language=language, age=age, text=text, by=tomas, now=story.ago(50))
    return found


def _read(story: "Story", found: Assessment) -> None:
    for number, (title, publisher, years, url, facts) in enumerate(SOURCES):
        file: dict[str, Any] = {} if url else {"file": paper(title), "file_name": f"document-{number}.pdf"}
        source: Source = sources.add(
            found,
            title=title,
            publisher=publisher,
            year=story.today.year - years,
            url=url,
            by=story.people["tomas"],
            now=story.ago(45 - number),
            **file,
        )
        for text, page, *about in facts:
            told = dict(zip(("dimension", "theme", "component"), about, strict=False))
            by = story.people["irena" if "uplands" in title else "tomas"]
            sources.add_fact(source, text=text, page=page, **told, by=by, now=story.ago(40 - number))


def _talk(story: "Story", found: Assessment) -> None:
    petra = story.people["petra"]
    talk = conversations.add(
        found,
        kind="focus_group",
        title="Teachers of small schools, Karst Uplands",
        guide=GUIDE,
        held_on=story.ago(30).date(),
        place="School of Torin",
        language="sr",
        notes="Two hours. Coffee first. Two came by bus and left early.",
        by=petra,
        now=story.ago(29),
    )
    for audience, number in (("teachers", 8), ("principals", 1)):
        conversations.note_participants(talk, audience=audience, number=number, by=petra, now=story.ago(29))
    for audience, text, dimension, theme, component in STATEMENTS:
        conversations.add_statement(
            talk,
            text=text,
            audience=audience,
            dimension=dimension,
            theme=theme,
            component=component,
            by=petra,
            now=story.ago(28),
        )
    conversations.add(
        found,
        kind="interview",
        title="Head of the school inspectorate",
        guide="What do inspectors look at?\nWhat would have to change in the rules?",
        by=story.people["tomas"],
        now=story.ago(10),
    )


def _keep(story: "Story") -> None:
    tomas = story.people["tomas"]
    for name, organisation, skills, themes, languages, key in EXPERTS:
        experts.add(
            story.country,
            name=name,
            email=story.people[key].email if key else "",
            organisation=organisation,
            skills=skills,
            themes=themes,
            languages=languages,
            agreed_on=story.ago(35).date(),
            by=tomas,
            now=story.ago(35),
        )
    for kind, name, description, owner, quantity, unit, days, source in RESOURCES:
        resources.add(
            story.country,
            kind=kind,
            name=name,
            description=description,
            owner=owner,
            quantity=Decimal(quantity),
            unit=unit,
            as_of=story.ago(days).date(),
            source=source,
            by=tomas,
            now=story.ago(33),
        )
    resources.write_culture(story.country, **CULTURE, by=story.people["irena"], now=story.ago(31))


def _prepare_the_region(story: "Story") -> None:
    """The regional office has written an assessment of all countries and not sent it yet."""
    regional.write(
        title="How the region teaches: a first look",
        purpose="The same questions to teachers of all countries, so that they can compare and learn from each other.",
        starts_on=story.ago(-30).date(),
        ends_on=story.ago(-210).date(),
        by=story.people["rena"],
        now=story.ago(3),
    )
