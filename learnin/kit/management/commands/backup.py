"""Make a backup."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learnin.kit import archive
from learnin.kit.refusal import Refusal


class Command(BaseCommand):
    """One archive with the database and every file. LearnIn may go on working meanwhile."""

    help = "Write the database and every file into one archive (tar.gz)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path, help="the archive to write, for example backup.tar.gz")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        target: Path = options["file"].resolve()
        if not target.parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}.")
        try:
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as workspace:
                manifest = archive.write(target, now=timezone.now(), workspace=Path(workspace))
        except (Refusal, OSError) as problem:
            raise CommandError(f"No backup was made. {problem}") from problem
        self.stdout.write(
            f"{target}: {sum(manifest.rows.values())} rows, {len(manifest.stored)} files. "
            "It holds secrets: keep it where only you can read it."
        )
