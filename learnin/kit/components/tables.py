"""Tables, the matrix, pages of a long list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Page
from django.template import Library, TemplateSyntaxError
from django.template.context import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from learnin.kit import parts
from learnin.kit.components import draw, tidy

register = Library()
NUMBER = SafeString(' class="li-table__n"')
WIDE = SafeString(' class="li-table__wide"')


@register.simple_block_tag
def table(
    content: str,
    caption: Any,
    *,
    stack: bool = False,
    scroll: bool = False,
    sticky: bool = False,
    hide_caption: bool = False,
) -> SafeString:
    """Rows that are compared. On a phone they stack (up to five columns) or scroll, and never both."""
    if stack and scroll:
        raise TemplateSyntaxError("A table stacks or scrolls, not both")
    return draw(
        "table", caption=caption, stack=stack, scroll=scroll, sticky=sticky, hide_caption=hide_caption, content=content
    )


@register.simple_tag(takes_context=True)
def th(context: Context, label: Any, *, number: bool = False, sort: str = "") -> SafeString:
    """The head of a column; with `sort`, a link that sorts by it."""
    if not sort:
        return format_html('<th scope="col"{}>{}</th>', NUMBER if number else "", label)
    query = context["request"].GET
    now = {sort: "ascending", f"-{sort}": "descending"}.get(query.get("sort", ""), "none")
    target = f"-{sort}" if now == "ascending" else sort
    url = context["request"].path + _query(context, sort=target, page=None)
    return format_html(
        '<th scope="col"{} aria-sort="{}"><a href="{}">{}</a></th>', NUMBER if number else "", now, url, label
    )


@register.simple_block_tag
def row_head(content: str) -> SafeString:
    """The first cell of a row: what the row is about."""
    return SafeString(f'<th scope="row">{tidy(content)}</th>')


@register.simple_block_tag
def td(content: str, label: Any = "", *, number: bool = False, wide: bool = False) -> SafeString:
    """A cell. It repeats its column's name, for phones: at its side, or above it where the cell holds sentences."""
    look, name = NUMBER if number else WIDE if wide else "", str(label)  # translated once
    if name:
        look = f'{look} data-label="{escape(name)}"'
    return SafeString(f"<td{look}>{tidy(content)}</td>")  # put together without `format_html`: a page has hundreds


@register.simple_tag
def group_row(heading: Any, *, columns: int, note: Any = "") -> SafeString:
    """A line that heads the rows below it."""
    return draw("group_row", heading=heading, columns=columns, note=note)


@register.simple_tag
def matrix(caption: Any, corner: Any, columns: Sequence[Any], rows: Sequence[parts.MatrixRow]) -> SafeString:
    """Many times many: one state in each cell, a word on a desk, a filling circle on a phone."""
    used = {id(level): level for row in rows for level in row.known.values()}
    drawn = {key: _cell(level) for key, level in used.items()}  # a few levels, hundreds of cells
    cells = [SafeString("".join([drawn[id(row.known[one])] for one in row.levels])) for row in rows]
    lines = tuple([(row.name, row.url, here) for row, here in zip(rows, cells, strict=True)])
    return draw("matrix", caption=caption, corner=corner, columns=tuple(columns), lines=lines)


def _cell(level: parts.Level) -> SafeString:
    return format_html(
        '<td><span class="li-cell li-cell--{}"><span class="li-narrow" aria-hidden="true">{}</span>'
        '<span class="li-word">{}</span></span></td>',
        level.look,
        level.sign,
        level.word,
    )


@register.simple_tag
def matrix_legend(levels: Mapping[str, parts.Level] = parts.LEVELS) -> SafeString:
    """What the cells of a matrix mean."""
    return draw("matrix_legend", levels=tuple([(one.look, one.sign, one.word, one.meaning) for one in levels.values()]))


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page) -> SafeString:
    """The pages of a long list, and how many things there are."""
    numbers = [
        {"number": number, "url": _query(context, page=number) if isinstance(number, int) else ""}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    before = _query(context, page=page.previous_page_number()) if page.has_previous() else ""
    after = _query(context, page=page.next_page_number()) if page.has_next() else ""
    return draw("pagination", page=page, numbers=numbers, before=before, after=after)


def _query(context: Context, **changes: Any) -> str:
    """The address's query with these values changed; None leaves one out."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = value
    return f"?{query.urlencode()}"
