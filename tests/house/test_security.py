"""What a browser can hold against an attacker, it holds; and the settings of a public site are safe."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, as_
from tests.house import addresses
from tests.house.addresses import Address
from tests.world import World, world

ROOT = Path(__file__).resolve().parents[2]
# Who wants no more letters sends one click from the mail program, where no page gave a CSRF token (RFC 8058).
# Phones bring answers with a key in the address: no cookie opens these, so no other site can use one.
WITHOUT_CSRF = {
    "journal:stop_digest",
    "assessment:answer_draft",
    "assessment:stop_letters",
    "assessment:web_form_submission",
    *(f"assessment:collect_{door}_submission" for door in ("open", "draft", "key")),
}
WITH_ENGINE = "assessment:web_form"  # the one page whose engine needs WebAssembly
OPEN_TO_CACHES = {"journal:public_file", "api:openapi-json", "assessment:web_form_worker"}
FILES = {"journal:file", "journal:public_file", "assessment:answer_file"}  # what people sent, shut in
EVIL = ("https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|<style[\s>]|<[a-z][^>]*\s(?:style|on[a-z]+)=", re.I
)


@pytest.fixture
def furnished(cast: Cast) -> World:
    """The cast in a home country where something of everything stands."""
    return world(cast)


def read(client: Client, address: Address, furnished: World) -> tuple[HttpResponse, str]:
    """The answer, and what it says."""
    response = addresses.ask(client, address.method, address.url(furnished))
    return response, addresses.content(response).decode("utf-8", "replace")


def gets(furnished: World, player: str) -> list[tuple[Address, HttpResponse, str]]:
    """Every address as this player reads it."""
    client = as_(furnished.players[player])
    asked = [address for address in addresses.every() if address.method == "GET"]
    return [(address, *read(client, address, furnished)) for address in asked]


@pytest.mark.parametrize("player", ["anonymous", "regional"])
def test_every_answer_carries_its_guards(furnished: World, player: str) -> None:
    """A strict content policy, no frames, no guessing of types, no address handed on; and nothing inline."""
    weak = []
    for address, response, text in gets(furnished, player):
        policy = response.get("Content-Security-Policy", "")
        if address.name == WITH_ENGINE:
            policy = policy.replace(" 'wasm-unsafe-eval'", "")
        guards = {
            "policy": "default-src" in policy and "unsafe" not in policy and "object-src 'none'" in policy,
            "frames": response.get("X-Frame-Options") == "DENY",
            "types": response.get("X-Content-Type-Options") == "nosniff",
            "referrer": response.get("Referrer-Policy") == "same-origin",
            "inline": "html" not in response.get("Content-Type", "") or not INLINE.search(text),
        }
        if address.name in FILES and response.status_code == 200:
            guards["policy"] = policy == "sandbox; default-src 'none'"
        weak += [f"{address.name}: {guard}" for guard, holds in guards.items() if not holds]
    assert weak == []


def test_inline_scripts_are_found() -> None:
    """The pattern bites on what a policy would refuse, and lets the rest pass."""
    for bad in ("<script>x()</script>", '<p style="color:red">', '<body onload="x()">', "<style>p{}</style>"):
        assert INLINE.search(bad)
    for good in (
        '<script type="module" src="/x.js"></script>',
        '<script type="application/json">{}</script>',
        "<p>on</p>",
    ):
        assert not INLINE.search(good)


def test_what_a_person_reads_stays_out_of_caches(furnished: World) -> None:
    """Somebody else at the same screen finds nothing; what is open to all says what it depends on."""
    kept = [
        address.name
        for address, response, _text in gets(furnished, "regional")
        if "no-store" not in response.get("Cache-Control", "") and address.name not in OPEN_TO_CACHES
    ]
    assert kept == []
    for address, response, _text in gets(furnished, "anonymous"):
        if response.status_code == 200 and "html" in response["Content-Type"]:
            varies = {name.strip() for name in response.get("Vary", "").split(",")}
            assert {"Accept-Language", "Cookie"} <= varies, address.name


def test_every_change_asks_for_the_csrf_token(furnished: World) -> None:
    """A form on another site cannot act for a person who is signed in here."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(furnished.cast.regional)
    asked = [address for address in addresses.every() if address.method != "GET"]
    answers = {address: addresses.ask(client, address.method, address.url(furnished)) for address in asked}
    let_in = {address.name for address, response in answers.items() if response.status_code not in (403, 404, 405)}
    assert {name for name in let_in if not name.startswith("/accounts/social/")} == WITHOUT_CSRF
    refused = [address for address, response in answers.items() if response.status_code == 403]
    assert len(refused) > 30


