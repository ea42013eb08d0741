"""What the register says of a record that its reader let through, in words for people. Most keep the record out."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "register.no_title": _("It has no title."),
    "register.no_reporter": _("It does not say which organisation tells of the initiative."),
    "register.ends_before_it_begins": _("Its last day is before its first."),
    "register.days_do_not_fit": _("With the days that the register has, it would end before it begins."),
    "register.too_long": _("“%(said)s” is longer than there is room for."),
    "register.too_large": _("The number %(said)s is larger than there is room for."),
    "register.damaged": _("A text has zero bytes in it: it is damaged."),
    "register.not_yours": _("You do not look after initiatives of “%(said)s”, so you cannot bring this one in."),
    "register.twice": _("An initiative before it in the file is the same. The first one counts."),
    "register.region": _("It names the region %(said)s, not this country."),
    "register.merged": _("It was merged into another initiative, “%(said)s”. Change that one by hand."),
}
