"""What is wrong in a 5W table, in words for people. `said` is what stands there, or how it was read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    # The whole file is refused.
    "too_large": _("The file is too large. Divide it into several files."),
    "not_a_table": _("This is not a table. Bring an Excel workbook (.xlsx, .xls) or a CSV file."),
    "encrypted": _("The workbook is protected with a password. Save it without one, and bring it again."),
    "broken_workbook": _(
        "The workbook is damaged. Open it in a spreadsheet program, save it as .xlsx, and bring it again."
    ),
    "broken_text": _("The file is damaged, or not a text. Save the table as CSV in UTF-8, and bring it again."),
    "zip_bomb": _("The workbook would take too much room when it is opened. It was not opened."),
    "doctype": _(
        "The workbook has a document type (DOCTYPE), which workbooks never have. It could hide harmful content."
    ),
    "too_many_cells": _(
        "The cells of a sheet stand too far apart. Delete what stands far below or far to the right of the table."
    ),
    "too_many_rows": _("The table has too many rows. Divide it into several files."),
    "too_many_columns": _("The table has too many columns. Leave only those that tell of initiatives."),
    "cell_too_long": _("The text in one cell is too long, in row %(said)s or near it."),
    "no_rows": _("The file is empty."),
    "no_heading": _("No row of headings was found with rows below it."),
    "no_such_sheet": _("There is no sheet with the name “%(said)s”."),
    "heading_missing": _("The column “%(said)s” is not in this file. Say again what the columns mean."),
    "no_title_column": _("Say which column holds the title of the initiative, or its identifier."),
    # The initiative stays out.
    "no_title": _("The initiative has no title."),
    # Rows that were joined.
    "rows_joined": _("Rows %(said)s have the same identifier. They are one initiative."),
    "rows_joined_by_title": _("Rows %(said)s have the same title, organisation and country. They are one initiative."),
    "another_reporter": _("“%(said)s” tells of the same initiative. It was taken as an implementing partner."),
    "differs_from_first_row": _(
        "“%(said)s” differs from an earlier row of the same initiative. The earlier row counts."
    ),
    "days_widened": _("The rows of this initiative have different days. This one was taken: %(said)s."),
    "amount_repeated": _("The amount %(said)s stands in several rows of the same initiative. It was counted once."),
    "count_repeated": _("The number %(said)s stands in several rows of the same initiative. It was counted once."),
    "counts_added": _("The numbers of people in the rows of this initiative were added up: %(said)s."),
    # The initiative comes in without what is doubtful, or as it was understood.
    "letters_lost": _("Some letters could not be read: “%(said)s”. Save the table as CSV in UTF-8 to keep them."),
    "organisation_type_unknown": _("“%(said)s” is no type of organisation that is known here. It was left out."),
    "status_unknown": _("“%(said)s” does not say where an initiative stands. It was left out."),
    "not_a_date": _("“%(said)s” is not a day, a month or a year. It was left out."),
    "day_or_month_first": _("Day and month can be exchanged. It was read so: %(said)s."),
    "year_of_two_digits": _("The year has two digits. It was read so: %(said)s."),
    "ends_before_it_begins": _("The last day, %(said)s, is before the first. It was left out."),
    "country_unknown": _("“%(said)s” is no country that is known. It was left out."),
    "area_unknown": _("“%(said)s” is no area of the country. It was kept as the name of a place."),
    "reach_unknown": _("“%(said)s” does not say whether the activity or its people are there. It was left out."),
    "not_a_point": _("“%(said)s” is no degree of latitude or longitude. It was left out."),
    "half_a_point": _("Latitude and longitude belong together. “%(said)s” stands alone and was left out."),
    "scope_unknown": _("“%(said)s” is no scope of IATI (1 to 8). It was left out."),
    "sector_unknown": _("“%(said)s” is no purpose code of five digits, and no theme. It was left out."),
    "theme_unknown": _("“%(said)s” is no theme of the programme. It was left out."),
    "audience_unknown": _("“%(said)s” is no audience of the programme. It was left out."),
    "component_unknown": _("“%(said)s” is no component of the programme. It was left out."),
    "isced_unknown": _("“%(said)s” is no level of education (ISCED 0 to 8). It was left out."),
    "sdg_unknown": _("“%(said)s” is no Sustainable Development Goal and no target of one. It was left out."),
    "not_a_count": _("“%(said)s” is no number of people. It was left out."),
    "count_with_words": _("The number of people was taken without the words beside it: “%(said)s”."),
    "not_an_amount": _("“%(said)s” is no amount. It was left out."),
    "amount_without_currency": _("The amount %(said)s has no currency. It was left out."),
    "amount_below_zero": _("A budget below zero was left out: %(said)s."),
    "thousands_or_decimals": _("The sign in this number can part thousands or decimals. It was read so: %(said)s."),
    "currency_unknown": _("“%(said)s” is no currency. It was left out."),
    "not_a_link": _("“%(said)s” is no address that begins with http:// or https://. It was left out."),
    "not_an_email": _("“%(said)s” is no e-mail address. It was left out."),
    "relation_unknown": _("“%(said)s” does not say how another initiative is related to this one. It was left out."),
    "language_unknown": _("“%(said)s” is no code of a language. It was left out."),
}
