"""The words around the questions of the web form: for its script, in every language the page may be switched to."""

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.kit import languages

WORDS: dict[str, Promise] = {
    # going through the questions
    "question_of": _("Question %(number)s of %(count)s"),
    "minutes_left": _("minutes left: about %(minutes)s"),
    "progress": _("Progress"),
    "language": _("Language"),
    "back": _("Back"),
    "next": _("Next"),
    "later": _("Save and finish later"),
    "later_done": _("Your answers are kept on this phone"),
    "later_means": _("Come back to this page on the same phone and browser to go on."),
    "later_anywhere_done": _("Your answers are kept"),
    "later_anywhere": _("Open the same link again to go on, on this device or another."),
    "later_not_yet": _("There is no connection. For another device, first open this page again when you are online."),
    "later_here_only": _("So that your answers cannot be tied to you, they are kept on this device only."),
    "files_stay": _("Pictures and files stay on the device where they were chosen."),
    "resume": _("Go on where you stopped"),
    "resume_from": _("You last answered on %(when)s."),
    "go_on": _("Go on"),
    "start_over": _("Start again"),
    "start_over_sure": _("Start again from the first question?"),
    "start_over_means": _("What you answered so far will be lost."),
    "two_copies": _("You answered on two devices"),
    "two_copies_mean": _("Each has answers that the other does not have. Choose which to go on with."),
    "copy_here": _("On this device: %(when)s"),
    "copy_here_use": _("Keep those of this device"),
    "copy_there": _("On the other device: %(when)s"),
    "copy_there_use": _("Keep those of the other"),
    "copy_aside": _("Other answers are kept on this device, from %(when)s."),
    "copy_aside_use": _("Go on with those"),
    "changed_elsewhere": _("You also answered on another device."),
    "choose_copy": _("Choose which answers to keep"),
    "guidance": _("More about this question"),
    "cannot_open": _("The questionnaire could not be opened. Check your connection and open this page again."),
    # errors
    "error_before": _("Error:"),
    "problem": _("There is a problem"),
    "answer_needed": _("Answer this question"),
    "answer_refused": _("Check this answer: the questionnaire does not accept it"),
    "whole_number": _("Enter a whole number, like 12"),
    "number": _("Enter a number, like 12 or 3.5"),
    "between": _("Enter a number from %(low)s to %(high)s"),
    "real_day": _("Enter a day that exists, like 27 3 2026"),
    "day_and_time": _("Enter both the day and the time"),
    "real_place": _("Enter both coordinates as numbers, like 41.7151 and 44.8271"),
    "real_places": _("Enter at least two places, one in each line, like 41.7151 44.8271"),
    "file_too_large": _("This file has %(size)s. Choose one of at most %(limit)s"),
    # answering
    "clear": _("Clear my answer"),
    "choose": _("Choose one"),
    "find": _("Type to find an answer"),
    "nothing_found": _("Nothing found. Try other letters."),
    "more_to_find": _("%(count)s more. Type to find them."),
    "acknowledge": _("I have read this"),
    "acknowledged": _("Read"),
    "day": _("Day"),
    "month": _("Month"),
    "year": _("Year"),
    "time": _("Time"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "place_here": _("Use the place where I am"),
    "place_again": _("Look for my place again"),
    "place_looking": _("Looking for your place. This can take half a minute."),
    "place_unknown": _("Your place was not found. You can write its coordinates."),
    "place_is": _("Place: %(place)s"),
    "place_within": _("Place: %(place)s, within %(metres)s m"),
    "place_by_hand": _("Write the coordinates"),
    "places_how": _("One place in each line: latitude, then longitude."),
    "places_add": _("Add the place where I am"),
    "file_kept": _("Chosen: %(name)s (%(size)s)"),
    "file_remove": _("Remove the file"),
    "move_up": _("Move up: %(what)s"),
    "move_down": _("Move down: %(what)s"),
    "ranked": _("%(what)s: place %(place)s of %(count)s"),
    "this_order": _("This order is right"),
    # what is asked again for each of several
    "turn": _("%(what)s, number %(number)s"),
    "turns_so_far": _("Entered so far: %(count)s"),
    "add": _("Add another: %(what)s"),
    "add_first": _("Add one"),
    "add_another": _("Add another"),
    "remove": _("Remove: %(what)s"),
    "take_away": _("Remove"),
    "change": _("Change"),
    # the end
    "review": _("Check your answers"),
    "review_how": _("Nobody has them yet. Change what is not right, then send them."),
    "no_answer": _("No answer"),
    "send": _("Send answers"),
    "sent": _("Your answers were sent"),
    "sent_means": _("Thank you. You can close this page."),
    "kept": _("Your answers wait on this phone"),
    "kept_means": _("They are sent as soon as there is a connection. Open this page again when you are online."),
    "refused": _("Your answers were not accepted"),
    "refused_means": _("They are kept on this phone. Ask the people who sent you the link."),
    "again": _("Fill in another one"),
    # a draft, to try
    "try_how": _("This is a try: nothing is sent. Finish it to see what would have been sent."),
    "try_finish": _("Finish the try"),
    "try_done": _("This would have been sent"),
    "try_took": _("Nothing was sent, and nothing is kept. It took %(minutes)s min %(seconds)s s."),
    "try_xml": _("As devices send it"),
    "try_again": _("Try again"),
    # the line under the bar
    "offline": _("No connection."),
    "waiting": _("Saved on this phone, waiting to be sent: %(count)s."),
    "refused_count": _("Not accepted, kept on this phone: %(count)s."),
    "phone_full": _("This phone has no room left to keep your answers. Send them before you close this page."),
    "queue": _("Show what is kept on this phone"),
    "send_now": _("Try to send now"),
    "save_copy": _("Save a copy"),
}


def tables() -> dict[str, dict[str, str]]:
    """All words, by the code of each language of the interface."""
    found = {}
    for language in languages.interface():
        with translation.override(language.code):
            found[language.html] = {key: str(words) for key, words in WORDS.items()}
    return found
