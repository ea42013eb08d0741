"""Why an answer, or a file of it, is not taken in. `status` is what programs are told."""

from learnin.kit.refusal import Refusal


class NotTaken(Refusal):
    """An answer is not taken in."""

    status = 400


class BadXml(NotTaken):
    """It is no answer that can be read, or not safe to read."""


class BadParts(NotTaken):
    """The post does not hold what it should, or something twice."""


class TooLarge(NotTaken):
    """It is larger than we take."""

    status = 413


class UnknownForm(NotTaken):
    """The answer is to another questionnaire than this round's."""

    status = 404


class UnknownVersion(NotTaken):
    """The questionnaire never had this version."""

    status = 404


class UnknownEdit(NotTaken):
    """The answer that it would change never came."""

    status = 404


class RoundClosed(NotTaken):
    """The round takes no answers now."""

    status = 409


class DifferentAnswer(NotTaken):
    """An answer with this id is here already, and says something else."""

    status = 409


class DifferentFile(NotTaken):
    """A file of this name came before with the answer, and is another one."""

    status = 409


class OutdatedEdit(NotTaken):
    """Somebody else changed that answer before."""

    status = 409


class AlreadyAnswered(NotTaken):
    """This invitation has its answer."""

    status = 409


class UnsafeName(NotTaken):
    """A file has a name under which it cannot be kept."""
