"""Whom to ask about an initiative: a name and an address, forgotten when the person is erased."""

from datetime import datetime

from django.db import transaction

from learnin.initiatives.models import Initiative, Representative
from learnin.people.models import Person

PERSONAL = ("person", "email", "phone")


@transaction.atomic
def forget(person: Person, *, by: Person, now: datetime) -> None:
    """Somebody's data are erased: they are no contact and represent nobody any more; files are forgotten with them."""
    Representative.objects.filter(person=person, ended_at=None).update(ended_at=now)
    for one in Initiative.objects.exclude(contact={}).select_for_update(of=("self",)).order_by("pk"):
        if _is_about(one.contact, person):
            one.contact = {key: value for key, value in one.contact.items() if key not in PERSONAL}
            if one.told and _is_about(one.told.get("contact", {}), person):
                one.told["contact"] = one.contact
            one.save(update_fields=["contact", "told"])


def _is_about(contact: dict[str, str], person: Person) -> bool:
    return contact.get("email", "").casefold() == person.email.casefold()
