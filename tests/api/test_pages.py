from __future__ import annotations

import re

from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from tests.api.making import QUESTION


def page_of(client: TestClient, question: str, **more: str) -> LexborHTMLParser:
    response = client.post("/ask", data={"question": question, **more})
    assert response.status_code == 200
    return LexborHTMLParser(response.text)


def test_the_first_page_has_a_form_that_posts(client: TestClient) -> None:
    page = LexborHTMLParser(client.get("/").text)
    form = page.css_first("form")
    assert (form.attributes["method"], form.attributes["action"]) == ("post", "/ask")
    assert page.css_first("label").attributes["for"] == page.css_first("textarea").attributes["id"]
    assert re.fullmatch("[0-9a-f]{32}", page.css_first("[name=conversation_id]").attributes["value"] or "")


def test_an_answer_shows_signpost_groups_verbs_and_links(client: TestClient) -> None:
    html = client.post("/ask", data={"question": QUESTION}).text
    assert html.index(">999<") < html.index("What the procedures say")
    page = LexborHTMLParser(html)
    assert page.css_first(".verb.must") is not None
    for said in page.css(".said"):
        link = said.css_first("a").attributes["href"] or ""
        marks = LexborHTMLParser(client.get(link).text).css("mark")
        assert _words(said.css_first("q").text()) == _words(" ".join(mark.text() for mark in marks))
    trails = [trail.text() for trail in page.css(".trail")]
    assert "2.1 Making a referral \u203a How to refer" in trails


def test_more_paragraphs_stand_folded_below_the_sentences(client: TestClient) -> None:
    page = page_of(client, QUESTION)
    folded = page.css_first("details.further")
    assert "open" not in folded.attributes
    assert "more paragraph" in folded.css_first("summary").text()
    quoted = {said.css_first("q").text() for said in page.css(".group .said")}
    assert not quoted & {said.css_first("q").text() for said in folded.css(".said")}


def test_a_table_row_is_shown_in_cells_with_its_characters_unaltered(client: TestClient) -> None:
    page = page_of(client, "Decision by the front door: time limit?")
    [row] = [q for q in page.css(".said q") if "Within 1 working day" in q.text()]
    assert row.text() == "Decision | Front door | Within 1 working day"
    assert [bar.text() for bar in row.css(".bar-between")] == [" | ", " | "]


def test_learning_stands_under_its_own_heading(client: TestClient) -> None:
    page = page_of(client, "What did health visitors do who saw a bruise on a baby?")
    assert "What reviews have learned" in [heading.text() for heading in page.css("h2")]


def test_the_conversation_goes_on(client: TestClient) -> None:
    page = page_of(client, QUESTION, conversation_id="on-and-on")
    assert page.css_first("[name=conversation_id]").attributes["value"] == "on-and-on"


def test_case_data_offers_the_question_without_it(client: TestClient) -> None:
    page = page_of(client, "My pupil Tom Baker has a bruise. Must I refer?")
    suggestion = page.css_first("textarea").text()
    assert "Must I refer?" in suggestion
    assert "Baker" not in page.html


def test_danger_is_told_above_all(client: TestClient) -> None:
    page = page_of(client, "He is hitting her right now")
    assert page.css_first("[role=alert]") is not None
    assert "999" in page.css_first(".signpost.urgent").text()


def test_what_was_typed_cannot_become_markup(client: TestClient) -> None:
    page = page_of(client, "Must a referral be confirmed in writing <b id=x>soon</b>?")
    assert page.css_first("#x") is None


def test_the_library_lists_documents_by_kind_and_marks_the_overdue(client: TestClient) -> None:
    page = LexborHTMLParser(client.get("/library").text)
    assert [heading.text() for heading in page.css("h2")] == ["Procedures 2", "Learning briefings 1"]
    overdue = [item.text() for item in page.css(".shelf li") if item.css_first(".late")]
    assert len(overdue) == 1
    assert "Escalation" in overdue[0]
    for link in page.css(".shelf a"):
        assert client.get(link.attributes["href"] or "").status_code == 200


def _words(text: str) -> list[str]:
    """A table's cells stand apart on the page and are parted by bars in the text."""
    return text.replace("|", " ").split()


def test_a_page_marks_what_was_asked_for(client: TestClient) -> None:
    page = client.post("/ask", data={"question": "Within how many hours must a referral be confirmed?"}).text
    assert '<strong class="asked-for">within 24 hours</strong>' in page


def test_a_page_answers_whoever_says_that_nobody_is_in_danger(client: TestClient) -> None:
    question = f"He is hitting her right now. {QUESTION}"
    assert 'name="no_immediate_danger"' in client.post("/ask", data={"question": question}).text
    safe = {"question": question, "no_immediate_danger": "true"}
    assert "What the procedures say" in client.post("/ask", data=safe).text


def test_a_line_break_counts_as_the_one_character_that_it_is(client: TestClient) -> None:
    """A browser lets so much be typed, and sends each line break as two."""
    typed = "Who decides?\n" * 153 + "Who decides"
    assert len(typed) == 2000
    sent = client.post("/ask", data={"question": typed.replace("\n", "\r\n")})
    assert sent.status_code == 200
    situation = client.post("/procedures", data={"situation": typed.replace("\n", "\r\n")})
    assert situation.status_code == 200
    longer = client.post("/ask", data={"question": (typed + "!").replace("\n", "\r\n")})
    assert longer.status_code == 413
