"""What is wrong in an IATI file, in words for people. `said` is what stands there."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    # The whole file is refused.
    "iati.file.empty": _("The file is empty."),
    "iati.file.packed": _("The file is packed (ZIP or the like). Unpack it, and bring the XML file."),
    "iati.file.not-xml": _("This is not an XML file: “%(said)s”."),
    "iati.file.not-iati": _("This XML file holds no IATI activities: it begins with “%(said)s”."),
    "iati.file.encoding": _("The file is written in “%(said)s”, which is not read here. Save it as UTF-8."),
    "iati.file.nul": _("The file has zero bytes in it: it is damaged, or not a text."),
    "iati.file.doctype": _(
        "The file has a document type (DOCTYPE), which IATI does not have. It could hide harmful content."
    ),
    "iati.file.include": _("The file asks for other files to be read in (XInclude). This is not done."),
    "iati.file.instruction": _("The file has an instruction for a program: “%(said)s”. This is not done."),
    "iati.file.deep": _("Elements stand inside each other more than IATI ever needs."),
    "iati.file.long": _("A text in the file is longer than any text of an activity."),
    "iati.file.wide": _("One activity in the file is larger than can be read."),
    # About the file as a whole.
    "iati.broken": _("The file breaks off here: %(said)s. What stands before was read, nothing after."),
    "iati.no-activity": _("The file has no activities."),
    "iati.version.unknown": _(
        "The file says that it is IATI %(said)s, which is not known. It was read as version 2.03."
    ),
    # The initiative stays out.
    "iati.identifier.missing": _("The activity has no identifier."),
    "iati.identifier.twice": _("An activity before has the same identifier, “%(said)s”. The first one counts."),
    "iati.title.missing": _("The activity has no title."),
    "iati.date.unreadable": _("“%(said)s” is not a day. Days are written 2024-12-31."),
    # The initiative comes in without what is doubtful.
    "iati.identifier.made": _(
        "The activity has no IATI identifier. “%(said)s” was made from the reporter and its number."
    ),
    "iati.other-identifier.empty": _("Another number of the activity is empty."),
    "iati.other-identifier.type": _(
        "“%(said)s” is no type of number that IATI knows. The number was taken without it."
    ),
    "iati.element.missing": _("The activity does not say “%(said)s”, which IATI asks for."),
    "iati.element.unknown": _("IATI does not know “%(said)s”. It was left out."),
    "iati.element.twice": _("“%(said)s” stands here again; an activity has one. The first one counts."),
    "iati.text.empty": _("There should be words here, and there are none."),
    "iati.text.outside": _("The words “%(said)s” stand outside of a narrative. They were taken all the same."),
    "iati.language.unknown": _("“%(said)s” is no language that ISO 639 knows. The words were taken without it."),
    "iati.description.type": _("“%(said)s” is no type of description. It was taken as a general one."),
    "iati.organisation.nobody": _("An organisation takes part that has neither a name nor a number. It was left out."),
    "iati.organisation.type": _("“%(said)s” is no type of organisation that IATI knows. It was taken without one."),
    "iati.role.unknown": _("“%(said)s” is no role that IATI knows. The organisation was left out."),
    "iati.status.unknown": _("“%(said)s” is no status that IATI knows. It was left out."),
    "iati.date.missing": _("There should be a day here, and there is none."),
    "iati.date.other": _("“%(said)s” is not a day. It was left out; days are written 2024-12-31."),
    "iati.date.far": _("“%(said)s” cannot be meant: it lies before 1900 or after 2100. It was left out."),
    "iati.date.type": _("“%(said)s” is no type of day in IATI. In old files, a start or an end counts as planned."),
    "iati.date.twice": _("The activity has two days of this type. The first one counts, “%(said)s” was left out."),
    "iati.date.end-before-start": _("The end is before the start: %(said)s. The end was left out."),
    "iati.updated.unreadable": _("“%(said)s” does not tell when the activity was last changed."),
    "iati.scope.unknown": _("“%(said)s” is no scope that IATI knows. It was left out."),
    "iati.country.unknown": _("“%(said)s” is no country that ISO 3166 knows. It was left out."),
    "iati.percentage.unreadable": _("“%(said)s” is not a percentage. It was left out; percentages are written 12.5."),
    "iati.percentage.range": _("“%(said)s” is not between 0 and 100. The percentage was left out."),
    "iati.percentage.sum": _("The percentages make %(said)s together, not 100. They were taken as they are."),
    "iati.sector.unknown": _("“%(said)s” is not on the list of purpose codes. It was left out."),
    "iati.sector.replaced": _("The purpose code was withdrawn. The one that replaced it was taken: %(said)s."),
    "iati.sector.withdrawn": _("The purpose code “%(said)s” was withdrawn, and none replaced it. It was left out."),
    "iati.sdg.unknown": _("“%(said)s” is no Sustainable Development Goal or target. It was left out."),
    "iati.tag.empty": _("A tag has no code. It was left out."),
    "iati.point.unreadable": _(
        "“%(said)s” is not a point. It was left out; points are written 44.8 20.5, latitude first."
    ),
    "iati.point.range": _("“%(said)s” is not on the earth. The point was left out; latitude stands first."),
    "iati.reach.unknown": _("“%(said)s” does not tell whether the activity or its people are there. It was left out."),
    "iati.geonames.unknown": _("“%(said)s” is not a number of GeoNames. It was left out."),
    "iati.amount.missing": _("There should be an amount here, and there is none."),
    "iati.amount.unreadable": _("“%(said)s” is not an amount. It was left out; amounts are written 1200.50."),
    "iati.budget.negative": _("A budget cannot be negative: %(said)s. It was left out."),
    "iati.budget.end-before-start": _("The budget ends before it starts: %(said)s. It was left out."),
    "iati.amount.correction": _(
        "%(said)s is negative. It was taken as a correction of what was promised or paid before."
    ),
    "iati.currency.missing": _("The amount has no currency, and the activity names none. It was left out."),
    "iati.currency.unknown": _("“%(said)s” is no currency that ISO 4217 knows. The amount was left out."),
    "iati.transaction.type": _("“%(said)s” is no type of transaction that IATI knows. It was left out."),
    "iati.people.unreadable": _("“%(said)s” is not a number of people. It was left out."),
    "iati.link.empty": _("A document has no address. It was left out."),
    "iati.link.address": _("“%(said)s” is not an address on the web. The document was left out."),
    "iati.related.empty": _("Another activity is named without its identifier. It was left out."),
    "iati.related.type": _("“%(said)s” does not tell how the other activity stands to this one. It was left out."),
    # Writing.
    "iati.write.identifier": _("Without an identifier it cannot go out as IATI."),
    "iati.write.title": _("Without a title it cannot go out as IATI."),
    "iati.write.date": _("Without any day it cannot go out as IATI."),
    "iati.write.code": _("“%(said)s” is on no list of IATI. It does not go out."),
    "iati.write.amount": _("“%(said)s” cannot be written as a number in IATI. It does not go out."),
    "iati.write.address": _("“%(said)s” is not an address on the web. It does not go out."),
    "iati.write.point": _("“%(said)s” is not a point on the earth. It does not go out."),
    "iati.write.empty": _("Something says nothing. It does not go out."),
    "iati.write.characters": _("“%(said)s” had characters that XML cannot write. It goes out without them."),
}
"""The words of each problem; keys are those of `learnin.initiatives.formats.iati.Doubt`."""
