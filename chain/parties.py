"""`python -m chain.parties`: parties of an agreement in a process of their own, who follow the link of their letter.

Reads JSON from its input: {"port", "paths": [path, ...]}; writes JSON: the status that each answer got.
"""

import http.client
import json
import sys
import urllib.parse
from http.cookies import SimpleCookie

from lxml import html


def accept(port: int, path: str) -> int:
    """Open the page of the letter, and press its button: its form goes back as it came."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", path, headers={"Accept-Language": "en"})
    page = line.getresponse()
    content = page.read()
    if page.status != 200:
        return page.status
    cookies = SimpleCookie(page.getheader("Set-Cookie", ""))
    (form,) = [one for one in html.fromstring(content).forms if one.method == "POST" and "answer" in one.fields]
    body = urllib.parse.urlencode(form.form_values())
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{name}={one.value}" for name, one in cookies.items()),
        "Referer": f"http://127.0.0.1:{port}{path}",
    }
    line.request("POST", path, body, headers)
    response = line.getresponse()
    response.read()
    return response.status


def main() -> None:
    """Read what to do, do it, tell."""
    told = json.load(sys.stdin)
    json.dump([accept(told["port"], path) for path in told["paths"]], sys.stdout)


if __name__ == "__main__":
    main()