@pytest.mark.parametrize("player", ["anonymous", "member"])
def test_nobody_is_sent_to_another_site(furnished: World, player: str) -> None:
    """Whatever `next` says, people stay here."""
    client = as_(furnished.players[player])
    for address in addresses.pages():
        if player == "member":
            client.force_login(furnished.cast.member)  # again: some addresses sign out
        url = address.url(furnished)
        for evil in EVIL:
            if address.method == "GET":
                response = client.get(url, {"next": evil})
            else:
                response = client.post(url, {"next": evil, "language": "en"})
            addresses.content(response)
            if 300 <= response.status_code < 400:
                goes = urlsplit(response["Location"].replace("\\", "/"))
                assert goes.netloc in ("", "testserver"), (address.name, evil, response["Location"])
                assert goes.scheme in ("", "http"), (address.name, evil, response["Location"])


def test_signing_in_leads_on_to_the_page_asked_for(furnished: World) -> None:
    """The other half of it: an address of ours is kept."""
    client = as_(furnished.cast.member)
    assert client.get(reverse("account_login"), {"next": "/me/"})["Location"] == "/me/"


def test_the_cookies_are_closed_to_scripts(furnished: World) -> None:
    """The session, the CSRF token and the language: not for scripts, not for other sites."""
    client = Client()
    client.get(reverse("account_login"))
    client.post(reverse("account_request_login_code"), {"email": furnished.cast.member.email})
    client.post(reverse("set_language"), {"language": "ka"})
    for name in ("sessionid", "csrftoken", "django_language"):
        assert client.cookies[name]["httponly"] is True, name
        assert client.cookies[name]["samesite"] == "Lax", name


def production(*command: str, tmp_path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A command as a public site runs it."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("LEARNIN_", "DJANGO_"))}
    site = {
        "DJANGO_SETTINGS_MODULE": "learnin.settings",
        "LEARNIN_DATA_DIR": str(tmp_path),
        "LEARNIN_SITE_URL": "https://learnin.example",
        "LEARNIN_ALLOWED_HOSTS": "learnin.example",
        "LEARNIN_EMAIL_URL": "smtp+tls://learnin:secret@mail.learnin.example:587",
    }
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=bare | site | more, capture_output=True, text=True, check=False
    )


def test_a_public_site_is_safe(tmp_path: Path) -> None:
    """`check --deploy` has nothing to say."""
    checked = production("manage.py", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path)
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_an_unsafe_site_is_found(tmp_path: Path) -> None:
    """A planted fault: without HTTPS, the check bites."""
    checked = production(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path,
        LEARNIN_SITE_URL="http://learnin.example",
    )  # fmt: skip
    assert checked.returncode != 0
    assert "security.W012" in checked.stderr


def test_a_site_whose_letters_go_nowhere_is_found(tmp_path: Path) -> None:
    """A planted fault: without a mail server, sign-in codes stand in the log; a mail service mends it."""
    check = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    checked = production(*check, tmp_path=tmp_path, LEARNIN_EMAIL_URL="")
    assert checked.returncode != 0
    for told in ("journal.W001", "LEARNIN_EMAIL_URL", "LEARNIN_EMAIL_PROVIDER"):
        assert told in checked.stderr
    served = production(*check, tmp_path=tmp_path, LEARNIN_EMAIL_URL="", LEARNIN_EMAIL_PROVIDER="mailgun")
    assert "journal.W001" not in served.stdout + served.stderr


def test_a_public_site_insists_on_https(tmp_path: Path) -> None:
    """Cookies, redirects and the browser's memory: HTTPS only; and no debug pages."""
    names = (
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "DEBUG", "ALLOWED_HOSTS",
    )  # fmt: skip
    tell = f"import json; from django.conf import settings as s; print(json.dumps([getattr(s, n) for n in {names!r}]))"
    said = json.loads(production("-c", tell, tmp_path=tmp_path).stdout)
    assert dict(zip(names, said, strict=True)) == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "DEBUG": False,
        "ALLOWED_HOSTS": ["learnin.example"],
    }


def test_the_secret_key_is_for_its_owner_only(tmp_path: Path) -> None:
    """Made on the first start, the same on the second, readable by nobody else."""
    tell = "from django.conf import settings; print(settings.SECRET_KEY)"
    first, second = (production("-c", tell, tmp_path=tmp_path).stdout.strip() for _ in range(2))
    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


READ = re.compile(r"env\.\w+\(\s*\"(LEARNIN_\w+)\"")


def unsaid(settings: str, page: str) -> set[str]:
    """Variables that are read but not explained, or explained but not read."""
    return set(READ.findall(settings)) ^ set(re.findall(r"LEARNIN_[A-Z0-9_]*[A-Z0-9]", page))


def test_every_variable_is_explained() -> None:
    """Whoever sets up a site finds every LEARNIN_* variable on one page."""
    settings = (ROOT / "learnin/settings.py").read_text(encoding="utf-8")
    page = (ROOT / "docs/admin/configure.md").read_text(encoding="utf-8")
    assert unsaid(settings, page) == set()
    assert unsaid('X = env.str("LEARNIN_NEW", default="")', page="`LEARNIN_OLD`") == {"LEARNIN_NEW", "LEARNIN_OLD"}
