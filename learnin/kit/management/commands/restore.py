"""Put a backup in the place of everything here."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from learnin.kit import archive
from learnin.kit.refusal import Refusal


class Command(BaseCommand):
    """Proves the archive first; a damaged or foreign one changes nothing."""

    help = "Replace the database and every file by those of a backup. Stop the server and the worker first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        parser.add_argument("file", type=Path, help="the archive that `backup` wrote")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prove it, ask, replace."""
        source: Path = options["file"].resolve()
        if not source.is_file():
            raise CommandError(f"There is no file {source}.")
        try:
            with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".restore-") as workspace:
                manifest = archive.unpack(source, Path(workspace))
                self.stdout.write(
                    f"A backup of {manifest.made_at}, LearnIn {manifest.learnin}: "
                    f"{sum(manifest.rows.values())} rows, {len(manifest.stored)} files."
                )
                if not options["yes"] and input("Replace everything here by it? Type yes: ").strip() != "yes":
                    raise CommandError("Nothing was changed.")
                archive.apply(manifest, Path(workspace))
        except Refusal as refusal:
            raise CommandError(f"Nothing was changed. {refusal}") from refusal
        self.stdout.write("Restored. Now run `manage.py migrate`, then start the server and the worker.")
