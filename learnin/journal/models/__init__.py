"""Tables of the journal: what happened, files, notices, letters, work done later."""

from learnin.journal.models.entries import Entry, JournalIsAppendOnly
from learnin.journal.models.files import Attachment, Document
from learnin.journal.models.jobs import Job
from learnin.journal.models.mail import Mail
from learnin.journal.models.notices import Notice, NoticePreference

__all__ = [
    "Attachment",
    "Document",
    "Entry",
    "Job",
    "JournalIsAppendOnly",
    "Mail",
    "Notice",
    "NoticePreference",
]
