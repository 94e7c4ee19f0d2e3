"""The library changed over HTTP and from its pages, and by nobody else than its keepers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from corpus.errors import SettingsError
from corpus.settings import ApiSettings, load_settings
from tests.api.keeping import HERE, REFERRAL, TOKEN, Kept, kept, prepare
from tests.api.making import ESCALATION, settings_for
from tests.api.making import REFERRAL as REFERRAL_TEXT

SOONER = REFERRAL_TEXT.replace("in writing within 24 hours", "in writing within 12 hours")
HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Iterator[Kept]:
    with kept(prepared, tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def untouched(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """One for all tests in which nothing may be changed."""
    with kept(prepared, tmp_path_factory.mktemp("untouched")) as found:
        yield found


def test_an_upload_comes_with_its_preview_and_waits(desk: Kept) -> None:
    body = desk.upload("new.md", SOONER, document_id=REFERRAL)

    assert body["state"] == "waiting"
    preview = body["preview"]
    assert isinstance(preview, dict)
    assert (preview["title"], preview["kind"], preview["numbered"]) == (
        "Making a referral",
        "procedure",
        ["2.1.1", "2.1.2", "2.1.3", "2.1.4"],
    )
    assert preview["changes"] == {"reworded": 1}
    assert [upload["id"] for upload in desk.client.get("/v1/uploads").json()] == [body["id"]]
    assert desk.client.get(f"/v1/uploads/{body['id']}").json()["preview"] == preview
    assert desk.client.get(f"/v1/documents/{REFERRAL}").json()["version"] == 1


def test_the_next_answer_quotes_the_new_words_and_the_old_citation_opens_the_old_ones(desk: Kept) -> None:
    question = "Within how many hours must they confirm the referral in writing?"
    answer = desk.client.post("/v1/questions", json={"question": question}).json()
    (old,) = [c for c in answer["citations"] if "within 24 hours" in c["quote"]][:1]

    assert desk.publish("new.md", SOONER, document_id=REFERRAL)["status"] == "updated"

    assert any("within 12 hours" in quote for quote in desk.quotes(question))
    assert not any("in writing within 24 hours" in quote for quote in desk.quotes(question))
    page = desk.client.get(old["url"], headers=HTML).text
    assert "This text has changed since it was cited." in page
    assert old["quote"] in page
    (change,) = desk.client.get("/v1/changes").json()
    assert (change["kind"], change["anchor"], change["version"], change["previous"]) == (
        "reworded",
        "2.1.1",
        2,
        1,
    )
    assert {(run["fate"], run["text"]) for run in change["words"]} >= {("gone", "24"), ("new", "12")}
    assert desk.client.get(change["before_url"]).status_code == 200
    assert desk.client.get(change["after_url"]).status_code == 200


def test_a_withdrawn_document_answers_nothing_within_a_second(desk: Kept) -> None:
    question = "Within how many hours must they confirm the referral in writing?"
    assert any("confirm the referral" in quote for quote in desk.quotes(question))

    begun = time.monotonic()
    assert desk.client.post(f"/v1/documents/{REFERRAL}/withdraw").json()["withdrawn"] is True
    quotes = desk.quotes(question)
    assert time.monotonic() - begun < 1

    assert not any("confirm the referral" in quote for quote in quotes)
    assert desk.client.post(f"/v1/documents/{REFERRAL}/restore").json()["withdrawn"] is False
    assert any("confirm the referral" in quote for quote in desk.quotes(question))


def test_a_superseded_edition_answers_nothing(desk: Kept) -> None:
    body = desk.publish(
        "edition.md", ESCALATION.replace("Escalation", "Escalation 2"), supersedes="6-2-escalation"
    )
    assert body["document_id"] == "edition"
    assert "6-2-escalation" not in {d["id"] for d in desk.client.get("/v1/documents").json()}
    page = desk.client.get("/library/manage").text
    assert "superseded by" in page
    older = desk.client.get("/v1/documents/6-2-escalation").json()
    assert (older["because"], older["superseded_by"]) == ("superseded", "edition")
    assert 'href="/documents/edition"' in desk.client.get("/documents/6-2-escalation").text
    refused = desk.client.post("/v1/documents/edition/supersede", json={"by": "edition"})
    assert (refused.status_code, "cannot supersede itself" in refused.json()["detail"]) == (422, True)


def test_an_ingest_is_rolled_back_over_http(desk: Kept) -> None:
    desk.publish("new.md", SOONER, document_id=REFERRAL)
    run = desk.client.get("/v1/ingests").json()[0]
    assert run["counts"] == {"updated": 1}

    report = desk.client.post(f"/v1/ingests/{run['id']}/roll-back").json()

    assert [(o["document_id"], o["status"]) for o in report["outcomes"]] == [(REFERRAL, "rolled back")]
    assert "within 24 hours" in desk.client.get(f"/v1/documents/{REFERRAL}/text").text
    assert desk.client.post("/v1/ingests/999/roll-back").status_code == 404
    for beyond in (2**31, 2**63, "²"):
        assert desk.client.post(f"/v1/ingests/{beyond}/roll-back").status_code == 404
        assert desk.client.post(f"/library/ingests/{beyond}/roll-back").status_code == 404
        assert desk.client.get(f"/library/ingests/{beyond}").status_code == 404


def test_changes_are_filtered_by_kind_document_and_number(desk: Kept) -> None:
    desk.publish(
        "new.md",
        SOONER.replace("2.1.4 The front door may ask the referrer for more.\n", ""),
        document_id=REFERRAL,
    )
    everything = desk.client.get("/v1/changes").json()
    assert {change["kind"] for change in everything} == {"reworded", "removed"}
    (removed,) = desk.client.get("/v1/changes?kind=removed").json()
    assert (removed["anchor"], removed["after"]) == ("2.1.4", None)
    assert desk.client.get("/v1/changes?document_id=family-c").json() == []
    newest = max(change["id"] for change in everything)
    assert desk.client.get(f"/v1/changes?since={newest}").json() == []
    assert desk.client.get("/v1/changes?kind=wrong").status_code == 422
    assert desk.client.get(f"/v1/changes?since={2**63}").status_code == 422


def test_what_cannot_be_read_is_refused_with_the_reason(untouched: Kept) -> None:
    response = untouched.client.post("/v1/documents", files={"file": ("x.pdf", b"%PDF-1.7 damaged")})
    assert response.status_code == 422
    assert "damaged" in response.json()["detail"]
    assert untouched.client.get("/v1/uploads").json() == []
    assert untouched.client.post("/v1/documents").status_code == 422


def test_a_large_file_is_taken_and_a_large_question_is_not(desk: Kept) -> None:
    large = ESCALATION + "\n\n".join(f"{n}. This paragraph is number {n}." for n in range(4000))
    assert len(large) > 100_000
    assert desk.upload("large.md", large)["state"] == "waiting"
    assert desk.client.post("/v1/questions", json={"question": "x" * 100_000}).status_code == 413


def test_the_desk_hands_in_publishes_and_withdraws(desk: Kept) -> None:
    client = desk.client
    response = client.post(
        "/library/uploads", files={"file": ("new.md", SOONER.encode())}, data={"document_id": REFERRAL}
    )
    assert response.status_code == 200
    assert "This is how the file was understood" in response.text
    assert "<ins>" in response.text
    upload = str(response.url).rpartition("/")[2]
    assert "Waiting to be published" in client.get("/library/manage").text

    page = client.post(f"/library/uploads/{upload}/publish")
    assert "Published: its words answer questions from now on." in page.text
    assert "This upload was published." in client.get(f"/library/uploads/{upload}").text

    page = client.post(f"/library/documents/{REFERRAL}/withdraw")
    assert "withdrawn by hand" in page.text
    assert "Restored" in client.post(f"/library/documents/{REFERRAL}/restore").text
    assert client.get("/library/ingests/2").status_code == 200
    back = client.post("/library/ingests/2/roll-back")
    assert "rolled back" in back.text
    assert client.post(f"/library/documents/{REFERRAL}/burn").status_code == 422


def test_the_desk_tells_what_was_refused_and_what_to_do(untouched: Kept) -> None:
    page = untouched.client.post("/library/uploads", files={"file": ("x.png", b"\x89PNG\r\n\x1a\n")})
    assert page.status_code == 422
    assert "The file is a picture." in page.text
    page = untouched.client.post(
        "/library/uploads", files={"file": ("new.md", SOONER.encode())}, data={"publish_on": "soon"}
    )
    assert "The day cannot be read." in page.text
    page = untouched.client.post("/library/sources", data={"location": "/etc"})
    assert "This is no web address." in page.text
    page = untouched.client.post(f"/library/documents/{REFERRAL}/supersede", data={"by": ""})
    assert "Choose the one that takes its place." in page.text


def test_words_of_a_file_are_shown_as_words(desk: Kept) -> None:
    planted = SOONER.replace("Making a referral", "Making <b>a</b> referral").replace(
        "must ring the front door", "must ring <script>alert(1)</script> the front door"
    )
    page = desk.client.post("/library/uploads", files={"file": ("<img src=x>.md", planted.encode())}).text
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_the_changes_pages_tell_of_each_paragraph(desk: Kept) -> None:
    shifted = SOONER.replace(
        "## Time limits", "2.1.3 A volunteer may refer, too, and is told so.\n\n## Time limits"
    )
    shifted = shifted.replace("2.1.4 The front", "2.1.5 The front").replace(
        "2.1.3 The table", "2.1.4 The table"
    )
    desk.publish("new.md", shifted, document_id=REFERRAL)
    for path in ("/changes", f"/documents/{REFERRAL}/amendments"):
        page = desk.client.get(path)
        assert page.status_code == 200
        assert "<ins>" in page.text
        assert "2 paragraphs have another number, and the same words" in page.text
        assert re.search(r"2\.1\.3 → 2\.1\.4, 2\.1\.4 → 2\.1\.5", page.text)
    assert "No amendments are recorded" in desk.client.get("/documents/family-c/amendments").text
    assert desk.client.get("/documents/nobody/amendments").status_code == 404
    assert "amendments" in desk.client.get("/library").text


FORMS = [
    "/library/uploads",
    f"/library/documents/{REFERRAL}/withdraw",
    "/library/ingests/1/roll-back",
    "/library/sources",
    "/v1/documents",
    f"/v1/documents/{REFERRAL}/withdraw",
    "/v1/ingests/1/roll-back",
]


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
    ],
)
def test_a_form_from_another_site_changes_nothing(
    untouched: Kept, path: str, headers: dict[str, str]
) -> None:
    assert untouched.client.post(path, headers=headers, follow_redirects=False).status_code == 403
    assert not untouched.store.register.document(REFERRAL).withdrawn


def elsewhere(desk: Kept) -> list[TestClient]:
    """Clients that do not sit at the machine, or hide that they do not."""
    app = desk.client.app
    return [
        TestClient(app, base_url=HERE, client=("192.0.2.7", 50000)),
        TestClient(app, base_url="http://evil.example", client=("127.0.0.1", 50000)),
        TestClient(app, base_url=HERE, client=("127.0.0.1", 50000), headers={"x-forwarded-for": "192.0.2.7"}),
    ]


def test_without_a_token_only_the_machine_itself_may_change_the_library(untouched: Kept) -> None:
    for client in elsewhere(untouched):
        for path in FORMS:
            response = client.post(path, follow_redirects=False)
            assert response.status_code == (401 if path.startswith("/v1") else 303)
        assert client.get("/v1/uploads").status_code == 401
        page = client.get("/library/manage", headers=HTML)
        assert "ASSISTANT_API__ADMIN_TOKEN" in page.text
        assert "/library/manage" not in client.get("/library").text
        assert client.get("/changes").status_code == 200
    assert not untouched.store.register.document(REFERRAL).withdrawn


def test_somebody_who_may_not_hand_in_cannot_send_a_large_body(untouched: Kept) -> None:
    client = elsewhere(untouched)[0]
    assert client.post("/v1/documents", content=b"x" * 200_000).status_code == 413


def test_with_a_token_its_bearer_may_change_the_library_and_nobody_else(
    prepared: Path, tmp_path: Path
) -> None:
    with kept(prepared, tmp_path, admin_token=TOKEN) as desk:
        path = f"/v1/documents/{REFERRAL}/withdraw"
        for given in ({}, {"authorization": "Bearer wrong"}, {"authorization": f"Basic {TOKEN}"}):
            assert desk.client.post(path, headers=given).status_code == 401
        assert desk.client.post(path, headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_keeper_signs_in_and_out_with_the_token(prepared: Path, tmp_path: Path) -> None:
    with kept(prepared, tmp_path, admin_token=TOKEN) as desk:
        client = TestClient(desk.client.app, base_url="https://assistant.example", client=("192.0.2.7", 1))
        assert "Admin token" in client.get("/library/manage").text
        for token in ("wrong", "wrong" * 200):
            wrong = client.post("/library/sign-in", data={"token": token})
            assert (wrong.status_code, "This is not the token." in wrong.text) == (403, True)

        signed = client.post("/library/sign-in", data={"token": TOKEN}, follow_redirects=False)
        cookie = signed.headers["set-cookie"]
        assert TOKEN not in cookie
        assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Secure"))
        assert "Hand in a document" in client.get("/library/manage").text

        client.post("/library/sign-out")
        assert "Admin token" in client.get("/library/manage").text
        client.cookies.set("library", "9999999999.0000")
        assert "Admin token" in client.get("/library/manage").text


def test_a_short_token_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_API__ADMIN_TOKEN", "short")
    with pytest.raises(SettingsError, match="at least 24 characters"):
        load_settings()


def test_without_a_store_the_desk_says_so(tmp_path: Path) -> None:
    settings = settings_for(tmp_path).model_copy(update={"api": ApiSettings()})
    app = create_app(settings)
    client = TestClient(app, base_url=HERE, client=("127.0.0.1", 1))  # never started, so nothing is open
    assert client.get("/library/manage").status_code == 503
    assert client.get("/changes").status_code == 503
