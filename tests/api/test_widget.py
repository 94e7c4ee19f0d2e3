from __future__ import annotations

import gzip
import re

import pytest
import yaml
from fastapi.testclient import TestClient

from api.app import create_app
from api.widget import FOLDER
from corpus.settings import AnswerSettings
from corpus.store import Store
from tests.api.making import settings_for

REFERRALS = "2-1-making-a-referral"


def test_the_script_is_small_and_kept_for_a_while(client: TestClient) -> None:
    response = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["content-encoding"] == "gzip"
    assert "stale-while-revalidate" in response.headers["cache-control"]
    assert len(gzip.compress(response.content)) < 25_000
    plain = client.get("/widget.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == response.content


def test_an_unchanged_script_is_not_sent_twice(client: TestClient) -> None:
    tag = client.get("/widget.js").headers["etag"]
    again = client.get("/widget.js", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_a_listed_origin_may_load_the_script_and_no_other(store: Store) -> None:
    settings = settings_for(store.data_dir, allowed_origins=["https://partner.example"])
    client = TestClient(create_app(settings, store))
    allowed = client.get("/widget.js", headers={"Origin": "https://partner.example"})
    assert allowed.headers["access-control-allow-origin"] == "https://partner.example"
    assert "Origin" in allowed.headers["vary"]
    refused = client.get("/widget.js", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in refused.headers


def test_the_script_brings_the_local_numbers(store: Store) -> None:
    answers = AnswerSettings(front_door_name="the Saltmere front door", front_door_phone="01632 960 211")
    settings = settings_for(store.data_dir).model_copy(update={"answers": answers})
    script = TestClient(create_app(settings, store)).get("/widget.js").text
    assert "ring the Saltmere front door. In office hours: 01632 960 211" in script


def test_the_modules_are_joined_in_order_and_nothing_else_is_left_of_them(client: TestClient) -> None:
    script = client.get("/widget.js").text
    assert not re.search(r"^(?:import|export) ", script, re.MULTILINE)
    places = [
        script.index(f"class {name} ")
        for name in ("Strip", "Source", "Turn", "Talk", "SafeguardingAssistant")
    ]
    assert places == sorted(places)
    for path in FOLDER.glob("*.js"):
        assert path.name == "widget.js" or f'"./{path.name}"' in _sources()


def test_no_two_modules_give_the_same_name_to_different_things() -> None:
    declared = r"^(?:export )?(?:async )?(?:function\*?|class|const|let) (\w+)"
    names = re.findall(declared, _sources(), re.MULTILINE)
    assert sorted(names) == sorted(set(names))


def test_nothing_in_the_modules_reads_text_as_html_or_as_a_script() -> None:
    sinks = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "srcdoc")
    assert [sink for sink in sinks if sink in _sources()] == []


def test_every_entry_that_the_modules_say_has_its_words() -> None:
    entries = yaml.safe_load((FOLDER / "wording.yaml").read_text(encoding="utf-8"))
    for path in re.findall(r'say\("([\w.]+)"', _sources()):
        value = entries
        for key in path.split("."):
            value = value[key]
        assert isinstance(value, str), path


@pytest.fixture
def words() -> str:
    return "They must confirm the referral in writing within 24 hours."


def test_the_passage_around_a_quote_is_whole(client: TestClient, words: str) -> None:
    document = REFERRALS
    text = client.get(f"/v1/documents/{document}/text").text
    start = text.index(words)
    found = client.get(f"/v1/passages/{document}/1/{start}-{start + len(words)}").json()
    whole = found["before"] + found["quote"] + found["after"]
    assert found["quote"] == words
    assert whole in text
    assert whole.startswith("2.1.1 A practitioner who believes")
    assert (found["current_version"], found["withdrawn"], found["overdue"]) == (1, False, False)
    assert found["next_review"] == "2027-03-09"
    assert found["page_url"] is None


def test_a_passage_tells_that_its_review_is_overdue(client: TestClient) -> None:
    assert client.get("/v1/passages/6-2-escalation/1/20-40").json()["overdue"] is True


@pytest.mark.parametrize("place", [f"{REFERRALS}/1/9-5", "nobody/1/0-5", f"{REFERRALS}/7/0-5"])
def test_a_passage_that_does_not_exist_is_a_404(client: TestClient, place: str) -> None:
    assert client.get(f"/v1/passages/{place}").status_code == 404


def test_suggestions_come_from_headings_and_are_answered(client: TestClient) -> None:
    found = client.get("/v1/suggestions").json()
    assert (found["documents"], found["passages"]) == (3, client.get("/readyz").json()["passages"])
    for suggestion in found["suggestions"]:
        detail = client.get(f"/v1/documents/{suggestion['document_id']}").json()
        assert suggestion["heading"] in [each["heading"] for each in detail["section_tree"][0]["sections"]]
        answer = client.post("/v1/questions", json={"question": suggestion["question"]}).json()
        assert answer["status"] == "answered"
    assert found["suggestions"]


def _sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")))
