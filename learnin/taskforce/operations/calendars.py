"""The secret addresses of calendars: made new, so that the old ones stop."""

from datetime import datetime

from django.db import transaction

from learnin.journal.operations import entries
from learnin.people.models import Person
from learnin.taskforce.models import CalendarKey


@transaction.atomic
def renew(person: Person, *, by: Person, now: datetime) -> CalendarKey:
    """Make new addresses for all calendars of the person; whoever has an old one sees nothing any more."""
    key, _created = CalendarKey.objects.select_for_update().get_or_create(person=person)
    key.version += 1
    key.save(update_fields=["version"])
    entries.write("calendar.renewed", person, by=by, now=now)
    return key
