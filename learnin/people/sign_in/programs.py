"""How a program signs in: with a person's key, or as the page that the person has open."""

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from learnin.people import access, operations
from learnin.people.models import Person
from learnin.people.operations.tokens import PREFIX, hash_of


class ApiRequest(HttpRequest):
    """A question to the API: `auth` is the person who asks."""

    auth: Person


def _speak(request: HttpRequest, person: Person) -> None:
    """The language asked for, else the program's, else the person's. ReaderLanguage puts the old one back."""
    asked = request.GET.get("language", "")
    if translation.check_for_language(asked):
        translation.activate(asked)
    elif "Accept-Language" not in request.headers:
        translation.activate(person.language)
    else:
        translation.activate(translation.get_language_from_request(request))


class ByToken(HttpBearer):
    """A key that a person made on the page "Keys for your programs": `Authorization: Bearer learnin_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Person:
        """The person whose key this is. A wrong key is never tried as anything else."""
        today = timezone.localdate()
        found = access.token_that_works(hash_of(token), today=today) if token.startswith(PREFIX) else None
        if found is None:
            raise AuthenticationError(message=_("This key does not work, or no longer works."))
        operations.note_use(found, today=today)
        _speak(request, found.person)
        return found.person


class BySession(APIKeyCookie):
    """The person who is signed in in this browser. What changes something carries the CSRF token, as on pages."""

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Person | None:
        """Who is signed in; nobody asks strangers for a CSRF token."""
        person = self.authenticate(request, None)
        if person is not None and check_csrf(request):
            raise AuthorizationError(message=_("The CSRF token is missing or old. Open the page again."))
        return person

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        """The person of the session."""
        if not isinstance(request.user, Person):
            return None
        _speak(request, request.user)
        return request.user
