"""A recorded conversation as a Markdown document, to be read or filed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.archive import RecordedAnswer
from assistant.markdown import escaped
from corpus.passages import Citation


def as_markdown(records: Sequence[RecordedAnswer]) -> str:
    """Question, answer and cited words of each record, with the place that they stand at."""
    return "\n\n".join(["# Conversation", *(block for record in records for block in _blocks(record))]) + "\n"


def _blocks(record: RecordedAnswer) -> Iterator[str]:
    answer = record.answer
    yield f"## {record.at:%d %B %Y, %H:%M} UTC"
    if answer.question:
        yield f"**Question:** {escaped(answer.question)}"
    if answer.message:
        yield escaped(answer.message)
    for notice in answer.notices:
        yield escaped(notice.text)
    for sentence in answer.sentences:
        numbers = "".join(f"\\[{number}\\]" for number in sentence.citations)
        yield f"- {escaped(sentence.text, '  ')} {numbers}"
    said = {sentence.text for sentence in answer.sentences}
    for citation in answer.citations:
        yield _citation(citation, with_quote=citation.quote not in said)
    if answer.further:
        yield "Named below the answer:"
    for citation in answer.further:
        yield _citation(citation, with_quote=True)
    yield f"Status: {answer.status.value.replace('_', ' ')}. Record: {answer.id}."


def _citation(citation: Citation, *, with_quote: bool) -> str:
    """The permanent link, relative to the service, to the place of the words."""
    trail = escaped(", ".join(citation.heading_trail) or citation.title)
    page = f", page {citation.page}" if citation.page else ""
    place = f"{trail}, {escaped(citation.anchor)}{page}, version {citation.version}"
    quote = f": “{escaped(citation.quote)}”" if with_quote else ""
    return f"\\[{citation.number}\\] [{place}]({citation.url}){quote}"
