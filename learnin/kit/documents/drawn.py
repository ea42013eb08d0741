"""A document drawn as PDF (tagged, PDF/UA-1) or as Word (real headings), in its language."""

import base64
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from learnin.kit import languages
from learnin.kit.documents.content import Document, writable

FORMATS = ("docx", "pdf")
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
PICTURE = "data:image/svg+xml;base64,"  # a drawing that stands in the page itself
STYLE = Path(__file__).with_name("paper.css")


def drawn(document: Document, language: str, *, format: str) -> bytes:
    """The document as a file of this format."""
    return {"docx": docx, "pdf": pdf}[format](document, language)


def pdf(document: Document, language: str) -> bytes:
    """The document as a tagged PDF."""
    spoken = languages.language(language)
    with translation.override(language):
        html = render_to_string("kit/document.html", {"document": writable(document), "spoken": spoken})
    return printed(html)


def printed(html: str) -> bytes:
    """A page of our own as a tagged PDF, in the style of our papers. Nothing is fetched from anywhere."""
    from weasyprint import CSS, HTML  # slow to load, and few pages need it

    page = HTML(string=html, url_fetcher=_fetch_nothing)
    return page.write_pdf(stylesheets=[CSS(string=_style())], pdf_variant="pdf/ua-1", presentational_hints=True)


def docx(document: Document, language: str) -> bytes:
    """The document for Word and LibreOffice."""
    from learnin.kit.documents.word import Writer  # brings a library that few pages need

    file = BytesIO()
    with translation.override(language):
        Writer(languages.language(language)).write(writable(document)).save(file)
    return file.getvalue()


@cache
def _style() -> str:
    return STYLE.read_text(encoding="utf-8")


def _fetch_nothing(url: str, *args: object, **kwargs: object) -> Any:
    if url.startswith(PICTURE):
        from weasyprint.urls import URLFetcherResponse

        return URLFetcherResponse(url, base64.b64decode(url.removeprefix(PICTURE)), {"Content-Type": "image/svg+xml"})
    raise ValueError(f"A document fetches nothing: {url}")
