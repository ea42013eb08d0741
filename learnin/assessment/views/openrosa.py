"""The addresses that ODK Collect, and every program that speaks OpenRosa, talks to.

They ask for no CSRF token: nobody's cookie opens them, only the key in the address or a password. `Date` is set by
the web server. Errors have a message in the reader's language, which Collect shows.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import IO, Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from learnin.assessment.access import collection as access
from learnin.assessment.access.collection import Door
from learnin.assessment.formats import openrosa, submission_xml
from learnin.assessment.models import Submission
from learnin.assessment.operations import submissions
from learnin.assessment.operations.not_taken import BadParts, NotTaken, TooLarge
from learnin.assessment.operations.submissions import Outcome
from learnin.assessment.queries import collection as queries

XML_PART = "xml_submission_file"
CHUNK = 256 * 1024
ENTITIES = 1000

View = Callable[..., HttpResponseBase]


def spoken(*methods: str) -> Callable[[View], View]:
    """An address that speaks OpenRosa: opens the door, and says everything, also no, in its words and headers."""

    def around(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def answered(request: HttpRequest, kind: str, door: str = "", **named: Any) -> HttpResponseBase:
            if request.method not in methods:
                response: HttpResponseBase = _said(_("Nobody asks this way here."), 405)
                response.headers["Allow"] = ", ".join(methods)
            else:
                response = _opened(view, request, kind, door, named)
            response.headers["X-OpenRosa-Version"] = "1.0"
            response.headers["X-OpenRosa-Accept-Content-Length"] = str(limit())
            return response

        return answered

    return around


def _opened(view: View, request: HttpRequest, kind: str, door: str, named: dict[str, Any]) -> HttpResponseBase:
    try:
        return view(request, access.door(request, kind, door), **named)
    except access.NeedsPassword:
        response = _said(_("Say who you are: the number and the password on your card."), 401)
        response.headers["WWW-Authenticate"] = 'Basic realm="LearnIn", charset="UTF-8"'
        return response
    except PermissionDenied as refused:
        return _said(str(refused), 403)
    except Http404:
        return _said(_("There is nothing here for you."), 404)
    except NotTaken as refusal:
        return _said(str(refusal), refusal.status)
    except OperationalError:
        return _said(_("The server is busy. Try again in a minute."), 503)


def limit() -> int:
    """How many bytes one post may have."""
    return settings.ANSWER_LIMIT_MB * 1_000_000


def _said(message: str, status: int) -> HttpResponse:
    nature = "" if status < 400 else "submit_error"
    return HttpResponse(openrosa.response(message, nature), status=status, content_type=openrosa.CONTENT_TYPE)


def _xml(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type=openrosa.CONTENT_TYPE)


def _url(request: HttpRequest, door: Door, name: str, **named: int) -> str:
    """An address behind the same door, whole."""
    given = {**named, **({"door": door.key} if door.key else {})}
    return request.build_absolute_uri(reverse(f"assessment:collect_{door.kind}_{name}", kwargs=given))


@spoken("GET", "HEAD")
def form_list(request: HttpRequest, door: Door) -> HttpResponse:
    """The forms that this phone may fetch."""
    asked = request.GET
    is_verbose = asked.get("verbose", "").lower() == "true"
    all_versions = asked.get("listAllVersions", "").lower() == "true"
    found = queries.versions(door, now=timezone.now(), form_id=asked.get("formID", ""), all_versions=all_versions)
    illustrated = queries.with_media(found)
    forms = [
        openrosa.Form(
            form_id=door.instrument.form_id,
            name=door.instrument.title,
            version=one.version,
            hash=openrosa.fingerprint(one.xform.encode()),
            download_url=_url(request, door, "form", version=one.pk),
            manifest_url=_url(request, door, "manifest", version=one.pk) if one.pk in illustrated else "",
            description=(door.round.title if door.round else _("Draft, to try")) if is_verbose else "",
        )
        for one in found
    ]
    return _xml(openrosa.form_list(forms))


@spoken("GET", "HEAD")
def form(request: HttpRequest, door: Door, version: int) -> HttpResponse:
    """A form, as XForm."""
    return _xml(access.version(door, version).xform.encode())


@spoken("GET", "HEAD")
def manifest(request: HttpRequest, door: Door, version: int) -> HttpResponse:
    """The files that a form shows."""
    found = queries.media(access.version(door, version))
    files = [
        openrosa.Media(
            name=one.name,
            hash=queries.fingerprint(one),
            download_url=_url(request, door, "medium", version=version, medium=one.pk),
        )
        for one in found
        if submission_xml.is_safe_file_name(one.name)
    ]
    return _xml(openrosa.manifest(files))


@spoken("GET", "HEAD")
def medium(request: HttpRequest, door: Door, version: int, medium: int) -> HttpResponseBase:
    """One file that a form shows; nothing, where the phone has it."""
    attachment = access.medium(door, version, medium).attachment
    tag = f'"{attachment.sha256}"'
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": tag})
    response = FileResponse(
        attachment.file.open(), as_attachment=True, filename=attachment.name, content_type=attachment.media_type
    )
    response.headers["ETag"] = tag
    return response


@spoken("GET", "HEAD")
def entities(request: HttpRequest, door: Door, version: int) -> HttpResponse:
    """Which entities of a list are gone. LearnIn keeps no lists of entities: whatever is asked for is."""
    access.version(door, version)
    asked = request.GET.get("id", "").split(",")[:ENTITIES]
    return _xml(openrosa.integrity({one.strip(): True for one in asked if one.strip()}))


@spoken("HEAD", "POST")
def submission(request: HttpRequest, door: Door) -> HttpResponse:
    """Say how much is taken (HEAD), or take an answer in (POST)."""
    if request.method == "HEAD":
        response = HttpResponse(status=204)
        del response.headers["Content-Type"]
        return response
    return take_in(request, door, channel=Submission.Channel.COLLECT)


def take_in(request: HttpRequest, door: Door, *, channel: str, language: str = "") -> HttpResponse:
    """Take in what was posted, whichever program posted it."""
    parts = _parts(request)
    try:
        received = submissions.receive(
            door.round,
            draft=door.draft,
            xml=parts.xml,
            files=parts.files,
            channel=door.channel or channel,
            by_enumerator=door.enumerator,
            invitation=door.invitation,
            device=request.GET.get("deviceID", ""),
            language=language,
            is_incomplete=parts.is_incomplete,
            now=timezone.now(),
        )
    finally:
        for file in parts.files.values():
            file.close()
    words = {
        Outcome.NEW: _("Thank you. Your answer is safe."),
        Outcome.SAME: _("Your answer was here already. It is safe."),
        Outcome.TOPPED_UP: _("Thank you. The files of your answer are safe."),
    }
    return _said(words[received.outcome], 201 if received.is_new else 202)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a post holds."""

    xml: bytes
    files: dict[str, IO[bytes]] = field(default_factory=dict)
    is_incomplete: bool = False


