"""Answers are read without being trusted, and unfolded without losing anything."""

import time
from datetime import datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from learnin.assessment.formats import openrosa, submission_xml
from learnin.assessment.formats.submission_xml import Unreadable, read
from learnin.assessment.models import Submission
from learnin.assessment.operations import enumerators
from tests.assessment import made_answers as made
from tests.assessment.served import multipart
from tests.cast import NOW, Cast

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
BOMB = f'<!DOCTYPE data [{LAUGHS}]><data id="teachers" version="1"><name>&l9;</name></data>'
OUTSIDE = '<!DOCTYPE data [<!ENTITY x SYSTEM "file:///etc/passwd">]><data id="teachers" version="1"><a>&x;</a></data>'
QUADRATIC = f'<!DOCTYPE data [<!ENTITY a "{"a" * 50_000}">]><data id="teachers">{"&a;" * 50_000}</data>'
ATTACKS = {
    "billion laughs": (BOMB.encode(), "doctype"),
    "an entity from outside": (OUTSIDE.encode(), "doctype"),
    "quadratic growth": (QUADRATIC.encode(), "doctype"),
    "a DTD from outside": (b'<!DOCTYPE data SYSTEM "http://127.0.0.1/x.dtd"><data id="teachers"/>', "doctype"),
    "a parameter entity": (b'<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///x">%p;]><d id="teachers"/>', "doctype"),
    "hidden in UTF-16": (BOMB.encode("utf-16"), "doctype"),
    "an entity nobody defined": (b'<data id="teachers"><a>&x;</a></data>', "broken"),
    "depth": (b'<data id="teachers">' + b"<a>" * 100_000, "depth"),
    "as deep as allowed, and one": (b'<d id="t">' + b"<a>" * 64 + b"</a>" * 64 + b"</d>", "depth"),
    "many parts": (b'<data id="teachers">' + b"<a/>" * 200_000 + b"</data>", "elements"),
    "size": (b'<data id="teachers">' + b"x" * 6_000_000 + b"</data>", "bytes"),
    "a long name": (b'<data id="teachers"><' + b"a" * 5000 + b"/></data>", "names"),
    "many attributes": (
        b'<data id="teachers" ' + b" ".join(b'a%d="1"' % n for n in range(500)) + b"/>",
        "attributes",
    ),
    "a long id": (made.answer(id_="u" * 250), "id"),
    "a long form id": (made.answer(form_id="f" * 250), "id"),
    "an id nobody can see": (made.answer(id_="uuid:\u202e1"), "id"),
    "two ids": (made.answer(inside="<meta><instanceID>uuid:other</instanceID></meta>"), "twice"),
    "no form": (b"<data><a>1</a></data>", "no_form_id"),
    "nothing": (b"  ", "empty"),
    "cut short": (made.answer()[:-20], "broken"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><data id="t"/>', "encoding"),
    "wrong letters": (b'<data id="t">\xff\xfe\xff</data>', "broken"),
    "a NUL": (b'<data id="t">\x00</data>', "broken"),
    "sealed without an id": (b'<data id="t" encrypted="yes"/>', "encrypted_without_id"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_at_once(name: str) -> None:
    xml, code = ATTACKS[name]
    began = time.process_time()
    with pytest.raises(Unreadable) as refused:
        read(xml)
    assert refused.value.code == code
    assert time.process_time() - began < 1


def test_a_phone_is_told_why(cast: Cast) -> None:
    round_ = made.open_round(cast, now=datetime.now(tz=NOW.tzinfo))
    enumerator = enumerators.add_enumerator(round_, name="Mira", by=cast.chair, now=NOW)
    said = {}
    for name, (xml, _code) in ATTACKS.items():
        kind, body = multipart(xml, {})
        response = Client().post(f"/collect/{enumerator.key}/submission", body, content_type=kind)
        assert response.status_code == (413 if name == "size" else 400), name
        said[name] = submission_xml.tree(response.content).children[0].text
    assert not Submission.objects.exists()
    assert "document type or entities" in said["billion laughs"]
    assert "too deep" in said["depth"]
    assert "too large" in said["size"]
    assert "two ids" in said["two ids"]
    assert all(said.values())


def test_as_deep_and_long_as_allowed() -> None:
    assert read(b'<d id="t">' + b"<a>" * 63 + b"</a>" * 63 + b"</d>").form_id == "t"
    assert read(made.answer(id_="u" * 249)).instance_id == "u" * 249


def test_what_an_answer_says_of_itself() -> None:
    found = read(made.answer(id_="uuid:2", deprecates="uuid:1", inside="<meta><instanceName>Ana</instanceName></meta>"))
    told = (found.form_id, found.version, found.instance_id, found.deprecated_id, found.instance_name)
    assert told == ("teachers", "1", "uuid:2", "uuid:1", "Ana")
    assert read(b'<data xmlns="http://example.org/f"><a/></data>').form_id == "http://example.org/f"
    sealed = read(b'<data id="t" encrypted="yes"><meta><instanceID>uuid:1</instanceID></meta></data>')
    assert (sealed.is_encrypted, sealed.has_own_id) == (True, True)


def test_an_answer_without_an_id_gets_one_from_its_bytes_and_its_form() -> None:
    one, same, other = (read(made.answer(id_="", name=name)) for name in ("Ana", "Ana", "Bea"))
    assert one.instance_id == same.instance_id != other.instance_id
    assert (one.instance_id[:5], len(one.instance_id), one.has_own_id) == ("uuid:", 41, False)


def test_groups_are_names_within_names_and_repeats_are_lists() -> None:
    shape = submission_xml.shape(made.xform())
    assert shape.repeats == {"lesson"}
    xml = made.answer(
        inside="<where>44.8 20.5 0 0</where><picture>a.jpg</picture><school><size>12</size></school>"
        "<lesson><subject>Maths</subject></lesson>",
    )
    worked = submission_xml.work_out(xml, shape)
    assert worked.data["school"] == {"size": "12"}
    assert worked.data["lesson"] == [{"subject": "Maths"}], "one is a list, too"
    assert (worked.latitude, worked.longitude) == (44.8, 20.5)
    assert worked.started_at.isoformat() == "2026-11-23T09:00:00+01:00"
    assert (worked.ended_at - worked.started_at).total_seconds() == 450
    assert worked.file_names == {"a.jpg"}


def test_what_the_form_does_not_know_is_kept() -> None:
    root = submission_xml.tree(b"<d><a>1</a><a>2</a><a>3</a><b/></d>")
    assert submission_xml.values(root) == {"a": ["1", "2", "3"], "b": ""}


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2026-11-23", "2026-11-23T09:00:00", "2026-13-40T09:00:00Z", "0001-01-01T00:00:00Z", "9" * 5000],
)
def test_a_moment_that_is_none(text: str) -> None:
    assert submission_xml.moment(text) is None


@pytest.mark.parametrize("text", ["", "44", "x y", "91 0", "0 181", "nan nan", "inf 0"])
def test_a_place_that_is_none(text: str) -> None:
    assert submission_xml.place(text) is None


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_anything_is_read_or_refused(noise: bytes) -> None:
    for xml in (noise, b'<data id="t">' + noise + b"</data>"):
        try:
            answer = read(xml)
        except Unreadable as refused:
            assert refused.code  # noqa: PT017
            continue
        assert isinstance(submission_xml.values(answer.root), dict)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_the_server_says_is_always_xml(name: str, message: str) -> None:
    form = openrosa.Form(name, name, name, "md5:0", name, manifest_url=name, description=name)
    media = openrosa.Media(name, "md5:0", name, integrity_url=name)
    said = (openrosa.form_list([form]), openrosa.manifest([media]), openrosa.response(message, name))
    for body in (*said, openrosa.integrity({name: True})):
        assert submission_xml.tree(body).children
