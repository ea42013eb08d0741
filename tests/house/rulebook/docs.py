"""What we write about the house, and what we give away."""

from functools import partial

from tests.house.rules import Rule, docs, files, planted, texts

GUIDES = partial(files, "*.md", "docs/**/*.md")
page = partial(planted, "docs/planted.md")

RULES = (
    Rule(
        docs.links_lead_somewhere,
        GUIDES,
        page("[x](gone.md)", "[x](../Makefile#gone)", "![y](gone.png)"),
        page("# A word\n[x](../Makefile) [y](#a-word) [z](https://example.org)"),
    ),
    Rule(
        docs.commands_exist,
        GUIDES,
        page("Type `make coffee`.", "    make coffee\n"),
        page("Type `make run` to make sure.\n\n    make test   # everything\n"),
    ),
    Rule(
        docs.no_machine_is_named,
        texts,
        page(
            "see /ho" + "me/ana/learnin",
            '"resolved": "https://regis' + 'try.example.org/x"',
            "//npm." + "example.org/:_authToken=x",
            f"in {docs.ROOT}/learnin",
        ),
        page("see docs/admin and https://www.example.org/home/ana on 127.0.0.1"),
    ),
)
