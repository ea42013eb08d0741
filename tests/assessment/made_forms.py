"""A questionnaire that fits on a plain page, in two languages, and one that does not."""

from datetime import datetime

from learnin.assessment.models import Round
from tests.assessment import made_answers
from tests.cast import NOW, Cast

TEXTS = {
    "ready": ("I feel ready to teach a mixed lesson", "მზად ვარ"),
    "why": ("What would help you?", "რა დაგეხმარებოდათ?"),
    "years": ("Years as a teacher", "წლები"),
    "since": ("Since when?", "როდიდან?"),
    "tools": ("What you use", "რას იყენებთ?"),
    "not": ("Not at all", "საერთოდ არა"),
    "fully": ("Completely", "სრულად"),
    "video": ("Video calls", "ვიდეო"),
    "paper": ("Paper", "ქაღალდი"),
    "school": ("Your school", "სკოლა"),
    "intro": ("This takes five minutes.", "ხუთი წუთი."),
    "most": ("Enter at most 60 years", "არაუმეტეს 60"),
    "agree": ("Your answers are used for this study only", "მხოლოდ კვლევისთვის"),
}


def _translation(language: str, number: int) -> str:
    texts = "".join(f'<text id="{key}"><value>{words[number]}</value></text>' for key, words in TEXTS.items())
    default = "" if number else ' default="true()"'
    return f'<translation lang="{language}"{default}>{texts}</translation>'


def _label(key: str) -> str:
    return f"<label ref=\"jr:itext('{key}')\"/>"


def _list(name: str, *values: str) -> str:
    items = "".join(f"<item><itextId>{value}</itextId><name>{value}</name></item>" for value in values)
    return f'<instance id="{name}"><root>{items}</root></instance>'


def _itemset(name: str) -> str:
    inside = '<value ref="name"/><label ref="jr:itext(itextId)"/>'
    return f"<itemset nodeset=\"instance('{name}')/root/item\">{inside}</itemset>"


def simple(form_id: str = "simple", *, inside: str = "", binds: str = "") -> str:
    """Two languages, parts, conditions, limits; everything that a plain page can ask."""
    return f"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="{made_answers.JR}" xmlns:orx="http://openrosa.org/xforms">
<h:head><h:title>Teachers</h:title><model>
<itext>{_translation("English (en)", 0)}{_translation("ქართული (ka)", 1)}</itext>
<instance><data id="{form_id}" version="1"><start/><intro/><ready/><why/>
<school><years/><since/><tools/></school><agree/>
<orx:meta><orx:instanceID/></orx:meta></data></instance>
{_list("scale", "not", "fully")}{_list("tools", "video", "paper")}
<bind nodeset="/data/start" type="dateTime" jr:preload="timestamp" jr:preloadParams="start"/>
<bind nodeset="/data/intro" type="string" readonly="true()"/>
<bind nodeset="/data/ready" type="string" required="true()"/>
<bind nodeset="/data/why" type="string" required="true()" relevant="selected( /data/ready , 'not')"/>
<bind nodeset="/data/school/years" type="int" constraint=". &lt;= 60" jr:constraintMsg="jr:itext('most')"/>
<bind nodeset="/data/school/since" type="date"/><bind nodeset="/data/school/tools" type="string"/>
<bind nodeset="/data/agree" required="true()"/><bind nodeset="/data/orx:meta/orx:instanceID" jr:preload="uid"/>{binds}
</model></h:head><h:body>
<input ref="/data/intro">{_label("intro")}</input>
<select1 ref="/data/ready">{_label("ready")}{_itemset("scale")}</select1>
<input ref="/data/why" appearance="multiline">{_label("why")}</input>
<group ref="/data/school">{_label("school")}
<input ref="/data/school/years">{_label("years")}</input><input ref="/data/school/since">{_label("since")}</input>
<select ref="/data/school/tools">{_label("tools")}{_itemset("tools")}</select></group>
<trigger ref="/data/agree">{_label("agree")}</trigger>{inside}
</h:body></h:html>"""


def open_round(cast: Cast, xform: str, *, form_id: str = "simple", now: datetime = NOW) -> Round:
    """A round of this questionnaire, open for answers."""
    instrument = made_answers.instrument(cast.home, by=cast.chair, form_id=form_id)
    instrument.versions.update(xform=xform)
    return made_answers.round_of(instrument, by=cast.chair, now=now)
