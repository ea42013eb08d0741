"""Ministries and UNICEF that bring their own sign-in (OpenID Connect): how one is described in the settings.

Read while the settings are made: nothing of Django may be imported here.
"""

from typing import Any
from urllib.parse import urlsplit

NEEDED = {"provider_id", "name", "client_id", "secret", "server_url", "domains"}
MAY = {"vouches_without_claim"}
OURSELVES = {"127.0.0.1", "localhost"}


def app(said: dict[str, Any]) -> dict[str, Any]:
    """One organisation, as the sign-in library wants to know it. Raises ValueError in words for whoever sets it up.

    domains: the organisation vouches for addresses of these domains only.
    vouches_without_claim: its addresses count as verified though it never says so (Microsoft Entra does not).
    """
    who = f"LEARNIN_OIDC, {said.get('provider_id', '?')}"
    if lacking := NEEDED - said.keys():
        raise ValueError(f"{who}: {', '.join(sorted(lacking))} is missing.")
    if unknown := said.keys() - NEEDED - MAY:
        raise ValueError(f"{who}: {', '.join(sorted(unknown))} is not known here.")
    server = urlsplit(said["server_url"])
    if server.scheme != "https" and server.hostname not in OURSELVES:
        raise ValueError(f"{who}: server_url must begin with https://.")
    domains = [domain.lower() for domain in said["domains"]]
    if not domains:
        raise ValueError(f"{who}: domains must name at least one domain, like unicef.org.")
    return {
        "provider_id": said["provider_id"],
        "name": said["name"],
        "client_id": said["client_id"],
        "secret": said["secret"],
        "settings": {
            "server_url": said["server_url"],
            "domains": domains,
            "verified_email": domains if said.get("vouches_without_claim") else False,
        },
    }
