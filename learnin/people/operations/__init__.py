"""What changes about people, roles and places."""

from learnin.people.operations.invitations import accept, invite, revoke, send_again
from learnin.people.operations.persons import (
    ask_for_erasure,
    choose_language,
    correct_details,
    erase,
    keep_after_all,
    record_consent,
    withdraw_consent,
)
from learnin.people.operations.places import (
    add_example_country,
    load_places,
    publish_country,
    unpublish_country,
    write_public_text,
)
from learnin.people.operations.roles import agree_to_be_named, end_role, give_role, leave, stop_being_named
from learnin.people.operations.tokens import make_token, note_use, revoke_token

__all__ = [
    "accept",
    "add_example_country",
    "agree_to_be_named",
    "ask_for_erasure",
    "choose_language",
    "correct_details",
    "end_role",
    "erase",
    "give_role",
    "invite",
    "keep_after_all",
    "leave",
    "load_places",
    "make_token",
    "note_use",
    "publish_country",
    "record_consent",
    "revoke",
    "revoke_token",
    "send_again",
    "stop_being_named",
    "unpublish_country",
    "withdraw_consent",
    "write_public_text",
]
