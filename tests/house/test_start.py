"""The web server is ready before its first visitor comes."""

import os
import subprocess
import sys

from tests.house.rules import ROOT

PROGRAM = """
import gc, sys
import learnin.wsgi
views = [name for name in sys.modules if name.startswith("learnin.") and ".views" in name]
print(len({name.split(".")[1] for name in views}), gc.get_freeze_count(), len(gc.get_objects()), gc.get_threshold()[0])
"""


def test_all_pages_are_in_and_nothing_of_them_is_looked_through_for_what_can_go() -> None:
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    said = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, env=variables, capture_output=True, check=True)
    apps, frozen, loose, threshold = map(int, said.stdout.split())
    assert apps >= len([*ROOT.glob("learnin/*/views")])
    assert frozen > 100_000 > 10_000 > loose
    assert threshold == 10_000
