"""A household answers a real questionnaire with four repeats: what it says, and how its answers get into the page.

The form is the multi-sector needs assessment of REACH (2024): everybody at home, then school, health and food of each.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.site import ROOT

BOOK = ROOT.parent / "shared" / "data" / "forms" / "reach-msna-2024-en-fr.xlsx"
REPEATS = {
    "roster": "consented/demographics/roster",
    "edu_ind": "consented/edu/edu_ind",
    "health_ind": "consented/health/health_ind",
    "nut_ind": "consented/nutrition/nut_ind",
}
PEOPLE = 5
EVERYBODY = 0  # the row of what is said once

# A woman of 34, a boy of 9, a girl of 12, a boy of 3, a girl of 7 months. Of each question: the row, what is said.
SAYS: dict[str, dict[int, str]] = {
    "consent": {EVERYBODY: "yes"},
    "resp_gender": {EVERYBODY: "female"},
    "resp_age": {EVERYBODY: "34"},
    "resp_hoh_yn": {EVERYBODY: "yes"},
    "hh_size": {EVERYBODY: str(PEOPLE)},
    "ind_gender": {1: "female", 2: "male", 3: "female", 4: "male", 5: "female"},
    "ind_age": {1: "34", 2: "9", 3: "12", 4: "3", 5: "0"},
    "ind_age_under1": {5: "7"},
    "edu_access": {2: "yes", 3: "no"},
    "edu_level_grade": {2: "level1_grade2"},
    "edu_barrier": {3: "other"},
    "other_edu_barrier": {3: 'Далеко, „შორს“ – 8 km; "no bus" & <mud>'},
    "health_ind_healthcare_needed": {1: "yes", 2: "no", 3: "yes", 4: "dnk", 5: "yes"},
    "health_ind_healthcare_received": {1: "no", 3: "yes", 5: "pnta"},
    "health_ind_healthcare_needed_type": {
        1: "consultation_chronic elective_surgery",
        3: "trauma",
        5: "preventative_consultation consultation_acute",
    },
    "nut_ind_under5_sick_yn": {4: "yes", 5: "no"},
    "nut_ind_under5_sick_symptoms": {4: "fever diarrhoea cough"},
    "final_text": {EVERYBODY: "=1+1, şçğü, 7½"},
}

# What the form works out of that: how many are at the age of school, how many are women, how old each is who is asked
# about food. And what the files say of the place beside its text.
WORKED_OUT: dict[tuple[str, int], str] = {
    ("consented/demographics/ind_age_schooling_n", EVERYBODY): "2",
    ("consented/demographics/ind_f_n", EVERYBODY): "3",
    ("location/household_geopoint/latitude", EVERYBODY): "41.7151",
    ("location/household_geopoint/longitude", EVERYBODY): "44.8271",
    **{(f"{REPEATS['nut_ind']}/nut_ind_age", row): age for row, age in SAYS["ind_age"].items()},
}

# Goes from page to page by the controls that stand on them, gives any answer that the form takes, and stops at each
# question that is answered by hand.
WALK = """async (byHand) => {
  const form = document.querySelector("li-form");
  const said = {};
  const drawn = () => new Promise((done) => setTimeout(done));
  const within = (items) => items.filter((item) => item.shows).flatMap((item) =>
    ["group", "turn", "repeat"].includes(item.kind) ? within(item.children)
      : ["note", "hidden"].includes(item.kind) ? [] : [item]);
  const write = (field, text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const boxes = (item) => [...document.getElementsByName(item.id)];
  const act = {
    one: (item, value) => boxes(item).find((box) => box.value === value).click(),
    many: (item, value) => boxes(item)
      .filter((box) => box.checked !== value.split(" ").includes(box.value)).forEach((box) => box.click()),
    text: (item, value) => write(document.getElementById(item.id), value),
    integer: (item, value) => write(document.getElementById(item.id), value),
    place: (item, value) => ["latitude", "longitude"].forEach((part, at) =>
      write(document.getElementById(`${item.id}-${part}`), value.split(" ")[at])),
  };
  const tries = {
    one: (item) => boxes(item).map((box) => box.value),
    many: (item) => [1, 2, 3].map((most) => boxes(item).slice(0, most).map((box) => box.value).join(" ")),
    text: (item) => [`${item.name}: é & <ш>`],
    integer: () => ["20", "3"],
    place: () => ["41.7151 44.8271 0.0 0.0"],
  };
  for (;;) {
    const page = form.pages.find((one) => one.key === form.at);
    if (!page) return { said, next: null };
    for (const item of within(page.items)) {
      const { id, kind, name, where } = item;
      if (byHand.includes(name)) {
        if (!item.isAnswered) return { said, next: { id, kind, name, where } };
        continue;
      }
      for (const value of tries[kind](item)) {
        act[kind](item, value);
        await drawn();
        said[where] = value;
        if (!item.problem) break;
      }
    }
    form.querySelector("form button[type=submit]").click();
    await drawn();
    if (form.at === page.key) throw new Error(`It does not go on: ${page.key} ${form.innerText}`);
  }
}"""

Cell = tuple[str, int]  # the column of a question, and the row of its repeat; 0 for what is said once


@dataclass
class Answered:
    """Everything that was put into the page."""

    by_hand: dict[Cell, str] = field(default_factory=dict)
    by_walking: dict[Cell, str] = field(default_factory=dict)

    @property
    def all(self) -> dict[Cell, str]:
        """Both together."""
        return self.by_walking | self.by_hand


def answer(page: Page) -> Answered:
    """Answer every question, up to the page that shows all answers."""
    answered = Answered()
    while True:
        found: dict[str, Any] = page.evaluate(WALK, list(SAYS))
        answered.by_walking |= {cell_of(where): value for where, value in found["said"].items()}
        asked = found["next"]
        if asked is None:
            break
        cell = cell_of(asked["where"])
        answered.by_hand[cell] = SAYS[asked["name"]][cell[1]]
        type_in(page, asked, answered.by_hand[cell])
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    return answered


def type_in(page: Page, asked: dict[str, str], value: str) -> None:
    """Answer one question as a person does: with keys, or by pressing choices."""
    if asked["kind"] in {"one", "many"}:
        for choice in value.split():
            page.locator(f"[name='{asked['id']}'][value='{choice}']").check()
    else:
        page.locator(f"[id='{asked['id']}']").press_sequentially(value)


def cell_of(where: str) -> Cell:
    """Which cell of a table keeps the answer that stands there in the form."""
    turn = re.search(r"\[(\d+)\]", where)
    path = re.sub(r"\[\d+\]", "", where).split("/", 2)[2]
    return path, int(turn[1]) if turn else EVERYBODY
