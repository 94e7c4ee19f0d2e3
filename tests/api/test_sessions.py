"""Session packs at the doors: made, fetched, edited, logged; nothing about real people is kept."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import docx
import pptx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from api.dependencies import today
from assistant.danger.recogniser import Opinion
from corpus.database import transaction
from corpus.settings import ChatSettings, SessionSettings, Settings
from corpus.store import Store
from corpus.tables_packs import pack_uses, packs
from ingest.pipeline import IngestPipeline
from tests.api.making import settings_for
from tests.assistant.sessions.saying import NAME, TRUE, chat_model, line
from tests.assistant.sessions.small import CHAPTER, CHAPTER_ID, DOCUMENT, small_store
from tests.scripted_model import ScriptedModel
from tests.stand_ins import WordsEmbedder

ASKED = {"source": {"documents": [DOCUMENT, CHAPTER_ID]}, "minutes": 30, "format": "team-meeting"}
FORM = {"documents": [DOCUMENT, CHAPTER_ID], "minutes": "30", "format": "team-meeting", "audience": "mixed"}
CASE_DATA = "Jane Smith of 12 Acacia Road, born 12/03/2011"
TODAY = date(2026, 11, 28)
DANGER = "He is beating the child right now and I am in the next room"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Store, Path]]:
    settings, store, library = small_store(tmp_path_factory.mktemp("sessions"))
    yield settings, store, library
    store.close()


@pytest.fixture
def store(shared: tuple[Settings, Store, Path]) -> Store:
    return shared[1]


@pytest.fixture(scope="module")
def client(shared: tuple[Settings, Store, Path]) -> Iterator[TestClient]:
    app = create_app(shared[0], shared[1])
    app.dependency_overrides[today] = lambda: TODAY
    with TestClient(app) as made:
        yield made


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Settings, Store, Path]]:
    """A library of its own, for a test that changes it."""
    settings, store, library = small_store(tmp_path)
    yield settings, store, library
    store.close()


def made(client: TestClient) -> str:
    return str(client.post("/v1/sessions", json=ASKED).json()["id"])


def rows(store: Store, table: object) -> list[str]:
    with transaction(store.register.engine) as connection:
        return [str(row) for row in connection.execute(select(table))]  # type: ignore[call-overload]


def test_a_pack_is_made_with_its_plan_citations_and_files(client: TestClient) -> None:
    body = client.post("/v1/sessions", json=ASKED).json()

    assert body["plan"]["minutes"] == 30
    assert body["plan"]["running_order"][-1]["end"] == 30
    assert set(body["exports"]) == {"docx", "pptx", "md", "pdf"}
    assert body["outdated"] == []
    for citation in body["citations"]:
        assert client.get(citation["url"]).status_code == 200
        text = client.get(f"/v1/documents/{citation['document_id']}/text").text
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert client.get(f"/v1/sessions/{body['id']}").json() == body


def test_each_file_of_a_pack_opens(client: TestClient) -> None:
    exports = client.post("/v1/sessions", json=ASKED).json()["exports"]

    files = {kind: client.get(address) for kind, address in exports.items()}
    assert {response.status_code for response in files.values()} == {200}
    assert "Child K" in docx.Document(io.BytesIO(files["docx"].content)).paragraphs[0].text
    assert len(pptx.Presentation(io.BytesIO(files["pptx"].content)).slides) > 5
    assert files["pdf"].content.startswith(b"%PDF-")
    assert files["md"].text.startswith("# Learning briefing")
    assert "http://testserver/cite/" in files["md"].text
    disposition = files["docx"].headers["content-disposition"]
    assert disposition == (
        'attachment; filename="learning-briefing-child-k-a-tenancy-nobody-asked-about-30-min.docx"'
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": {}},
        {"source": {"theme": "locks", "documents": [DOCUMENT]}},
        {"source": {"documents": [DOCUMENT]}, "minutes": 20},
        {"source": {"documents": [DOCUMENT]}, "format": "lecture"},
        {"source": {"theme": "x" * 301}},
        {"source": {"theme": "\u200b "}},
    ],
)
def test_what_cannot_be_made_is_refused(client: TestClient, wrong: dict[str, object]) -> None:
    assert client.post("/v1/sessions", json=wrong).status_code == 422


def test_a_document_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.post("/v1/sessions", json={"source": {"documents": ["nowhere"]}}).status_code == 404
    assert client.get(f"/v1/sessions/{'0' * 32}").status_code == 404
    assert client.get(f"/v1/sessions/{'0' * 32}.docx").status_code == 404
    assert client.get("/v1/sessions/x.docx").status_code == 404


def test_a_theme_of_which_nothing_is_said_tells_what_to_do(client: TestClient) -> None:
    response = client.post("/v1/sessions", json={"source": {"theme": "beekeeping"}})

    assert response.status_code == 422
    assert "Try other words" in response.json()["detail"]


@pytest.mark.parametrize("typed", [CASE_DATA, DANGER])
def test_a_theme_about_a_real_person_is_kept_nowhere(
    client: TestClient, store: Store, typed: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = rows(store, packs)
    by_api = client.post("/v1/sessions", json={"source": {"theme": typed}})
    by_page = client.post("/sessions", data={**FORM, "documents": [], "theme": typed})

    assert by_api.status_code == by_page.status_code == 422
    assert "Acacia" not in by_api.text + by_page.text + caplog.text
    assert rows(store, packs) == before


def test_danger_in_a_theme_is_signposted_first(client: TestClient) -> None:
    assert "999" in client.post("/v1/sessions", json={"source": {"theme": DANGER}}).json()["signpost"]
    assert 'class="signpost urgent"' in client.post("/sessions", data={"theme": DANGER}).text


def test_bare_words_of_a_theme_are_no_account_of_danger(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.service.Recogniser", lambda _: lambda _: Opinion.DANGER)
    made = client.post("/v1/sessions", json={"source": {"theme": "invisible fathers"}})
    assert "signpost" not in made.json()
    assert 'class="signpost urgent"' not in client.post("/sessions", data={"theme": "invisible fathers"}).text
    # Words of a trainer's own are still read by it.
    pack = client.post("/v1/sessions", json=ASKED).json()["id"]
    use = {"on": "2026-03-02", "team": "Team North", "people": 4, "actions": "Ask who is at home"}
    assert "signpost" in client.post(f"/v1/sessions/{pack}/uses", json=use).json()


def test_the_form_leads_to_the_pack_and_the_pack_to_its_sources(client: TestClient) -> None:
    page = client.post("/sessions", data=FORM)

    assert page.status_code == 200
    assert re.fullmatch(r"/sessions/[0-9a-f]{32}", page.url.path)
    assert "Running order" in page.text
    [address, *_] = re.findall(r'href="(/cite/[^"]+)"', page.text)
    assert client.get(address).status_code == 200
    assert client.get(f"{page.url.path}/print").status_code == 200
    assert page.url.path in client.get("/sessions").text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"theme": ""}, "Choose what the session is about"),
        ({"theme": "locks", "documents": [DOCUMENT]}, "Choose one thing"),
        ({"documents": [DOCUMENT], "minutes": "12"}, "Choose length, format and audience"),
        ({"documents": [DOCUMENT], "minutes": "²"}, "Choose length, format and audience"),
        ({"documents": [DOCUMENT], "minutes": "9" * 5000}, "Choose length, format and audience"),
        ({"documents": ["nowhere"]}, "is not there any more"),
        ({"theme": "beekeeping"}, "No review in the library"),
        ({"theme": "lock " * 80}, "longer than 300 characters"),
        ({"documents": [DOCUMENT] * 21}, "20 documents at most"),
    ],
)
def test_a_form_that_cannot_be_used_says_why(client: TestClient, sent: dict[str, object], said: str) -> None:
    page = client.post("/sessions", data=sent)

    assert page.status_code == 422
    assert said in page.text


def test_a_part_is_edited_and_what_was_written_is_text(client: TestClient) -> None:
    pack_id = made(client)
    form = client.get(f"/sessions/{pack_id}/parts/messages").text
    keys = re.findall(r'name="keep-([a-z0-9-]+)"', form)

    sent = {f"keep-{key}": "yes" for key in keys[1:]}
    sent |= {f"words-{keys[1]}": "<b>Ask</b> housing & school.", "added": "One line.\nAnother."}
    page = client.post(f"/sessions/{pack_id}/parts/messages", data=sent)

    assert page.status_code == 200
    assert "&lt;b&gt;Ask&lt;/b&gt; housing &amp; school." in page.text
    assert "<b>Ask</b>" not in page.text
    assert "The trainer&#39;s words" in page.text
    plan = client.get(f"/v1/sessions/{pack_id}").json()["plan"]
    [messages] = [part for part in plan["parts"] if part["name"] == "messages"]
    assert keys[0] not in {item["key"] for item in messages["items"]}
    assert [item["text"] for item in messages["items"] if item["voice"] == "trainer"] == [
        "<b>Ask</b> housing & school.",
        "One line.",
        "Another.",
    ]


@pytest.mark.parametrize("field", ["words", "added"])
def test_a_real_person_written_into_a_part_is_kept_nowhere(
    client: TestClient, store: Store, field: str
) -> None:
    pack_id = made(client)
    name = "words-messages-1" if field == "words" else "added"
    before = rows(store, packs)

    page = client.post(
        f"/sessions/{pack_id}/parts/messages", data={name: CASE_DATA, "keep-messages-1": "yes"}
    )

    assert page.status_code == 422
    assert "Nothing was saved" in page.text
    assert "Acacia" not in page.text
    assert rows(store, packs) == before


def test_parts_are_moved_left_out_and_put_back_by_buttons(client: TestClient) -> None:
    pack_id = made(client)

    def parts() -> list[str]:
        return [part["name"] for part in client.get(f"/v1/sessions/{pack_id}").json()["plan"]["parts"]]

    before = parts()
    client.post(f"/sessions/{pack_id}/parts/{before[1]}/up")
    assert parts()[:2] == [before[1], before[0]]
    page = client.post(f"/sessions/{pack_id}/parts/quiz/out")
    assert "quiz" not in parts()
    assert "Put back" in page.text
    client.post(f"/sessions/{pack_id}/parts/quiz/back")
    client.post(f"/sessions/{pack_id}/undo")
    assert parts() == before
    assert client.post(f"/sessions/{pack_id}/parts/quiz/sideways").status_code == 404


def test_forms_from_other_sites_are_refused(client: TestClient) -> None:
    pack_id = made(client)
    elsewhere = {"Sec-Fetch-Site": "cross-site"}

    for address in ("/sessions", f"/sessions/{pack_id}/anew", f"/sessions/{pack_id}/uses"):
        assert client.post(address, data=FORM, headers=elsewhere).status_code == 403


def test_a_use_is_logged_and_exported(client: TestClient) -> None:
    pack_id = made(client)

    use = {"on": "2026-11-03", "team": "Duty team", "people": "9", "actions": "Ask housing."}
    page = client.post(f"/sessions/{pack_id}/uses", data=use)
    by_api = client.post(f"/v1/sessions/{pack_id}/uses", json=use | {"people": 4})

    assert "Duty team, 9 people" in page.text
    assert by_api.json()["people"] == 4
    exported = client.get("/v1/sessions/uses.csv")
    assert exported.headers["content-type"] == "text/csv; charset=utf-8"
    assert exported.text.count("Duty team") == 2
    assert "13 people" in client.get("/sessions/uses").text


def test_what_is_told_of_a_use_is_the_one_that_was_entered(client: TestClient) -> None:
    pack_id = made(client)
    newer = {"on": "2026-11-03", "team": "Duty team", "people": 9}
    client.post(f"/v1/sessions/{pack_id}/uses", json=newer)

    entered = client.post(f"/v1/sessions/{pack_id}/uses", json=newer | {"on": "2026-10-01", "people": 4})

    assert (entered.json()["on"], entered.json()["people"]) == ("2026-10-01", 4)
    assert entered.json()["title"] == client.get(f"/v1/sessions/{pack_id}").json()["plan"]["title"]


@pytest.mark.parametrize("team", ["", "  ", "\u200b"])
def test_a_use_without_a_team_is_refused(client: TestClient, store: Store, team: str) -> None:
    pack_id = made(client)
    before = rows(store, pack_uses)
    use = {"on": "2026-11-03", "team": team, "people": 9}

    assert client.post(f"/v1/sessions/{pack_id}/uses", json=use).status_code == 422
    assert client.post(f"/sessions/{pack_id}/uses", data=use).status_code == 422
    assert rows(store, pack_uses) == before


def test_a_use_in_the_future_is_refused(client: TestClient, store: Store) -> None:
    pack_id = made(client)
    before = rows(store, pack_uses)
    use = {"team": "Duty team", "people": 9}
    ahead = use | {"on": str(TODAY + timedelta(days=1))}

    by_api = client.post(f"/v1/sessions/{pack_id}/uses", json=ahead)
    page = client.post(f"/sessions/{pack_id}/uses", data=ahead)

    assert by_api.status_code == page.status_code == 422
    assert "cannot lie in the future" in by_api.json()["detail"]
    assert "cannot lie in the future" in page.text
    assert rows(store, pack_uses) == before
    on_time = client.post(f"/v1/sessions/{pack_id}/uses", json=use | {"on": str(TODAY)})
    assert on_time.status_code == 200


@pytest.mark.parametrize("field", ["words-purpose-1", "added"])
def test_what_a_trainer_writes_has_an_end(client: TestClient, field: str) -> None:
    pack_id = made(client)
    sent = {"keep-purpose-1": "yes", field: "word " * 500}

    refused = client.post(f"/sessions/{pack_id}/parts/purpose", data=sent)
    taken = client.post(f"/sessions/{pack_id}/parts/purpose", data=sent | {field: "word " * 300})

    assert refused.status_code == 422
    assert "up to 2,000 characters" in refused.text
    assert "Nothing was saved" in refused.text
    assert taken.status_code == 200


def test_a_use_that_names_a_person_is_kept_nowhere(client: TestClient, store: Store) -> None:
    pack_id = made(client)
    use = {"on": "2026-11-03", "team": "Duty team", "people": 9, "actions": CASE_DATA}
    before = rows(store, pack_uses)

    assert client.post(f"/v1/sessions/{pack_id}/uses", json=use).status_code == 422
    assert client.post(f"/sessions/{pack_id}/uses", data=use).status_code == 422
    assert (
        client.post(f"/sessions/{pack_id}/uses", data=use | {"actions": "", "people": "no"}).status_code
        == 422
    )
    assert rows(store, pack_uses) == before


def test_a_pack_that_is_out_of_date_says_so_and_is_made_anew_with_one_click(
    opened: tuple[Settings, Store, Path],
) -> None:
    settings, store, library = opened
    client = TestClient(create_app(settings, store))
    pack_id = made(client)
    changed = CHAPTER.replace("on the same day", "at once")
    (library / "2.1-making-a-referral.md").write_text(changed, encoding="utf-8")
    IngestPipeline(store, settings.ingest).run([library])

    page = client.get(f"/sessions/{pack_id}")
    assert "these cited paragraphs have changed" in page.text
    assert "at once" in page.text

    anew = client.post(f"/sessions/{pack_id}/anew")
    assert "these cited paragraphs have changed" not in anew.text
    assert anew.url.path != f"/sessions/{pack_id}"
    assert anew.url.path in client.get(f"/sessions/{pack_id}").text
    assert client.get(f"/v1/sessions/{pack_id}").json()["later"] == anew.url.path.removeprefix("/sessions/")


def test_a_pack_whose_documents_are_gone_cannot_be_made_anew_and_says_so(
    opened: tuple[Settings, Store, Path],
) -> None:
    settings, store, library = opened
    client = TestClient(create_app(settings, store))
    pack_id = made(client)
    (library / "child-k.md").unlink()
    IngestPipeline(store, settings.ingest).run([library])

    page = client.post(f"/sessions/{pack_id}/anew")

    assert page.status_code == 422
    assert "cannot be made anew" in page.text
    assert "has been withdrawn" in page.text


@pytest.fixture
def model() -> ScriptedModel:
    """Says both messages in short, the first with a must too many."""
    return ScriptedModel(pieces=[line("Two letters must be filed as repairs.", "P1"), line(TRUE["P2"], "P2")])


@pytest.fixture
def asking(
    shared: tuple[Settings, Store, Path], model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    """The service with a chat model."""
    monkeypatch.setattr("assistant.models.open_chat_model", lambda _: chat_model(model))
    settings = shared[0].model_copy(update={"chat": ChatSettings(model=NAME)})
    with TestClient(create_app(settings, shared[1])) as made:
        yield made


def test_where_a_model_is_configured_a_pack_may_be_phrased(asking: TestClient) -> None:
    body = asking.post("/v1/sessions", json={**ASKED, "minutes": 60, "phrased": True}).json()

    [part] = [each for each in body["plan"]["parts"] if each["name"] == "messages"]
    [item] = [each for each in part["items"] if each["voice"] == "phrased"]
    assert item["text"] == TRUE["P2"]
    assert item["citations"]
    told = body["plan"]["phrasing"]
    assert (told["model"], told["asked"], told["kept"]) == (NAME, 2, 1)
    assert sum(told["dropped"].values()) == 1
    text = asking.get(body["exports"]["md"]).text
    assert TRUE["P2"] in text
    assert "must be filed" not in text + asking.get(body["url"]).text
    assert asking.get(f"/v1/sessions/{body['id']}").json() == body


def test_the_form_asks_for_phrasing_where_there_is_a_model(asking: TestClient, client: TestClient) -> None:
    assert 'name="phrased"' in asking.get("/sessions").text
    assert 'name="phrased"' not in client.get("/sessions").text

    bare = asking.post("/sessions", data=FORM)
    page = asking.post("/sessions", data={**FORM, "minutes": "60", "phrased": "yes"})

    assert "In short, phrased by a model" not in bare.text
    assert page.text.count("In short, phrased by a model") == 1
    assert "1 of 2 sentences passed the checks" in page.text
    assert TRUE["P2"] in asking.get(f"{page.url.path}/print").text
    assert "goes with the quote that it rests on" in asking.get(f"{page.url.path}/parts/messages").text


def test_without_a_model_a_pack_that_was_to_be_phrased_is_quotes_alone(client: TestClient) -> None:
    body = client.post("/v1/sessions", json={**ASKED, "minutes": 60, "phrased": True}).json()
    page = client.post("/sessions", data={**FORM, "minutes": "60", "phrased": "yes"})

    assert body["plan"]["phrasing"] is None
    assert "phrased" not in {item["voice"] for part in body["plan"]["parts"] for item in part["items"]}
    assert page.status_code == 200
    assert "In short" not in page.text


def test_a_form_that_is_shown_again_remembers_the_tick(asking: TestClient) -> None:
    page = asking.post("/sessions", data={"theme": "beekeeping", "phrased": "yes"})

    assert re.search(r'name="phrased" value="yes"[^>]* checked', page.text)


def test_an_empty_library_has_a_form_and_no_packs(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "empty")
    with Store(settings, "test", WordsEmbedder()) as store, TestClient(create_app(settings, store)) as client:
        assert "None yet" in client.get("/sessions").text
        assert client.post("/sessions", data={"theme": "locks"}).status_code == 422


def test_a_wrong_logo_is_told_to_those_who_run_the_service(
    shared: tuple[Settings, Store, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "logo.png").write_text("This is no picture.")
    settings = shared[0].model_copy(update={"sessions": SessionSettings(logo=tmp_path / "logo.png")})
    with TestClient(create_app(settings, shared[1])) as client:
        pack_id = made(client)
        response = client.get(f"/v1/sessions/{pack_id}.docx")
        assert response.status_code == 500
        assert response.json()["detail"].startswith("The service is not set up for this.")
        assert client.get(f"/v1/sessions/{pack_id}.md").status_code == 200
        assert client.get(f"/sessions/{pack_id}/print").status_code == 200
    assert "logo.png is no PNG or JPEG" in caplog.text
