"""Charts and the tables that say the same."""

from django.template import Library
from django.utils.safestring import SafeString

from learnin.kit.charts import Chart
from learnin.kit.components import draw

register = Library()
MOST_STACKED = 6  # columns that a phone shows below each other; more scroll


@register.simple_tag
def chart(picture: Chart, *, open: bool = False) -> SafeString:
    """A picture with its caption, its legend and, folded below it, the table that says the same."""
    return draw("chart", chart=picture, legend=picture.legend(), twin=picture.twin(), open=open)


@register.simple_tag
def chart_table(picture: Chart, *, hide_caption: bool = True) -> SafeString:
    """The table that says the same as a picture."""
    twin = picture.twin()
    if twin is None:
        return picture.body()
    wide = len(twin.columns) > MOST_STACKED
    return draw(
        "chart_table",
        caption=picture.caption,
        columns=twin.columns,
        rows=twin.cells,
        wide=wide,
        narrow=not wide,
        hide_caption=hide_caption,
    )
