"""The region at a glance: what stands in its table."""

from django.template import Library
from django.utils.safestring import SafeString

from learnin.home.region import CountryLine
from learnin.kit.components import draw_template

register = Library()


@register.simple_tag
def country_row(line: CountryLine) -> SafeString:
    """One country in the table of the region."""
    return draw_template(
        "home/country_row.html",
        name=line.name,
        url=line.country.url,
        steps=line.steps,
        members=line.members,
        late=line.late,
        met_at=line.met_at,
    )
