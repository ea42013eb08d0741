"""Components: their signatures, and that they escape what people write."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from learnin.kit.parts import MatrixRow

ANGRY = "<script>alert(1)</script>"
CALM = "&lt;script&gt;alert(1)&lt;/script&gt;"


def drawn(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


@pytest.mark.parametrize(
    "source",
    [
        "{% tag 'done' %}",
        "{% tag 'done' 'Done' colour='red' %}",
        "{% card titel='x' %}{% endcard %}",
        "{% section headline='x' %}{% endsection %}",
        "{% task 'x' evidence='y' %}",
        "{% table 'x' stacked=True %}{% endtable %}",
        "{% field bound size='20' %}",
        "{% island 'li-copy' values=1 %}{% endisland %}",
    ],
)
def test_a_misspelt_argument_is_an_error(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% tag 'finished' 'Done' %}",
        "{% check 'x' state='bad' %}{% endcheck %}",
        "{% step 'x' state='next' %}{% endstep %}",
        "{% stage 1 'x' state='late' %}{% endstage %}",
        "{% task 'x' state='open' %}",
        "{% button 'x' kind='primary' %}",
        "{% banner 'x' kind='error' %}{% endbanner %}",
        "{% title 'x' size='m' %}{% endtitle %}",
        "{% table 'x' stack=True scroll=True %}{% endtable %}",
        "{% island 'copy' %}{% endisland %}",
        "{% island 'li-copy onclick=x' %}{% endisland %}",
    ],
)
def test_an_unknown_state_is_an_error(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% tag 'done' word %}",
        "{% chip 'pedagogy' word %}",
        "{% title word lede=word %}<li>{{ word }}</li>{% endtitle %}",
        "{% section word url='#' link=word %}{{ word }}{% endsection %}",
        "{% panel word %}{{ word }}{% endpanel %}",
        "{% details word %}{{ word }}{% enddetails %}",
        "{% tabs word %}{% tab word '#' %}{% endtabs %}",
        "{% back_link '#' word %}",
        "{% next_panel word %}{% next_item word '#' why=word due=word %}{% endnext_panel %}",
        "{% next_act word why=word button=word %}{{ word }}{% endnext_act %}",
        "{% task_list %}{% task word '#' hint=word word=word %}{% task word word=word %}{% endtask_list %}",
        "{% route %}{% stage 1 word count=word %}{{ word }}{% endstage %}{% endroute %}",
        "{% steps %}{% step word %}{{ word }}{% endstep %}{% endsteps %}",
        "{% progress 1 2 word note=word %}",
        "{% seats %}{% seat_group word filled=1 %}{% endseats %}",
        "{% checks %}{% check word %}{{ word }}{% endcheck %}{% endchecks %}",
        "{% cards %}{% card word url='#' %}{{ word }}{% endcard %}{% endcards %}",
        "{% listing %}{% item word url='#' note=word %}{{ word }}{% enditem %}{% endlisting %}",
        "{% summary_list %}{% fact word url='#' link=word %}{{ word }}{% endfact %}{% endsummary_list %}",
        "{% files %}{% file word '#' kind=word note=word %}{% endfiles %}",
        "{% table word scroll=True %}{% group_row word columns=2 note=word %}{% endtable %}",
        "{% row_head %}{{ word }}{% endrow_head %}{% td word %}{{ word }}{% endtd %}",
        "{% banner word %}{{ word }}{% endbanner %}",
        "{% warning %}{{ word }}{% endwarning %}{% inset %}{{ word }}{% endinset %}",
        "{% empty_state word %}{{ word }}{% endempty_state %}",
        "{% empty_list word none_like_this=word instead=word none_yet='' why='' all_url=word %}",
        "{% empty_list '' none_like_this='' instead='' none_yet=word why=word %}",
        "{% button word name='a' value=word %}{% link_button word word %}{% post_button word word %}",
        "{% filters word %}{{ word }}{% endfilters %}",
        "{% island 'li-copy' data=word %}{{ word }}{% endisland %}",
        "{% copy_link word word %}",
    ],
)
def test_what_people_write_stays_text(source: str) -> None:
    html = drawn(source, word=ANGRY)
    assert ANGRY not in html
    assert CALM in html
    assert "&amp;lt;" not in html


def test_a_block_keeps_the_components_inside_it() -> None:
    html = drawn("{% td 'Seat' %} {% tag 'done' word %} {% endtd %}", word="Seated")
    assert html == '<td data-label="Seat"><strong class="govuk-tag li-tag--done">Seated</strong></td>'


def test_an_empty_list_says_why_and_leads_to_the_whole_one() -> None:
    words = "none_like_this='No such' instead='Widen it' none_yet='None yet' why='Soon' all_url='/all/'"
    narrowed, empty = (drawn("{% empty_list narrowed " + words + " %}", narrowed=one) for one in (True, False))
    assert [one in narrowed for one in ("No such", "Widen it", "/all/", "None yet", "Soon")] == [True] * 3 + [False] * 2
    assert [one in empty for one in ("No such", "Widen it", "/all/", "None yet", "Soon")] == [False] * 3 + [True] * 2


def test_a_cell_of_sentences_has_its_name_above_it_on_a_phone() -> None:
    assert drawn("{% td 'Why' wide=True %}Alike{% endtd %}") == '<td class="li-table__wide" data-label="Why">Alike</td>'


def test_seats_are_counted_in_words() -> None:
    html = drawn("{% seat_group 'Ministry' filled=2 ending=1 %}")
    assert 'aria-label="3 of 3 filled, 1 ending"' in html
    assert html.count('<span class="li-seat') - html.count("li-seats") == 3
    assert "1 empty" in drawn("{% seat_group 'Parents' empty=1 %}")


def test_a_task_without_an_address_is_text() -> None:
    later = drawn("{% task 'Rank the needs' word='Later' %}")
    assert "<a" not in later
    assert "govuk-tag" not in later
    assert "Later" in later


def test_a_check_says_its_state_in_a_word() -> None:
    assert "Not met:" in drawn("{% check 'x' state='no' %}{% endcheck %}")
    assert "Met:" in drawn("{% check 'x' %}{% endcheck %}")


def test_island_data_is_json_in_an_attribute() -> None:
    html = drawn("{% island 'li-copy' data=data %}x{% endisland %}", data={"text": "a\"b'c</li-copy>", "n": 3})
    assert html.startswith('<li-copy data-island data-li="{&quot;text&quot;: &quot;a\\&quot;b&#x27;c&lt;/li-copy&gt;')
    assert html.count("</li-copy>") == 1


def test_a_matrix_says_each_state_as_a_word() -> None:
    rows = [MatrixRow("Arvenia", ["done", "unknown"]), MatrixRow("Belmark", ["no", "unsure"], url="/b/")]
    html = drawn("{% matrix 'Route' 'Country' columns rows %}{% matrix_legend %}", columns=["A", "B"], rows=rows)
    assert 'li-cell--4"><span class="li-narrow" aria-hidden="true">●</span><span class="li-word">done</span>' in html
    assert 'href="/b/"' in html
    assert "Reported, not checked" in html
    with pytest.raises(KeyError):
        drawn("{% matrix 'x' 'y' columns rows %}", columns=["A"], rows=[MatrixRow("x", ["half"])])


def test_sorting_keeps_the_other_values_of_the_address() -> None:
    request = RequestFactory().get("/list/", {"role": "chair", "sort": "name", "page": "3"})
    assert 'href="/list/?role=chair&amp;sort=-name"' in drawn("{% th 'Name' sort='name' %}", request=request)
    assert 'aria-sort="ascending"' in drawn("{% th 'Name' sort='name' %}", request=request)
    assert 'aria-sort="none"' in drawn("{% th 'Due' sort='due' %}", request=request)


def test_pagination_says_how_many_there_are() -> None:
    request = RequestFactory().get("/list/", {"role": "chair"})
    page = Paginator(range(1213), 50).page(2)
    html = drawn("{% pagination page %}", request=request, page=page)
    assert "51 to 100 of 1,213" in html
    assert 'href="?role=chair&amp;page=3" rel="next"' in html
    assert 'aria-current="page"' in html
    single = drawn("{% pagination page %}", request=request, page=Paginator(range(3), 50).page(1))
    assert "1 to 3 of 3" in single
    assert "<nav" not in single
