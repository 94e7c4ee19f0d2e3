"""A situation leads to the procedures that apply, in their own words, and to what is due by when."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answers import AnswerStatus, Replies
from assistant.applicable.finder import Finder, unavailable
from assistant.applicable.results import Findings, Verdict
from corpus.passages import digest
from corpus.procedures import Role, Verb
from corpus.settings import AnswerSettings
from corpus.store import Store
from ingest.pipeline import IngestPipeline
from tests.api.making import open_store, settings_for, write_library
from tests.assistant.applicable.library import FILES, SITUATION


@pytest.fixture(scope="module")
def found(finder: Finder) -> Findings:
    return finder.find(SITUATION)


def titles(found: Findings, verdict: Verdict) -> set[str]:
    return {one.title for one in found.of(verdict)}


def test_both_procedures_that_the_situation_tells_of_apply(found: Findings) -> None:
    assert titles(found, Verdict.APPLIES) == {
        "Families who do not engage",
        "Threats and violence towards staff",
    }


def test_each_reason_is_words_of_the_situation_and_words_of_the_procedure(
    found: Findings, manual: Store
) -> None:
    citations = {citation.number: citation for citation in found.citations}
    for one in found.of(Verdict.APPLIES):
        assert one.because
        for because in one.because:
            assert SITUATION[because.start : because.end] == because.situation
            assert citations[because.citation].document_id == one.document_id
    for citation in found.citations:
        stored = manual.register.quote(citation.document_id, citation.version, citation.start, citation.end)
        assert stored == citation.quote
        assert digest(stored) == citation.sha256


def test_what_the_situation_denies_does_not_apply_and_is_told_as_denied(found: Findings) -> None:
    missing = next(one for one in found.procedures if one.title.startswith("Children missing"))
    assert missing.verdict is Verdict.CONSIDERED
    assert [because.is_denied for because in missing.because] == [True]
    assert missing.because[0].situation.startswith("There is no sign")


def test_the_same_told_as_so_makes_it_apply(finder: Finder) -> None:
    found = finder.find(
        "A girl of 14 has gone missing from her foster home. She did not come back last night."
    )
    assert "Children missing from home or care" in titles(found, Verdict.APPLIES)


def test_the_duties_stand_by_time_and_must_before_should_before_may(found: Findings) -> None:
    order = [(step.hours is None, step.hours or 0.0, list(Verb).index(step.verb)) for step in found.steps]
    assert order == sorted(order)
    assert found.steps[0].hours == 0
    assert {step.verb for step in found.steps} == set(Verb)


def test_a_role_is_shown_its_own_duties_and_those_of_everybody(finder: Finder) -> None:
    roles = {role for step in finder.find(SITUATION, Role.HEALTH).steps for role in step.roles}
    assert Role.HEALTH in roles
    assert not roles & {Role.POLICE, Role.SOCIAL_CARE}


def test_two_procedures_that_disagree_on_a_limit_are_shown_with_both_quotes(found: Findings) -> None:
    citations = {citation.number: citation.quote for citation in found.citations}
    assert [{pair.one.limit.amount, pair.other.limit.amount} for pair in found.disagreements] == [{2, 5}]
    pair = found.disagreements[0]
    assert "2 working days" in citations[pair.one.citation] + citations[pair.other.citation]


def test_the_stages_are_a_ladder_where_professionals_disagree(finder: Finder) -> None:
    found = finder.find("Social care has closed the case. Our school disagrees with the decision.")
    assert found.ladder is not None
    assert [(rung.number, rung.deadline) for rung in found.ladder.rungs] == [
        (1, "1 working day"),
        (2, "2 working days"),
    ]


def test_learning_from_a_review_is_linked(found: Findings) -> None:
    citations = {citation.number: citation for citation in found.citations}
    assert any("closed door" in citations[lesson.citation].quote for lesson in found.lessons)


def test_no_lesson_hangs_on_what_is_denied(finder: Finder) -> None:
    told = "The parents shut out the health visitor and the door was closed."
    denied = "There is no sign that the parents shut out the health visitor at a closed door."
    missing = "A girl of 14 has gone missing from her foster home."
    assert told in {lesson.situation for lesson in finder.find(f"{missing} {told}").lessons}
    assert denied not in {lesson.situation for lesson in finder.find(f"{missing} {denied}").lessons}


def test_no_lesson_is_shown_where_no_procedure_may_apply(tmp_path: Path, manual: Store) -> None:
    library = write_library(tmp_path / "library", {"family-z.md": FILES["family-z.md"]})
    with open_store(settings_for(tmp_path / "data"), library, manual.embedder) as store:
        found = Finder(store, Replies(AnswerSettings())).find("The parents shut out the health visitor.")
    assert found.status is AnswerStatus.NOT_IN_CORPUS
    assert found.lessons == ()


def test_a_trigger_in_the_procedures_own_words_makes_it_apply_and_is_the_reason(finder: Finder) -> None:
    found = finder.find("A parent agrees to everything and nothing changes.")
    citations = {citation.number: citation.quote for citation in found.citations}
    engage = next(one for one in found.of(Verdict.APPLIES) if one.title == "Families who do not engage")
    assert "a parent agrees to everything" in citations[engage.because[0].citation]


def test_words_of_a_procedure_are_a_reason_once_beside_the_sentence_that_they_fit_best(
    finder: Finder,
) -> None:
    best = "A parent agrees to everything and nothing changes."
    found = finder.find(f"The mother says yes to everything and nothing is any different. {best}")
    engage = next(one for one in found.of(Verdict.APPLIES) if one.title == "Families who do not engage")
    words = [because.citation for because in engage.because]
    assert len(set(words)) == len(words)
    assert engage.because[0].situation == best


def test_details_of_a_real_person_are_sent_back_and_nothing_else(finder: Finder) -> None:
    found = finder.find("Tom Baker, born 3 March 2019, is not let in by his parents.")
    assert found.status is AnswerStatus.CASE_DATA
    assert (found.situation, found.procedures, found.citations) == ("", (), ())
    assert found.suggestion is not None
    assert "Tom Baker" not in found.suggestion


def test_danger_is_told_first_and_withholds_nothing(finder: Finder) -> None:
    found = finder.find("The father is hitting the health visitor now and he will not let her out. Help!")
    assert found.status is AnswerStatus.IMMEDIATE_DANGER
    assert found.signpost is not None
    assert "999" in found.signpost
    assert "Threats and violence towards staff" in titles(found, Verdict.APPLIES) | titles(
        found, Verdict.MAY_APPLY
    )


def test_danger_with_details_is_signposted_and_the_details_are_sent_back(finder: Finder) -> None:
    found = finder.find("Tom Baker is being beaten by his father right now. He is screaming.")
    assert found.status is AnswerStatus.IMMEDIATE_DANGER
    assert found.suggestion is not None
    assert found.procedures == ()
    assert "Tom Baker" not in found.message


@pytest.mark.parametrize(
    "text", ["The printer is broken. Who can repair it?", "How do I apply for annual leave in the summer?"]
)
def test_a_text_about_no_child_leads_to_no_procedure(finder: Finder, text: str) -> None:
    found = finder.find(text)
    assert found.status is AnswerStatus.NOT_IN_CORPUS
    assert found.of(Verdict.APPLIES) == found.of(Verdict.MAY_APPLY) == ()


def test_what_no_procedure_is_about_is_named_as_not_covered(finder: Finder) -> None:
    found = finder.find(
        "The parents refuse every visit. The mother is 20 weeks pregnant with an unborn baby."
    )
    assert found.status is AnswerStatus.PARTLY_ANSWERED
    assert found.not_covered == ("The mother is 20 weeks pregnant with an unborn baby.",)


def test_an_empty_text_asks_for_one(finder: Finder) -> None:
    assert finder.find(" \u200b ").status is AnswerStatus.OUT_OF_SCOPE


def test_the_permanent_link_holds_no_word_of_the_situation(found: Findings) -> None:
    assert found.link is not None
    assert found.link.startswith("/procedures?show=4-")
    assert not {"fist", "health", "visitor", "parents"} & set(found.link.replace("-", " ").split())


def test_a_library_without_procedures_says_so(tmp_path: Path, manual: Store) -> None:
    with Store(settings_for(tmp_path), "test", manual.embedder) as empty:
        found = Finder(empty, Replies(AnswerSettings())).find("The parents refuse every visit.")
    assert found.status is AnswerStatus.NOT_IN_CORPUS
    assert found.not_covered == ("The parents refuse every visit.",)


def test_without_a_store_danger_is_told_all_the_same() -> None:
    replies = Replies(AnswerSettings())
    assert unavailable("He is hitting her right now!", replies).status is AnswerStatus.IMMEDIATE_DANGER
    assert unavailable("The parents refuse visits.", replies).status is AnswerStatus.UNAVAILABLE


def test_a_procedure_that_is_taken_in_later_is_found_at_once(tmp_path: Path, manual: Store) -> None:
    settings = settings_for(tmp_path / "data")
    library = write_library(tmp_path / "library", {name: FILES[name] for name in list(FILES)[:1]})
    situation = "A girl of 14 has gone missing from her foster home. She did not come back last night."
    with open_store(settings, library, manual.embedder) as store:
        finder = Finder(store, Replies(AnswerSettings()))
        assert finder.find(situation).of(Verdict.APPLIES) == ()
        write_library(library, FILES)
        IngestPipeline(store, settings.ingest).run([library])
        assert "Children missing from home or care" in titles(finder.find(situation), Verdict.APPLIES)
