"""The OpenRosa protocol point by point, by a raw HTTP client against real server processes."""

import base64
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import etree

from tests.assessment import made_answers as made
from tests.assessment.served import Field, Phone, Said, in_the_field, multipart

LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
RESPONSE = "{http://openrosa.org/http/response}"
HTTPS = {"X-Forwarded-Proto": "https"}
pytestmark = pytest.mark.database  # of the processes it starts


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    """A round in the field, with its server up."""
    with in_the_field(tmp_path_factory.mktemp("field")) as found:
        found.start()
        yield found


@pytest.fixture
def phone(served: Field) -> Iterator[Phone]:
    """A phone, before anything was sent."""
    served.story("clear")
    one = Phone(served.port)
    yield one
    one.hang_up()


def base(served: Field) -> str:
    """Where Mira's phone goes."""
    return f"/collect/{served.laid['key']}"


def message(said: Said) -> str:
    """What Collect would show."""
    root = etree.fromstring(said.body)
    assert root.tag == f"{RESPONSE}OpenRosaResponse"
    return root.findtext(f"{RESPONSE}message")


def listed(phone: Phone, path: str, **headers: str) -> list[dict[str, str]]:
    """The forms of a list."""
    said = phone.ask("GET", path, headers={"X-OpenRosa-Version": "1.0", **headers})
    assert said.status == 200, said.text
    assert "text/xml" in said.headers["Content-Type"]
    root = etree.fromstring(said.body)
    assert root.tag == f"{LIST}xforms"
    return [{part.tag.removeprefix(LIST): part.text for part in one} for one in root.findall(f"{LIST}xform")]


def path_of(url: str, served: Field) -> str:
    """The path of an absolute address of ours."""
    here = f"http://127.0.0.1:{served.port}"
    assert url.startswith(here)
    return url.removeprefix(here)


def test_every_answer_has_the_headers(phone: Phone, served: Field) -> None:
    asked = [
        phone.ask("GET", f"{base(served)}/formList"),
        phone.ask("HEAD", f"{base(served)}/submission"),
        phone.post(f"{base(served)}/submission", made.answer()),
        phone.ask("GET", f"/collect/{served.laid['revoked']}/formList"),
        phone.ask("GET", f"{base(served)}/forms/999.xml"),
        phone.ask("GET", f"{base(served)}/submission"),
        phone.ask("GET", "/collect/formList", headers=HTTPS),
    ]
    assert [said.status for said in asked] == [200, 204, 201, 403, 404, 405, 401]
    for said in asked:
        assert said.headers["X-OpenRosa-Version"] == "1.0"
        assert said.headers["X-OpenRosa-Accept-Content-Length"] == "100000000"
        assert said.headers["Content-Language"] == "en"
        assert len(said.headers.get_all("Date")) == 1


