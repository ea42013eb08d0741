"""A small OpenID provider on this machine: what a ministry or UNICEF runs."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "learnin", "a secret between the two"


@dataclass
class Provider:
    """Who signs in there next, and what it says about them."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    id_token: dict[str, Any] = field(default_factory=dict)
    denies: bool = False
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    challenges: dict[str, str] = field(default_factory=dict)

    def settings(self, **more: Any) -> dict[str, Any]:
        """What stands in LEARNIN_OIDC."""
        said = {"provider_id": "unicef", "name": "UNICEF", "client_id": CLIENT, "secret": SECRET}
        return {**said, "server_url": self.url, "domains": ["example.org"], **more}

    def discovery(self) -> dict[str, Any]:
        """Where its doors are."""
        doors = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        return {"issuer": self.url, "jwks_uri": f"{self.url}/jwks"} | {
            name: f"{self.url}/{path}" for name, path in doors.items()
        }

    def jwks(self) -> dict[str, Any]:
        """Its public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorize(self, query: dict[str, list[str]]) -> str:
        """The person signs in there; back to where they came from."""
        assert query["response_type"] == ["code"]
        assert query["client_id"] == [CLIENT]
        assert "openid" in query["scope"][0].split()
        back = {"state": query["state"][0]}
        if self.denies:
            return f"{query['redirect_uri'][0]}?{urlencode(back | {'error': 'access_denied'})}"
        self.challenges["a-code"] = query["code_challenge"][0]
        return f"{query['redirect_uri'][0]}?{urlencode(back | {'code': 'a-code'})}"

    def token(self, form: dict[str, list[str]]) -> dict[str, Any]:
        """A token for the code, if whoever asks knows both secrets."""
        hashed = base64.urlsafe_b64encode(sha256(form["code_verifier"][0].encode()).digest()).decode().rstrip("=")
        if form["client_secret"] != [SECRET] or self.challenges.pop(form["code"][0]) != hashed:
            return {"error": "invalid_grant"}
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "sub": "42", "iat": now, "exp": now + 60} | self.id_token
        signed = jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "for-userinfo", "token_type": "Bearer", "expires_in": 60, "id_token": signed}


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, as long as the block lasts."""
    provider = Provider()

    class Doors(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
            if path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
            elif path == "/userinfo":
                assert self.headers["Authorization"] == "Bearer for-userinfo"
                self._say({"sub": "42"} | provider.claims)
            else:
                known = {"/.well-known/openid-configuration": provider.discovery, "/jwks": provider.jwks}
                self._say(known[path]())

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._say(provider.token(form))

        def _say(self, said: dict[str, Any]) -> None:
            body = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Doors)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
