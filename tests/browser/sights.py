"""What there is to see: every page of the site, and who opens it. A new page gets its line here."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

SPOKEN = {"davit": "ka", "irena": "sr-Cyrl", "elif": "tr", "olena": "ru"}


@dataclass(frozen=True)
class Sight:
    """A page, who opens it, and what its picture is called."""

    name: str
    who: str = ""
    keys: tuple[str, ...] = ()
    more: str = ""
    status: int = 200
    on_paper: bool = False
    called: str = ""

    @property
    def picture(self) -> str:
        """A file name."""
        return self.called or "-".join(filter(None, [self.name.replace(":", "-").replace("_", "-"), self.who]))

    def address(self, keys: dict[str, str]) -> str:
        """Where it is."""
        try:
            return reverse(self.name, args=[keys[key] for key in self.keys]) + self.more
        except NoReverseMatch:
            return self.more


XA = ("country",)
SIGHTS = [
    # for everybody
    Sight("home:start"),
    Sight("home:public_country", keys=XA, on_paper=True),
    Sight("home:accessibility"),
    Sight("people:privacy"),
    Sight("kit:components", on_paper=True),
    Sight("people:invitation", keys=("invitation",)),
    Sight("people:invitation", keys=("old_invitation",), status=410, called="people-invitation-over"),
    Sight("journal:stop_digest", keys=("stop",)),
    Sight("account_login"),
    Sight("people:password"),
    Sight("account_signup"),
    Sight("account_reset_password"),
    Sight("account_password_reset_completed"),
    Sight("account_inactive"),
    Sight("socialaccount_login_cancelled"),
    Sight("nowhere", more="/nowhere/", status=404, called="404-anonymous"),
    # the region
    Sight("home:region", "rena", on_paper=True),
    Sight("people:region_people", "rena"),
    Sight("people:region_invite", "rena"),
    Sight("people:erasures", "rena"),
    Sight("journal:region_entries", "rena"),
    Sight("journal:jobs", "rena"),
    Sight("journal:job", "rena", ("job",)),
    Sight("journal:mail", "rena"),
    # a country, for who leads it
    Sight("home:country", "ana", XA, on_paper=True),
    Sight("people:people", "ana", XA, on_paper=True),
    Sight("people:invite", "ana", XA),
    Sight("people:person", "ana", ("country", "colleague")),
    Sight("people:end_role", "ana", ("colleagues_role",)),
    Sight("people:public_text", "ana", XA),
    Sight("people:public_text", "ana", XA, more="?language=ka", called="people-public-text-ana-ka"),
    Sight("journal:documents", "ana", XA),
    Sight("journal:document_add", "ana", XA),
    Sight("journal:entries", "ana", XA, on_paper=True),
    Sight("journal:entries_on", "ana", ("app", "model", "thing")),
    Sight("home:search", "ana"),
    Sight("home:search", "ana", more="?q=obrazac", called="home-search-found"),
    Sight("home:search", "ana", more="?q=qqqqqq", called="home-search-nothing"),
    Sight("home:country", "ana", ("elsewhere",), status=404, called="404-of-another-country"),
    # a country, for who belongs to it
    Sight("home:country", "davit", XA),
    Sight("people:people", "davit", XA),
    Sight("people:person", "davit", ("country", "colleague")),
    Sight("journal:documents", "davit", XA),
    Sight("journal:entries", "davit", XA),
    Sight("people:invite", "davit", XA, status=403, called="403-davit"),
    Sight("home:country", "irena", XA),
    Sight("home:country", "olena", XA),
    Sight("home:start", "olena"),
    Sight("home:start", "sara"),
    # oneself
    Sight("people:me", "ana"),
    Sight("people:me", "sara"),
    Sight("people:details", "ana"),
    Sight("people:leave", "ana", ("own_role",)),
    Sight("people:consent", "ana"),
    Sight("people:data", "ana", on_paper=True),
    Sight("people:erasure", "ana"),
    Sight("people:erasure", "elif"),
    Sight("people:tokens", "ana"),
    Sight("journal:notices", "ana"),
    Sight("journal:notice_preferences", "ana"),
    Sight("account_email", "ana"),
    Sight("account_change_password", "ana"),
    Sight("account_set_password", "sara"),
    Sight("account_reauthenticate", "ana"),
    Sight("account_logout", "ana"),
    Sight("usersessions_list", "ana"),
    Sight("mfa_index", "ana"),
    Sight("mfa_activate_totp", "ana"),
    Sight("mfa_list_webauthn", "ana"),
    Sight("mfa_add_webauthn", "ana"),
    Sight("mfa_index", "tomas"),
    Sight("mfa_list_webauthn", "tomas"),
    Sight("mfa_edit_webauthn", "tomas", ("passkey",)),
    Sight("mfa_remove_webauthn", "tomas", ("passkey",)),
    Sight("mfa_view_recovery_codes", "tomas"),
    Sight("mfa_generate_recovery_codes", "tomas"),
    Sight("mfa_deactivate_totp", "tomas"),
    Sight("mfa_reauthenticate", "tomas"),
    Sight("mfa_reauthenticate_webauthn", "tomas"),
    Sight("socialaccount_connections", "ana"),
]
OTHERWISE = {
    "has no page of its own: it answers a form": """
        set_language people:publish people:erase people:send_again people:revoke
        people:be_named people:revoke_token people:organisation journal:document_publish journal:document_withdraw
        journal:notices_seen journal:notice_seen journal:job-again journal:mail-again openid_connect_login
        mfa_login_webauthn""",
    "is a file": """
        people:data_file journal:entries_file journal:region_entries_file journal:public_file journal:file
        home:region_file mfa_download_recovery_codes""",
    "is seen on the way: test_ways.py": """account_confirm_login_code account_confirm_password_reset_code
        account_complete_password_reset mfa_authenticate account_email_verification_sent""",
    "is another address of a page above, or leads on to it": """
        account_request_login_code openid_connect_callback socialaccount_login_error""",
    "is closed: nobody signs up with a network": "socialaccount_signup",
}
LATER = ("taskforce:",)  # stages that are being built: when done, their pages stand above
