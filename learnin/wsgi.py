"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learnin.settings")

application = get_wsgi_application()

from learnin.programme import reader  # noqa: E402  (needs the settings above)

reader.current()  # a programme file with a problem stops the start, with the problem

# What stands now stays for as long as the process: Python need not look through it for what can go. It did so in the
# middle of pages, one in fifty or so, and that page took several times as long.
gc.collect()
gc.freeze()
