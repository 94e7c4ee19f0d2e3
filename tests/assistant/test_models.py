"""A chat model answers in time or not at all, and one that keeps failing is left alone for a while."""

from __future__ import annotations

import time
from typing import Any

import pytest
from langchain_core.messages import HumanMessage
from langchain_core.tracers.langchain import LangChainTracer
from langsmith.utils import get_env_var
from pydantic import SecretStr

from assistant.models import ChatModel, CircuitBreaker, Fault, ModelFault, open_chat_model
from corpus.errors import SettingsError
from corpus.settings import ChatSettings
from tests.scripted_model import HTTPFault, ScriptedModel

QUESTION = [HumanMessage("When?")]


class Clock:
    """Stands still until it is told to move."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def chat(model: ScriptedModel, clock: Clock | None = None, **settings: Any) -> tuple[ChatModel, list[float]]:
    """The model, and how long it slept between tries."""
    slept: list[float] = []
    given = ChatSettings(**({"model": "openai:scripted"} | settings))
    return ChatModel(model, given, clock or time.monotonic, slept.append), slept


def fault_of(model: ChatModel) -> Fault:
    with pytest.raises(ModelFault) as raised:
        list(model.stream(QUESTION))
    return raised.value.fault


def test_pieces_come_as_they_are_written() -> None:
    model, slept = chat(ScriptedModel(pieces=["a", "b"]))
    assert list(model.stream(QUESTION)) == ["a", "b"]
    assert slept == []


def test_a_passing_fault_is_tried_again_after_ever_longer_waits() -> None:
    scripted = ScriptedModel(pieces=["a"], faults=[HTTPFault(503), HTTPFault(429)])
    model, slept = chat(scripted)
    assert list(model.stream(QUESTION)) == ["a"]
    first, second = slept
    assert 0.5 <= first <= 0.75
    assert 1 <= second <= 1.5


def test_tries_are_bounded() -> None:
    scripted = ScriptedModel(pieces=["a"], faults=[HTTPFault(500)] * 9)
    assert fault_of(chat(scripted, max_retries=2)[0]) is Fault.FAILED
    assert len(scripted.seen) == 3


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_request_that_is_refused_is_not_sent_again(status: int) -> None:
    scripted = ScriptedModel(pieces=["a"], faults=[HTTPFault(status)] * 3)
    assert fault_of(chat(scripted)[0]) is Fault.FAILED
    assert len(scripted.seen) == 1


def test_nothing_is_tried_again_once_something_was_written() -> None:
    scripted = ScriptedModel(pieces=["a"], last_fault=HTTPFault(500))
    model, _ = chat(scripted)
    pieces = model.stream(QUESTION)
    assert next(pieces) == "a"
    with pytest.raises(ModelFault):
        next(pieces)
    assert len(scripted.seen) == 1


def test_silence_and_slowness_have_an_end() -> None:
    started = time.monotonic()
    assert fault_of(chat(ScriptedModel(pieces=["a"], seconds=3), chunk_seconds=0.1)[0]) is Fault.SLOW
    slow = ScriptedModel(pieces=["a"] * 100, seconds=0.05)
    assert fault_of(chat(slow, chunk_seconds=1, timeout_seconds=0.3)[0]) is Fault.SLOW
    assert time.monotonic() - started < 2


def test_after_faults_in_a_row_the_model_is_left_alone_and_then_tried_once() -> None:
    clock = Clock()
    scripted = ScriptedModel(pieces=["a"], faults=[HTTPFault(401)] * 4)
    model, _ = chat(scripted, clock, breaker_faults=3, breaker_seconds=60)
    assert [fault_of(model) for _ in range(4)] == [Fault.FAILED] * 3 + [Fault.LEFT_ALONE]
    clock.at = 61
    assert [fault_of(model) for _ in range(2)] == [Fault.FAILED, Fault.LEFT_ALONE]
    clock.at = 122
    assert list(model.stream(QUESTION)) == ["a"]
    assert list(model.stream(QUESTION)) == ["a"]


def test_only_one_tries_while_the_others_wait() -> None:
    clock = Clock()
    breaker = CircuitBreaker(faults=1, seconds=60, clock=clock)
    breaker.note(is_fault=True)
    clock.at = 60
    assert [breaker.allows() for _ in range(3)] == [True, False, False]


def test_whoever_has_enough_may_stop_and_that_is_no_fault() -> None:
    model, _ = chat(ScriptedModel(pieces=["a"] * 1_000), breaker_faults=1)
    pieces = model.stream(QUESTION)
    next(pieces)
    pieces.close()
    assert next(model.stream(QUESTION)) == "a"


def test_a_fault_says_its_kind_and_status(caplog: pytest.LogCaptureFixture) -> None:
    model, _ = chat(ScriptedModel(pieces=[], faults=[HTTPFault(404)]))
    with pytest.raises(ModelFault, match=r"model failed \(HTTPFault 404\)"):
        list(model.stream(QUESTION))
    assert "The chat model failed: HTTPFault 404" in caplog.text


def test_a_log_never_repeats_the_question(caplog: pytest.LogCaptureFixture) -> None:
    fault_of(chat(ScriptedModel(pieces=[], faults=[ValueError("When?")] * 3))[0])
    assert "ValueError" in caplog.text
    assert "When?" not in caplog.text


def test_an_openai_compatible_model_is_made_with_our_limits() -> None:
    settings = ChatSettings(
        model="openai:local", base_url="http://127.0.0.1:1/v1", api_key=SecretStr("k"), max_tokens=77
    )
    model = open_chat_model(settings)
    made: Any = model._model
    assert model.name == "openai:local"
    assert (made.model_name, made.max_tokens, made.max_retries) == ("local", 77, 0)
    assert str(made.openai_api_base) == "http://127.0.0.1:1/v1"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gpt", "has no provider. Write openai:name"),
        (":gpt", "has no provider. Write openai:name"),
        ("nobody:gpt", r"cannot be used: Unsupported provider='nobody'\. See docs/models\.md\."),
        ("groq:llama", r"is not installed\. .*langchain-groq"),
        ("openai:gpt", "cannot be used: .*api_key"),
    ],
)
def test_a_model_that_cannot_be_made_is_told_plainly(
    name: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match=told):
        open_chat_model(ChatSettings(model=name))


def test_a_package_that_is_an_extra_of_ours_is_named_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object, **__: object) -> None:
        raise ImportError("No module named 'langchain_openai'")

    monkeypatch.setattr("assistant.models.init_chat_model", absent)
    for provider, extra in (("azure_openai", "openai"), ("ollama", "ollama")):
        with pytest.raises(SettingsError, match=rf"Install `safeguarding-assistant\[{extra}\]`"):
            open_chat_model(ChatSettings(model=f"{provider}:gpt"))


def test_a_key_is_never_shown() -> None:
    assert "secret" not in repr(ChatSettings(model="openai:x", api_key=SecretStr("secret")))


def test_no_trace_of_a_question_goes_to_another_service(monkeypatch: pytest.MonkeyPatch) -> None:
    traced: list[str] = []

    def note(self: LangChainTracer, *_: object, **__: object) -> None:
        traced.append(type(self).__name__)

    monkeypatch.setattr(LangChainTracer, "on_chat_model_start", note)
    for name, value in (("TRACING", "true"), ("API_KEY", "none"), ("ENDPOINT", "http://127.0.0.1:9")):
        monkeypatch.setenv(f"LANGSMITH_{name}", value)
    get_env_var.cache_clear()
    try:
        model, _ = chat(ScriptedModel(pieces=["yes"]))
        assert list(model.stream(QUESTION)) == ["yes"]
    finally:
        get_env_var.cache_clear()
    assert traced == []
