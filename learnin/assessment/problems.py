"""What the import doctor finds, in every reader's language: what it means for the questionnaire, and what to do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats.doctor import Problem
from learnin.assessment.formats.xlsform import NotReadable


@dataclass(frozen=True)
class Words:
    """How one kind of problem is told.

    title: the kind, without places. says: one problem of it, with its values in named places.
    do: what a person does, or what the repair changes.
    """

    title: str | Promise
    do: str | Promise
    says: str | Promise = ""


WORDS: dict[str, Words] = {
    "not_convertible": Words(
        _("The questionnaire does not convert"),
        _("Correct what the converter names. Its sentences are in English."),
        _("The converter says: %(said)s"),
    ),
    # sheets and columns
    "survey_missing": Words(
        _("There is no sheet of questions"), _("Name the sheet with the questions “survey” and upload it again.")
    ),
    "sheet_misspelt": Words(
        _("A sheet has a name nobody knows"),
        _("The repair gives the sheet the name that devices look for."),
        _("The sheet “%(name)s” should probably be “%(meant)s”."),
    ),
    "column_missing": Words(
        _("A column is missing"),
        _("Add the column to the sheet, with this name at its top."),
        _("The sheet has no column “%(name)s”."),
    ),
    "column_same": Words(
        _("Two columns mean the same"),
        _("The repair joins them where they say the same. Where they differ, keep one of them yourself."),
        _("“%(name)s” and “%(other)s” are two names of one column."),
    ),
    "column_twice": Words(
        _("A column stands there twice"),
        _("Only the first one counts. Give the other a name of its own, or take it away."),
        _("The second column “%(name)s” is not read. It is filled in %(n)s rows."),
    ),
    "column_nameless": Words(
        _("A column has no name"),
        _("What stands in it is kept but not read. Give it a name if it matters."),
        _("A column without a name is filled in %(n)s rows."),
    ),
    "column_misspelt": Words(
        _("A column name looks misspelt"),
        _("The repair renames the column. What stands in it then counts, so look at the preview afterwards."),
        _("“%(name)s” should probably be “%(meant)s”."),
    ),
    "column_unknown": Words(
        _("A column that devices do not know"),
        _("It is kept and does no harm. Nothing needs to be done."),
        _("No device reads the column “%(name)s”."),
    ),
    "column_with_spaces": Words(
        _("A column of choices has spaces in its name"),
        _("Such a column is left out. If a filter needs it, write an underscore instead of the space."),
        _("The column “%(name)s” is left out."),
    ),
    # settings and languages
    "setting_missing": Words(
        _("A setting is missing"),
        _("LearnIn gives title, form id and version by itself. The repair writes them into the workbook too."),
        _("The settings do not say “%(name)s”."),
    ),
    "default_language_missing": Words(
        _("No first language is chosen"),
        _("The repair makes the first language in the workbook the one that people see first."),
        _("The workbook has several languages, and none is the first. It would be %(name)s."),
    ),
    "default_language_unknown": Words(
        _("The first language is not in the workbook"),
        _("Write the name of the language as it stands in the columns. The repair does it where the name is plain."),
        _("The settings name %(name)s; the columns speak %(meant)s."),
    ),
    "language_two_names": Words(
        _("One language has two names"),
        _("The repair writes it in the choices as it stands in the questions, so that both switch together."),
        _("“%(name)s” in the choices is probably “%(meant)s” of the questions."),
    ),
    # expressions
    "spaces": Words(
        _("Needless spaces"),
        _("They cannot be seen and make names differ. The repair takes them away."),
        _("Spaces too many in the column “%(name)s”, in %(n)s rows."),
    ),
    "quotes_curly": Words(
        _("Curly quotes in an expression"),
        _("Programs understand only straight quotes. The repair straightens them."),
        _("Question %(name)s: %(text)s"),
    ),
    "expression_broken": Words(
        _("An expression is not complete"),
        _("A bracket or a quote is open. Close it."),
        _("Question %(name)s: %(text)s"),
    ),
    "function_of_an_app": Words(
        _("A function of another vendor's app"),
        _("Only that app knows how long a call took or which device it is. After the repair these answers stay empty."),
        _("Question %(name)s asks %(function)s."),
    ),
    "function_renamed": Words(
        _("A function that has another name here"),
        _("The repair writes the same in words that every device understands."),
        _("Question %(name)s uses %(function)s."),
    ),
    "function_unknown": Words(
        _("A function that no device knows"),
        _("Write the expression another way. Devices stop at a question whose expression they do not understand."),
        _("Question %(name)s uses %(function)s: %(text)s"),
    ),
    "reference_misspelt": Words(
        _("A question is named in a slightly wrong way"),
        _("The repair writes the name as it stands in the column of names."),
        _("“%(name)s” should probably be “%(meant)s”."),
    ),
    "reference_to_nothing": Words(
        _("A question that does not exist is named"),
        _("Correct the name, or bring the question back."),
        _("There is no question “%(name)s”: %(text)s"),
    ),
    # types
    "type_missing": Words(
        _("A question has no type"),
        _("Say in the column of types what kind of answer it wants."),
        _("The question “%(name)s” has no type."),
    ),
    "type_alias": Words(
        _("An old name of a type"),
        _("It works. The repair writes the name of today."),
        _("“%(type)s” is called “%(meant)s” today."),
    ),
    "type_case": Words(
        _("A type is written with other letters"),
        _("Devices tell capital letters and small ones apart. The repair writes it as they know it."),
        _("“%(type)s” must be “%(meant)s”."),
    ),
    "type_deaf": Words(
        _("Phones no longer tell this"),
        _("The answer stays empty on any newer phone. Take the row away if nobody needs the column."),
        _("No newer phone answers “%(type)s”."),
    ),
    "type_misspelt": Words(
        _("A type looks misspelt"),
        _("The repair writes the type that was probably meant. Look at the question afterwards."),
        _("“%(type)s” should probably be “%(meant)s”."),
    ),
    "type_retired": Words(
        _("A type that is no longer used"),
        _("The title or id of the form now stands in the settings. The repair moves it there."),
        _("“%(type)s” with “%(name)s” belongs to the settings."),
    ),
    "type_unknown": Words(
        _("A type that no device knows"),
        _("Choose another type for this question, or take the row away."),
        _("Nobody knows the type “%(type)s”."),
    ),
    "type_vendor": Words(
        _("A type that only one vendor's app knows"),
        _(
            "The repair keeps the column. What only that app fills in stays empty. What it calculates at one moment "
            "is calculated whenever something changes."
        ),
        _("“%(type)s” becomes “%(meant)s”."),
    ),
    "list_unnamed": Words(
        _("A question to choose from has no list"),
        _("Write the name of the list of choices behind the type."),
        _("“%(type)s” does not say which choices the question “%(name)s” offers."),
    ),
    # groups and names
    "begin_never_ends": Words(
        _("A group does not end"),
        _("The repair ends it after the last question. If it should end earlier, move the end yourself."),
        _("“%(type)s” %(name)s has no “%(meant)s”."),
    ),
    "end_of_another": Words(
        _("An end that does not fit its beginning"),
        _("The repair makes it the end of what begins nearest above. Look at the order in the preview."),
        _("“%(type)s” should be “%(meant)s”: it closes “%(name)s” of row %(other)s."),
    ),
    "end_without_begin": Words(
        _("An end without a beginning"),
        _("It closes nothing. The repair takes the row away."),
        _("“%(type)s” closes nothing."),
    ),
    "audit_named": Words(
        _("The log of the interview has a name"),
        _("Devices give it its name. The repair empties the cell."),
        _("“%(name)s” must be empty."),
    ),
    "name_bad": Words(
        _("A name that programs do not accept"),
        _("It must begin with a letter, without spaces. The repair changes the name of its column in the data."),
        _("“%(name)s” becomes “%(meant)s”, also where expressions use it."),
    ),
    "name_missing": Words(
        _("A question has no name"),
        _("The name heads its column in the data. The repair makes one from the question's words."),
        _("The %(type)s question would be called “%(meant)s”."),
    ),
    "name_twice": Words(
        _("A name stands there twice"),
        _("Two questions cannot share a column. The repair renames the second; expressions go on meaning the first."),
        _("“%(name)s” stands in row %(other)s already. Here it becomes “%(meant)s”."),
    ),
    "name_twice_and_named": Words(
        _("An expression names two questions at once"),
        _("The repair renames the second question; expressions then mean the first. Check that this is what you want."),
        _("“%(name)s” stands in row %(other)s too, and expressions use it. Here it becomes “%(meant)s”."),
    ),
    "name_twice_elsewhere": Words(
        _("A name stands in two groups"),
        _("It works, but the two columns are easily confused in the data. Other names are better."),
        _("“%(name)s” stands in row %(other)s too."),
    ),
    "label_missing": Words(
        _("A question has no words"),
        _("People would see an empty line. Write the question."),
        _("“%(name)s” shows nothing."),
    ),
    "label_twice": Words(
        _("Two questions say the same"),
        _("If one is a copy, take it away. If both are meant, say how they differ."),
        _("“%(name)s” says the same as row %(other)s: %(text)s"),
    ),
    "note_required": Words(
        _("A note must be answered"),
        _("Nobody can answer a note, so nobody gets past it. The repair lets people pass; a stop may be meant."),
        _("The note “%(name)s” is required."),
    ),
    "calculation_missing": Words(
        _("A calculation calculates nothing"),
        _("Write the calculation. The repair keeps the column, empty."),
        _("“%(name)s” has no calculation."),
    ),
    "translation_missing": Words(
        _("Translations are missing"),
        _("People who read this language would see the question in another one, or a dash."),
        _("%(language)s: %(n)s texts are missing."),
    ),
    # choices
    "list_misspelt": Words(
        _("A list of choices is named in a slightly wrong way"),
        _("The repair takes the list that was probably meant."),
        _("Question %(name)s: the list “%(list)s” should probably be “%(meant)s”."),
    ),
    "list_missing": Words(
        _("A list of choices is missing"),
        _("Write the choices on the sheet “choices”, or name another list."),
        _("Question %(name)s chooses from “%(list)s”, which does not exist."),
    ),
    "list_unused": Words(
        _("Nobody chooses from a list"),
        _("It does no harm. Nothing needs to be done."),
        _("No question uses the list “%(list)s”."),
    ),
    "yes_no_missing": Words(
        _("The list of yes and no is missing"),
        _("The repair adds it, in the languages of the workbook that LearnIn knows."),
        _("Question %(name)s chooses from “%(list)s”."),
    ),
    "choice_label_missing": Words(
        _("A choice has no words"),
        _("The repair shows its name instead. Better words are yours to write."),
        _("“%(name)s” in the list “%(list)s” shows nothing."),
    ),
    "choice_label_twice": Words(
        _("Two choices say the same"),
        _("People cannot tell them apart. Take one away, or say how they differ."),
        _("“%(name)s” and “%(other)s” in the list “%(list)s” both say: %(text)s"),
    ),
    "choice_nameless": Words(
        _("A choice has no name"),
        _("The name is what the data keep. The repair makes one from the choice's words; a row without words goes."),
        _("A choice of the list “%(list)s” has no name: %(text)s"),
    ),
    "choice_twice": Words(
        _("A choice stands there twice"),
        _("Both rows say the same. The repair makes them one, with all their words."),
        _("“%(name)s” stands twice in the list “%(list)s”, first in row %(other)s."),
    ),
    "choice_twice_differs": Words(
        _("Two choices have one name"),
        _("The repair keeps both. They store the same value, so the data will not tell them apart."),
        _("“%(name)s” stands twice in the list “%(list)s”, first in row %(other)s, with other words."),
    ),
    "choice_with_spaces": Words(
        _("A choice has a space in its name"),
        _("Answers are stored with spaces between them: this one would fall in two. The repair writes underscores."),
        _("“%(name)s” in the list “%(list)s”."),
    ),
    "choice_without_list": Words(
        _("A choice belongs to no list"),
        _("Nobody sees it. Write the name of its list in front, or take the row away."),
        _("“%(name)s” stands without a list: %(text)s"),
    ),
}  # fmt: skip

_UNREAD: dict[str, str | Promise] = {
    "not_a_workbook": _(
        "This file is not an Excel workbook (.xlsx or .xls), or it is damaged. Save it again in Excel."
    ),
    "too_large": _("This workbook is too large. It can have at most %(most)s MB."),
    "too_many_sheets": _("This workbook has too many sheets. It can have at most %(most)s."),
    "too_many_rows": _("A sheet has too many rows. It can have at most %(most)s. Delete rows that only look empty."),
    "too_many_columns": _(
        "A sheet has too many columns. It can have at most %(most)s. Delete columns that only look empty."
    ),
    "too_many_cells": _("The sheet “%(sheet)s” holds too much. It can have at most %(most)s filled cells."),
    "long_cell": _("A text on the sheet “%(sheet)s”, row %(row)s, is too long. It can have at most %(most)s letters."),
}


def told(problem: Problem) -> str:
    """One problem in the reader's language."""
    words = WORDS[problem.code]
    return str(words.says or words.title) % dict(problem.values)


def unread(problem: NotReadable) -> str:
    """Why a file cannot be read as a workbook, in the reader's language."""
    return str(_UNREAD[problem.code]) % problem.values
