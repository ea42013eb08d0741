"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learnin.settings")

application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402  (needs the settings above)

from learnin.programme import reader  # noqa: E402

reader.current()  # a programme file with a problem stops the start, with the problem
_ = get_resolver().url_patterns  # all pages come in now, not while the first visitor of each process waits

# What stands now stays for as long as the process: Python need not look through it for what can go, which it did in
# the middle of pages. For what comes and goes it looks once in 10,000 new things, not in 700: a seventh less of a page.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 10, 10)