def test_the_list_of_forms_and_the_form(phone: Phone, served: Field) -> None:
    (form,) = listed(phone, f"{base(served)}/formList?deviceID=phone%3A7")
    assert (form["formID"], form["name"], form["version"]) == ("teachers", "Teachers & schools", "1")
    assert "descriptionText" not in form
    (verbose,) = listed(phone, f"{base(served)}/formList?verbose=true&formID=teachers")
    assert verbose["descriptionText"] == "Spring round"
    assert listed(phone, f"{base(served)}/formList?formID=parents") == []
    assert len(listed(phone, f"{base(served)}/formList?listAllVersions=true")) == 1
    said = phone.ask("GET", path_of(form["downloadUrl"], served))
    assert (said.status, said.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert said.text == made.xform()
    assert form["hash"] == f"md5:{hashlib.md5(said.body, usedforsecurity=False).hexdigest()}"


def test_the_files_of_a_form(phone: Phone, served: Field) -> None:
    (form,) = listed(phone, f"{base(served)}/formList")
    said = phone.ask("GET", path_of(form["manifestUrl"], served))
    assert "text/xml" in said.headers["Content-Type"]
    (file,) = etree.fromstring(said.body).findall(f"{MANIFEST}mediaFile")
    told = {part.tag.removeprefix(MANIFEST): part.text for part in file}
    content = b"map of the area\n"
    assert (told["filename"], told["hash"]) == (
        "map.txt",
        f"md5:{hashlib.md5(content, usedforsecurity=False).hexdigest()}",
    )
    fetched = phone.ask("GET", path_of(told["downloadUrl"], served))
    assert (fetched.status, fetched.body) == (200, content)
    again = phone.ask("GET", path_of(told["downloadUrl"], served), headers={"If-None-Match": fetched.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


def test_entities_that_nobody_keeps_are_gone(phone: Phone, served: Field) -> None:
    said = phone.ask("GET", f"{base(served)}/forms/{served.laid['version']}/entities?id=a,b%22%3C")
    found = etree.fromstring(said.body).findall("entities/entity")
    assert [(one.get("id"), one.findtext("deleted")) for one in found] == [("a", "true"), ('b"<', "true")]


def test_the_question_before_a_post(phone: Phone, served: Field) -> None:
    said = phone.ask(
        "HEAD", f"{base(served)}/submission?deviceID=x", headers={"Date": "Чет, 26 нов 2026 09:00:00 CET".encode()}
    )
    assert (said.status, said.body, said.headers["Content-Type"], said.headers["Location"]) == (204, b"", None, None)


def test_new_same_and_different(phone: Phone, served: Field) -> None:
    to, xml = f"{base(served)}/submission?deviceID=phone%3A7", made.answer(id_="uuid:1")
    new, same = phone.post(to, xml), phone.post(to, xml)
    assert (new.status, message(new)) == (201, "Thank you. Your answer is safe.")
    assert (same.status, message(same)) == (202, "Your answer was here already. It is safe.")
    assert "text/xml" in new.headers["Content-Type"]
    other = phone.post(to, made.answer(id_="uuid:1", name="Bea"))
    assert other.status == 409
    assert "something else" in message(other)
    assert [row[0] for row in served.story("tell")["answers"]] == ["uuid:1"]


def test_messages_speak_the_language_of_the_phone(phone: Phone, served: Field) -> None:
    said = phone.post(f"{base(served)}/submission", b"<", **{"Accept-Language": "ru"})
    assert (said.status, said.headers["Content-Language"]) == (400, "ru")


def test_clients_that_say_less_are_heard(phone: Phone, served: Field) -> None:
    kind, body = multipart(made.answer(), {})
    to = f"{base(served)}/submission"
    assert phone.ask("POST", to, body, {"Content-Type": kind}).status == 201, "no version, no date"
    plain = body.replace(b'; filename="answer.xml"', b"").replace(b"answer</", b"Answer</")
    assert phone.ask("POST", to, plain, {"Content-Type": kind, "Date": "gestern"}).status in (201, 202)


def test_a_chunked_post(phone: Phone, served: Field) -> None:
    xml, picture = made.answer(id_="uuid:c", inside="<picture>ш.jpg</picture>"), b"p" * 300_000
    kind, body = multipart(xml, {"ш.jpg": picture})
    pieces = (body[at : at + 7000] for at in range(0, len(body), 7000))
    headers = {"Content-Type": kind, "Transfer-Encoding": "chunked"}
    said = phone.ask("POST", f"{base(served)}/submission", pieces, headers)
    assert said.status == 201, said.text
    told = served.story("tell")
    assert told["files"] == {"uuid:c": ["ш.jpg"]}
    assert told["answers"] == [["uuid:c", hashlib.sha256(xml).hexdigest(), True, True]]


def test_files_over_several_posts(phone: Phone, served: Field) -> None:
    to, xml = f"{base(served)}/submission", made.answer(id_="uuid:f")
    first = phone.post(to, xml, files={f"{n}.jpg": b"%d" % n for n in range(100)}, is_incomplete=True)
    assert first.status == 201, first.text
    assert served.story("tell")["answers"][0][3] is False
    second = phone.post(to, xml, files={"audit.csv": b"event", "big.bin": b"b" * 3_000_000})
    assert (second.status, message(second)) == (202, "Thank you. The files of your answer are safe.")
    assert phone.post(to, xml, files={"audit.csv": b"event"}).status == 202, "a retry"
    assert phone.post(to, xml, files={"audit.csv": b"other"}).status == 409
    told = served.story("tell")
    assert told["answers"][0][3] is True
    assert len(told["files"]["uuid:f"]) == 102


def test_bad_parts_are_400_and_too_much_is_413(phone: Phone, served: Field) -> None:
    to, xml = f"{base(served)}/submission", made.answer()
    kind, body = multipart(xml, {"a.jpg": b"1"})
    edge = body[:34]
    twice = body.replace(edge + b"--", edge + body.split(edge)[2] + edge + b"--")
    double = body.replace(edge + b"--", edge + body.split(edge)[1] + edge + b"--")
    without = body.replace(b'name="xml_submission_file"', b'name="another"')
    for broken in (twice, double, without, body[:-200], b""):
        said = phone.ask("POST", to, broken, {"Content-Type": kind})
        assert said.status == 400, said.text
        assert message(said)
    assert phone.ask("POST", to, xml, {"Content-Type": "text/xml"}).status == 400
    assert phone.post(to, xml, files={"../../up.jpg": b"x"}).status in (201, 400)
    large = phone.ask("POST", to, b"", {"Content-Type": kind, "Content-Length": "100000001"})
    assert large.status == 413
    phone.hang_up()
    assert phone.post(to, made.answer(inside="x" * 5_300_000)).status == 413
    assert not [name for names in served.story("tell")["files"].values() for name in names if "/" in name]


def test_unknown_forms_versions_and_edits(phone: Phone, served: Field) -> None:
    to = f"{base(served)}/submission"
    assert phone.post(to, made.answer(form_id="parents")).status == 404
    assert phone.post(to, made.answer(version="9")).status == 404
    assert phone.post(to, made.answer(deprecates="uuid:never")).status == 404
    assert phone.post(to, made.answer(id_="uuid:1")).status == 201
    edit = made.answer(id_="uuid:2", deprecates="uuid:1", name="Bea")
    assert [phone.post(to, edit).status for _try in range(2)] == [201, 202]
    assert phone.post(to, made.answer(id_="uuid:3", deprecates="uuid:1")).status == 409
    assert [row[2] for row in served.story("tell")["answers"]] == [False, True]


def test_an_answer_without_an_id_is_not_doubled(phone: Phone, served: Field) -> None:
    xml = made.answer(id_="")
    assert [phone.post(f"{base(served)}/submission", xml).status for _try in range(3)] == [201, 202, 202]
    assert len(served.story("tell")["answers"]) == 1


def test_an_encrypted_envelope_is_kept(phone: Phone, served: Field) -> None:
    xml = (
        b'<data id="teachers" version="1" encrypted="yes" xmlns="http://opendatakit.org/submissions">'
        b"<base64EncryptedKey>a2V5</base64EncryptedKey><meta xmlns='http://openrosa.org/xforms'>"
        b"<instanceID>uuid:e</instanceID></meta><encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"
    )
    said = phone.post(f"{base(served)}/submission", xml, files={"submission.xml.enc": b"\x00\x01"})
    assert said.status == 201, said.text
    assert served.story("tell")["files"] == {"uuid:e": ["submission.xml.enc"]}


def test_a_closed_round(phone: Phone, served: Field) -> None:
    to, xml = f"{base(served)}/submission", made.answer()
    assert phone.post(to, xml).status == 201
    served.story("close")
    assert phone.post(to, made.answer()).status == 409
    assert phone.post(to, xml).status == 202, "it came before"
    assert listed(phone, f"{base(served)}/formList") == []


def test_a_revoked_or_unknown_key_is_403_and_never_401(phone: Phone, served: Field) -> None:
    for key in (served.laid["revoked"], "unknown", served.laid["key"] + "x"):
        for method, room in (("GET", "formList"), ("HEAD", "submission")):
            assert phone.ask(method, f"/collect/{key}/{room}").status == 403
        said = phone.post(f"/collect/{key}/submission", made.answer())
        assert said.status == 403
        assert message(said)
    assert phone.post("/collect/test/forged:token/submission", made.answer()).status == 403
    assert phone.post("/collect/open/unknown/submission", made.answer()).status == 403


def test_the_open_link_and_the_draft(phone: Phone, served: Field) -> None:
    (form,) = listed(phone, f"/collect/open/{served.laid['open']}/formList")
    assert form["version"] == "1"
    assert phone.post(f"/collect/open/{served.laid['open']}/submission", made.answer()).status == 201
    draft = f"/collect/test/{served.laid['draft']}"
    (form,) = listed(phone, f"{draft}/formList?verbose=true")
    assert (form["version"], form["descriptionText"]) == ("2", "Draft, to try")
    assert phone.ask("GET", path_of(form["downloadUrl"], served)).text == made.xform(version="2")
    assert phone.ask("GET", f"{draft}/forms/{served.laid['version']}.xml").status == 404, "only the draft"
    assert phone.post(f"{draft}/submission", made.answer(version="2")).status == 201
    told = served.story("tell")
    assert (len(told["answers"]), told["tries"]) == (2, 1)


def test_a_password_over_https_only(phone: Phone, served: Field) -> None:
    def basic(name: object, password: str) -> dict[str, str]:
        return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}

    right = basic(served.laid["number"], served.laid["password"])
    open_line = phone.ask("GET", "/collect/formList", headers=right)
    assert open_line.status == 403, "somebody could read it"
    nobody = phone.ask("HEAD", "/collect/submission", headers=HTTPS)
    assert (nobody.status, nobody.headers["WWW-Authenticate"]) == (401, 'Basic realm="LearnIn", charset="UTF-8"')
    for wrong in (basic(served.laid["number"], "no"), basic(0, "x"), basic("é", "x"), {"Authorization": "Basic ?"}):
        assert phone.ask("GET", "/collect/formList", headers={**HTTPS, **wrong}).status == 401
    said = phone.ask("GET", "/collect/formList", headers={**HTTPS, **right})
    assert (said.status, b"<formID>teachers<" in said.body) == (200, True)
    kind, body = multipart(made.answer(), {})
    for status in (201, 202):
        headers = {**HTTPS, **right, "Content-Type": kind}
        assert phone.ask("POST", "/collect/submission", body, headers).status == status


def at_once(served: Field, bodies: list[bytes]) -> list[int]:
    """Everybody posts at the same moment, each on a line of their own."""

    def one(xml: bytes) -> int:
        phone = Phone(served.port)
        try:
            return phone.post(f"{base(served)}/submission", xml).status
        finally:
            phone.hang_up()

    with ThreadPoolExecutor(len(bodies)) as people:
        return list(people.map(one, bodies))


def test_twenty_equal_posts_are_twenty_successes_and_one_row(phone: Phone, served: Field) -> None:
    for _round in range(3):
        served.story("clear")
        statuses = at_once(served, [made.answer(id_="uuid:20")] * 20)
        assert sorted(statuses) == [201] + [202] * 19
        assert len(served.story("tell")["answers"]) == 1


def test_twenty_different_posts_with_one_id_are_one_success(phone: Phone, served: Field) -> None:
    statuses = at_once(served, [made.answer(id_="uuid:20", name=f"Name {n}") for n in range(20)])
    assert sorted(statuses) == [201] + [409] * 19
    assert len(served.story("tell")["answers"]) == 1


def test_of_twenty_edits_at_once_one_counts(phone: Phone, served: Field) -> None:
    phone.post(f"{base(served)}/submission", made.answer(id_="uuid:first"))
    edits = [made.answer(id_=f"uuid:e{n}", deprecates="uuid:first") for n in range(20)]
    assert sorted(at_once(served, edits)) == [201] + [409] * 19
    assert [row[2] for row in served.story("tell")["answers"]] == [False, True]
