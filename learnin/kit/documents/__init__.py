"""Official documents: the content is written down once, and drawn as PDF and as Word, so that both say the same.

paper = documents.Document(title=_("Minutes"), place="Georgia", number="GE/MIN/2026/001", date="23 November 2026",
                           blocks=(documents.Heading(_("Decisions")), documents.Clause("GE/2026/D001", text)))
documents.pdf(paper, "ka"), documents.docx(paper, "ka")
"""

from learnin.kit.documents.content import (
    CIRCLE,
    SQUARE,
    Bar,
    Block,
    Boxes,
    Clause,
    Document,
    Facts,
    Figure,
    Fingerprint,
    Heading,
    Heads,
    Items,
    Lines,
    Numbered,
    Paragraph,
    Signature,
    SignatureLines,
    Table,
)
from learnin.kit.documents.drawn import FORMATS, MEDIA_TYPES, docx, drawn, pdf, printed

__all__ = [
    "CIRCLE",
    "FORMATS",
    "MEDIA_TYPES",
    "SQUARE",
    "Bar",
    "Block",
    "Boxes",
    "Clause",
    "Document",
    "Facts",
    "Figure",
    "Fingerprint",
    "Heading",
    "Heads",
    "Items",
    "Lines",
    "Numbered",
    "Paragraph",
    "Signature",
    "SignatureLines",
    "Table",
    "docx",
    "drawn",
    "pdf",
    "printed",
]
