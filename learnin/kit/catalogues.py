"""Catalogues of translations: what the product says, what was translated, and what is wrong with it.

Everything here needs Python only: no gettext tools.
"""

import re
from collections.abc import Iterable, Iterator
from gettext import c2py
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from learnin.compute import folding
from learnin.kit import languages

PLURALS = {  # Source: CLDR plural rules, whole numbers; the same forms as gettext's own.
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
    "ro": "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2)",
    "sr": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
    "tr": "nplurals=2; plural=(n != 1)",
    "ka": "nplurals=2; plural=(n != 1)",
}
_KEYWORDS: dict = {"_": None}
for _ending in ("", "_lazy", "_noop"):
    _KEYWORDS |= {
        f"gettext{_ending}": None,
        f"ngettext{_ending}": (1, 2),
        f"pgettext{_ending}": ((1, "c"), 2),
        f"npgettext{_ending}": ((1, "c"), 2, 3),
    }
_KEPT = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|</?\w+")


def translated() -> list[str]:
    """The languages people translate into: all but English and the generated ones."""
    return list(PLURALS)


def path(folder: Path, code: str) -> Path:
    """Where the catalogue of a language is."""
    return folder / to_locale(code) / "LC_MESSAGES" / "django.po"


def collect(package: Path) -> Catalog:
    """Everything the product says, from its Python files and templates."""
    found = Catalog()
    for file in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")]):
        inside = file.relative_to(package)
        if {"migrations", "static", "locale", "node_modules"} & {*inside.parts}:
            continue
        for line, text, comments, context in _said(file):
            found.add(text, None, [(inside.as_posix(), line)], auto_comments=comments, context=context)
    return found


def merge(said: Catalog, folder: Path) -> None:
    """Bring every catalogue to what the product says now; nothing is guessed, what is said no more goes."""
    for code in translated():
        file = path(folder, code)
        catalogue = read(file, code) if file.exists() else _fresh(code)
        catalogue.update(said, no_fuzzy_matching=True, update_header_comment=False)
        _write(catalogue, file)


def generate(folder: Path) -> None:
    """Make the catalogues of the generated languages."""
    for code, source in languages.GENERATED.items():
        _write(generated(read(path(folder, source), source), code), path(folder, code))


def generated(source: Catalog, code: str) -> Catalog:
    """Serbian Latin from Serbian Cyrillic."""
    catalogue = _fresh(code)
    for message in source:
        if message.id:
            string = _each(message.string)
            latin = [folding.serbian_latin(form) for form in string]
            catalogue.add(
                message.id,
                tuple(latin) if message.pluralizable else latin[0],
                message.locations,
                message.flags,
                message.auto_comments,
                message.user_comments,
                context=message.context,
            )
    return catalogue


def compile_all(folder: Path) -> int:
    """Write the compiled catalogues that Django reads; fuzzy strings stay out. Returns how many."""
    files = sorted(folder.glob("*/LC_MESSAGES/django.po"))
    for file in files:
        with file.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read(file, file.parents[1].name))
    return len(files)


def problems(said: Catalog, folder: Path) -> Iterator[str]:
    """What is untranslated, fuzzy, missing, obsolete or wrong, one line each."""
    for code in translated():
        if not path(folder, code).exists():
            yield f"{code}: no catalogue"
            continue
        catalogue = read(path(folder, code), code)
        yield from (f"{code}: {problem}" for problem in _problems(said, catalogue))
        yield from (f"{code}: plural forms are not {PLURALS[code]}" for _ in [1] if not _same_plurals(catalogue, code))
    for code, source in languages.GENERATED.items():
        if path(folder, source).exists() and not _is_fresh(folder, code, source):
            yield f"{code}: not what {source} makes it; run make words"


def read(file: Path, code: str) -> Catalog:
    """One catalogue."""
    with file.open("rb") as opened:
        return read_po(opened, locale=to_locale(code), domain="django", abort_invalid=True)


