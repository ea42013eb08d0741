"""Two pages the sign-in library does not have: signing in with a password, and leaving for one's organisation."""

from http import HTTPStatus

from allauth.account.views import LoginView
from allauth.decorators import rate_limit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect.views import login as begin
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from requests import RequestException

from learnin.kit import pages
from learnin.people.sign_in.forms import PasswordForm


class Password(LoginView):
    """Sign in with a password; a code by e-mail needs none and stands first."""

    template_name = "account/login_password.html"

    def get_form_class(self) -> type[PasswordForm]:
        """With the password that the first page does not ask for."""
        return PasswordForm


password = Password.as_view()


@rate_limit(action="login")
@login_not_required
@never_cache
@require_POST
def organisation(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leave for the sign-in of one's organisation.

    By a page that leads on, not by a redirect: a form may only be answered by ourselves (form-action 'self').
    """
    try:
        name = get_adapter().get_app(request, provider=provider_id).name
        leaving = begin(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except RequestException:
        return pages.page(request, "socialaccount/authentication_error.html", status=HTTPStatus.BAD_GATEWAY)
    if leaving.status_code != HTTPStatus.FOUND:
        return leaving
    return pages.page(request, "account/leaving.html", {"organisation": name, "url": leaving["Location"]})
