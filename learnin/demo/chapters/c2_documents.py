"""Second chapter: what the ministry signed, and what everyone may read."""

from io import BytesIO
from typing import TYPE_CHECKING

from learnin.journal.operations import documents
from learnin.kit import documents as papers

if TYPE_CHECKING:
    from learnin.demo.story import Story

# title, language, theme, who adds it, days ago, whether it is published
PAPERS = (
    ("Ministerial order 114 on the National Task Force", "en", "school-leadership", "ana", 260, True),
    ("Terms of reference of the task force", "en", "teacher-development", "marko", 240, True),
    ("How the task force works: a guide for members", "en", "teacher-development", "jon", 120, False),
)


def tell(story: "Story") -> None:
    """Put the first papers on the shelf."""
    for title, language, theme, key, days, is_public in PAPERS:
        by = story.people[key]
        document = documents.add(
            story.country,
            title=title,
            language=language,
            theme=theme,
            file=paper(title),
            name=f"{title.lower().replace(' ', '-').replace(':', '')}.pdf",
            by=by,
            now=story.ago(days),
        )
        if is_public:
            documents.publish(document, by=story.people["ana"], now=story.ago(days - 1))


def paper(title: str) -> BytesIO:
    """A page of invented text."""
    invented = papers.Paragraph("Everything here is invented.")
    return BytesIO(papers.pdf(papers.Document(title=title, place="Arvenia (example)", blocks=(invented,)), "en"))
