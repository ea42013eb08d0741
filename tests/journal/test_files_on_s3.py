"""Files can lie in an S3-compatible store instead of the disk; the gate stays the same."""

from collections.abc import Iterator
from io import BytesIO

import boto3
import pytest
from django.core.files.storage import storages
from django.urls import reverse
from moto.server import ThreadedMotoServer

from learnin.journal.models import Attachment
from learnin.journal.operations import files
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture
def store(settings: object) -> Iterator[str]:
    """A store on this machine, and its only bucket."""
    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    options = {
        "bucket_name": "learnin",
        "endpoint_url": f"http://{host}:{port}",
        "region_name": "us-east-1",
        "access_key": "key",
        "secret_key": "secret",
        "default_acl": "private",
        "file_overwrite": False,
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
    }
    client = boto3.client(
        "s3",
        endpoint_url=options["endpoint_url"],
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )
    client.create_bucket(Bucket="learnin")
    yield client
    client.close()
    server.stop()


def test_a_file_goes_to_the_store_and_comes_back_through_the_gate(cast: Cast, store: object) -> None:
    kept = files.attach(BytesIO(PDF), name="plan.pdf", country=cast.home, by=cast.member, now=NOW)
    listed = store.list_objects_v2(Bucket="learnin")["Contents"]
    assert [one["Key"] for one in listed] == [Attachment.objects.get().file.name]
    assert type(storages["default"]).__name__ == "S3Storage"
    url = reverse("journal:file", args=[kept.pk])
    assert b"".join(as_(cast.member).get(url).streaming_content) == PDF
    assert as_(cast.stranger).get(url).status_code == 404
