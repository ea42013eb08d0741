"""What changes something, and what computes."""

from functools import partial

from tests.house.rules import Rule, code, files, planted

OPERATIONS = partial(files, "learnin/*/operations.py", "learnin/*/operations/**/*.py")
COMPUTE = partial(files, "learnin/compute/**/*.py")
py = partial(planted, "learnin/planted/operations.py")

# Operations that do not ask who, or when: the reason, and where they are.
WITHOUT_MOMENT = {
    "a step of erasing somebody, which says who and when": [
        ("journal/operations/entries", "redact"),
        ("journal/operations/mail", "forget"),
        ("journal/operations/notices", "forget"),
    ],
    "before anybody is there": [("people/operations/places", "add_example_country load_places")],
}
WITHOUT_PERSON = {
    "the person does it, and nobody for them": [
        ("assessment/operations/invitations", "begin opt_out"),
        ("assessment/operations/unfinished", "drop keep"),
        ("journal/operations/notices", "mark_all_seen mark_seen"),
        ("people/operations/persons", "ask_for_erasure keep_after_all record_consent withdraw_consent"),
    ],
    "the machine does it": [
        ("journal/operations/jobs", "plan start_scheduled sweep"),
        ("journal/operations/mail", "post"),
        ("journal/operations/notices", "tell"),
    ],
    **WITHOUT_MOMENT,
}

SHIPPED = {"learnin/compute/relations/weights.py", "learnin/compute/relations/words.py"}
"""Rooms of the core that read their own constants from a file beside them. The command line reads and writes files."""


def _without(word: str, why: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    return {
        f"learnin/{module}.py: {name} does not take {word} by name": reason
        for reason, places in why.items()
        for module, names in places
        for name in names.split()
    }


RULES = (
    Rule(
        code.operations_take_by_and_now,
        OPERATIONS,
        py(
            "@transaction.atomic\ndef end(role, by, now): ...",
            "@transaction.atomic\ndef end(role, *, now): ...",
            "@transaction.atomic\ndef end(role, *, by): ...",
            "@transaction.atomic\ndef end(role, reason, *, by, now): ...",
        ),
        py("@transaction.atomic\ndef end(role, *, reason, by, now): ...", "def link(invitation): ..."),
        stands={
            **_without("by", WITHOUT_PERSON),
            **_without("now", WITHOUT_MOMENT),
            "learnin/journal/operations/entries.py: write takes more than one thing without a name": "write(verb, on)",
        },
    ),
    Rule(
        code.nothing_asks_the_clock,
        lambda: [*OPERATIONS(), *COMPUTE(), *files("learnin/*/formats/**/*.py")],
        py("x = timezone.now()", "x = date.today()", "x = datetime.datetime.now()", "x = time.time()"),
        py("x = now.date()", "at = DateTimeField(default=timezone.now)", "x = datetime(2026, 1, 1)"),
    ),
    Rule(
        code.computing_is_pure,
        lambda: [one for one in COMPUTE() if "commands" not in one.name.parts and str(one.name) not in SHIPPED],
        py("open('x')", "x = random.random()", "x = np.random.normal()", "Path('x').read_text()"),
        py("def f(rng): return rng.normal()", "x = np.random.Generator(bits)"),
    ),
)
