"""Sessions as Django keeps them in the database, read by a query that is written once: every page begins with it."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.utils import timezone

from learnin.kit.readings import reading


class SessionStore(db.SessionStore):
    """What the browser's session holds. The name is Django's, and part of what sessions are signed with."""

    def load(self) -> dict[str, Any]:
        """What stands there now; nothing, and no session, where it is over or unknown."""
        kept = _kept.first(str(self.session_key), timezone.now())
        if kept is None:
            self._session_key = None
            return {}
        return self.decode(kept)


@reading
def _kept(key: str, now: datetime) -> QuerySet[Any, str]:
    from django.contrib.sessions.models import Session  # apps are not ready when the engine is named

    found = Session.objects.filter(session_key=key, expire_date__gt=now)
    return found.order_by("pk").values_list("session_data", flat=True)