def _said(file: Path) -> Iterable[tuple]:
    """The strings of one file. A template is first turned into calls, as Django's makemessages does."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        calls = templatize(text, origin=str(file))
        text = "\n".join(line.strip() for line in calls.splitlines())
    return extract("python", BytesIO(text.encode()), _KEYWORDS, ["Translators"], {"encoding": "utf-8"})


def _fresh(code: str) -> Catalog:
    """An empty catalogue with the right plural forms."""
    rule = PLURALS[languages.GENERATED.get(code, code)]
    header = f'msgid ""\nmsgstr ""\n"Language: {to_locale(code)}\\n"\n"Plural-Forms: {rule};\\n"\n'
    catalogue = read_po(StringIO(header), locale=to_locale(code), domain="django")
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = "LearnIn", ""
    catalogue.header_comment = f"# {languages.language(code).endonym}: the words of LearnIn."
    return catalogue


def _write(catalogue: Catalog, file: Path) -> None:
    """Without names, dates and line numbers: they change while the words do not, and git knows them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, catalogue, width=0, include_lineno=False, ignore_obsolete=True)
    dated = re.compile(rb'^"(POT-|PO-|Generated-By|Report-Msgid-Bugs-To|Last-Translator|Language-Team).*\n', re.M)
    file.write_bytes(dated.sub(b"", written.getvalue()))


def _is_fresh(folder: Path, code: str, source: str) -> bool:
    """Whether a generated catalogue is what its source makes it."""
    if not path(folder, code).exists():
        return False
    kept, made = read(path(folder, code), code), generated(read(path(folder, source), source), code)
    words = [{_name(one): _each(one.string) for one in each if one.id} for each in (kept, made)]
    return words[0] == words[1]  # without the header: it holds the minute


def _same_plurals(catalogue: Catalog, code: str) -> bool:
    """Whether a catalogue counts as the language does."""
    number, rule = re.match(r"nplurals=(\d); plural=(.*)", PLURALS[code]).groups()  # type: ignore[union-attr]
    ours, theirs = c2py(rule), c2py(catalogue.plural_expr)
    return catalogue.num_plurals == int(number) and all(ours(n) == theirs(n) for n in range(201))


def _problems(said: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with one catalogue."""
    wanted = {_name(message): message for message in said if message.id}
    known = {_name(message): message for message in catalogue if message.id}
    yield from (f"missing: {_shown(message)}" for name, message in wanted.items() if name not in known)
    for name, message in known.items():
        if name not in wanted:
            yield f"obsolete: {_shown(message)}"
        elif message.fuzzy:
            yield f"fuzzy: {_shown(message)}"
        elif not all(form.strip() for form in _each(message.string)):
            yield f"untranslated: {_shown(message)}"
        elif wrong := _wrong(message, catalogue):
            yield f"{wrong}: {_shown(message)}"


def _wrong(message: Message, catalogue: Catalog) -> str:
    """What a translation does with places and tags that its source does not."""
    forms = _each(message.string)
    if message.pluralizable:
        if len(forms) != catalogue.num_plurals:
            return f"{len(forms)} plural forms instead of {catalogue.num_plurals}"
        rule = c2py(catalogue.plural_expr)
        only_one = {form for form in range(len(forms)) if [n for n in range(201) if rule(n) == form] == [1]}
    else:
        only_one = set()
    source = _each(message.id)
    for place, form in enumerate(forms):
        allowed = [_kept(source[-1])]
        if place in only_one:  # a form for nothing but one may leave the number out, as English does
            allowed.append(_kept(source[0]))
        if _kept(form) not in allowed:
            return f"places or tags differ ({', '.join(_kept(form)) or 'none'})"
    return ""


def _kept(text: str) -> list[str]:
    """Places and tags that a translation must keep."""
    return sorted(_KEPT.findall(text))


def _name(message: Message) -> tuple[object, str | None]:
    return message.id, message.context


def _each(string: str | list | tuple | None) -> list[str]:
    """The forms of a translation: one, or one for each plural."""
    return [form or "" for form in (string if isinstance(string, list | tuple) else [string])]


def _shown(message: Message) -> str:
    """A message as a person recognises it."""
    text = _each(message.id)[0]
    where = f" ({message.locations[0][0]})" if message.locations else ""
    return f"{text!r}{where}"