def _parts(request: HttpRequest) -> Parts:
    """The answer and its files. Large files lie on the disk, not in memory. Raises BadParts, TooLarge."""
    if request.content_type != "multipart/form-data":
        raise BadParts(_("Send the answer as multipart/form-data."))
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > limit():
            raise TooLarge(_("This post is too large. Send fewer files at once."))
        said, files = _read(request)
    except RequestDataTooBig:
        raise TooLarge(_("This answer is too large.")) from None
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError, ValueError):
        raise BadParts(_("The post could not be read to its end. Send it again.")) from None
    if twice := [name for name in files if len(files.getlist(name)) > 1]:
        raise BadParts(_("The post holds “%(name)s” twice.") % {"name": twice[0][:60]})
    answers = [*files.getlist(XML_PART), *said.getlist(XML_PART)]
    if len(answers) != 1:
        raise BadParts(_("A post holds exactly one answer, in the part xml_submission_file."))
    return Parts(
        xml=_bytes(answers[0]),
        files={name: found[0] for name, found in files.lists() if name != XML_PART},
        is_incomplete=said.get("*isIncomplete*", "").lower() == "yes",
    )


def _bytes(answer: UploadedFile | str) -> bytes:
    if isinstance(answer, str):
        return answer.encode()
    if (answer.size or 0) > submission_xml.BYTES:
        raise TooLarge(_("This answer is too large."))
    return answer.read()


def _read(request: HttpRequest) -> tuple[Any, MultiValueDict[str, UploadedFile]]:
    """The fields and files of the post. Django reads no body without a length: a chunked one gets its length first."""
    if request.META.get("CONTENT_LENGTH"):
        return request.POST, request.FILES
    stream = request.META.get("wsgi.input")
    if not request.META.get("wsgi.input_terminated") or stream is None:
        raise BadParts(_("Say how long the post is."))
    with tempfile.SpooledTemporaryFile(max_size=CHUNK) as whole:
        size = 0
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > limit():
                raise TooLarge(_("This post is too large. Send fewer files at once."))
            whole.write(piece)
        whole.seek(0)
        meta = {**request.META, "CONTENT_LENGTH": str(size)}
        return MultiPartParser(meta, cast(Any, whole), request.upload_handlers, request.encoding or "utf-8").parse()
