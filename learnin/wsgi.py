"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learnin.settings")

application = get_wsgi_application()

from learnin.programme import reader  # noqa: E402  (needs the settings above)

reader.current()  # a programme file with a problem stops the start, with the problem
