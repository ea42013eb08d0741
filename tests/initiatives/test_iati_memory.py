"""However long a file is, reading it takes the memory of one activity."""

import subprocess
import sys
from pathlib import Path

from tests.initiatives.iati_files import MINIMAL

SIZE = 60_000_000
MEASURE = """
import resource, sys
from learnin.initiatives.formats.iati import read

def peak(path):
    count = sum(one.record is not None for one in read(path))
    return count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

few, before = peak(sys.argv[1])
many, after = peak(sys.argv[2])
print(few, many, after - before)
"""


def made(path: Path, size: int) -> int:
    """A file of about this size; how many activities it has."""
    places = (
        '<location><name><narrative>Niš</narrative></name><point srsName="x"><pos>43.3 21.9</pos></point></location>'
    )
    words = f"<narrative>{'Дигиталне вештине ' * 100}</narrative>"
    one = MINIMAL.replace("<narrative>For teachers</narrative>", words) + places * 4
    count = size // len(one.encode())
    with path.open("w", encoding="utf-8") as file:
        file.write('<iati-activities version="2.03">\n')
        for nth in range(count):
            file.write(f"<!-- {nth} --><iati-activity>\n{one.replace('XX-1<', f'XX-{nth}<')}</iati-activity>\n")
        file.write("</iati-activities>")
    return count


def test_a_long_file_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    few, many = made(tmp_path / "short.xml", 1_000_000), made(tmp_path / "long.xml", SIZE)
    command = [sys.executable, "-c", MEASURE, tmp_path / "short.xml", tmp_path / "long.xml"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert [int(one) for one in found[:2]] == [few, many]
    assert int(found[2]) < SIZE / 4  # as a tree it would be several times the file
