"""The built-in model gives the vectors of its makers' own software, without that software."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModel, PreTrainedTokenizerFast

from corpus.embedding import MAX_TOKENS, OnnxEmbedder, batches, open_embedder
from corpus.embedding_models import LARGE, SMALL, TOKENIZER, small_model_folder
from corpus.errors import ModelError
from corpus.settings import EmbeddingSettings
from corpus.word_pieces import signs_of

SENTENCES = (
    "The social worker must see the child alone within one working day.",
    "Parents should be told, unless that puts the child at risk.",
    "A strategy discussion is held with the police and health.",
    "Who chairs the initial child protection conference?",
)
VARIED = [
    *SENTENCES,
    "",
    " ",
    ".",
    "a",
    "8.3.12",
    "Section 47",
    "WORKING TOGETHER 2026",
    "Café – “naïve” résumé; façade… £5 §47 ½",
    "ребёнок в опасности",
    "子どもを守る",
    "الطفل في خطر",
    "👪 🚸 ‼️",
    "a\u0301e\u0301 fi ﬁ ß İ",
    "line one\nline two\n\n\ttabbed\u00a0space",
    "\x00\x01 control \u200b marks",
    "Safeguardingpartnershiparrangements" * 4,
    "x" * 5_000,
    " ".join(SENTENCES) * 3,
    "must see the child " * (MAX_TOKENS // 4),
    "must see the child " * (MAX_TOKENS // 4 + 1),
    "must see the child " * 400,
    "one two three. " * 2_000,
    *(f"{sentence} {number}" for number in range(5) for sentence in SENTENCES),
]


@pytest.fixture(scope="module")
def built_in() -> OnnxEmbedder:
    return OnnxEmbedder(SMALL, EmbeddingSettings().cache_dir)


def test_the_vectors_are_those_of_sentence_transformers(built_in: OnnxEmbedder) -> None:
    theirs = open_embedder(EmbeddingSettings(model=str(small_model_folder())))

    cosines = (built_in.embed(VARIED) * theirs.embed(VARIED)).sum(axis=1)

    assert cosines.min() >= 0.9999
    assert theirs.fingerprint == "sentence-transformers:model@53aa51172d14+pieces"


def test_eight_bits_keep_the_vectors_of_the_larger_model(tmp_path: Path) -> None:
    ours = OnnxEmbedder(LARGE, EmbeddingSettings().cache_dir)
    texts = VARIED[:12]

    with LARGE.source(tmp_path) as folder:
        theirs = AutoModel.from_pretrained(folder, use_safetensors=True, local_files_only=True).eval()
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / TOKENIZER))
    for text, vector in zip(texts, ours.embed(texts), strict=True):
        ids = torch.tensor([tokenizer(text, truncation=True, max_length=MAX_TOKENS)["input_ids"]])
        with torch.no_grad():
            expected = theirs(input_ids=ids).last_hidden_state[0].mean(dim=0).numpy()
        assert vector @ expected / np.linalg.norm(expected) >= 0.99, text


def test_what_stands_beside_a_text_leaves_its_vector_alone() -> None:
    ours = OnnxEmbedder(LARGE, EmbeddingSettings().cache_dir)
    alone = [ours.embed([text])[0] for text in VARIED[:8]]

    for own, together in zip(alone, ours.embed(VARIED[:8]), strict=True):
        assert own @ together >= 0.999


def test_both_backends_see_the_same_word_pieces_with_nearly_the_same_signs(built_in: OnnxEmbedder) -> None:
    theirs = open_embedder(EmbeddingSettings(model=str(small_model_folder())))

    vectors, ours = built_in.embed_with_pieces(VARIED)

    assert np.array_equal(vectors, built_in.embed(VARIED))
    their_vectors, their_pieces = theirs.embed_with_pieces(VARIED)
    assert (vectors * their_vectors).sum(axis=1).min() >= 0.9999
    for text, own, other in zip(VARIED, ours, their_pieces, strict=True):
        assert own.spans == tuple(map(tuple, other.spans)), text
        apart = np.bitwise_count(own.signs ^ other.signs).sum(axis=1)
        assert not len(apart) or apart.max() <= 4, text


def test_the_larger_model_s_word_pieces_are_told_by_its_middle_layers(tmp_path: Path) -> None:
    ours = OnnxEmbedder(LARGE, EmbeddingSettings().cache_dir)

    with LARGE.source(tmp_path) as folder:
        theirs = AutoModel.from_pretrained(folder, use_safetensors=True, local_files_only=True).eval()
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / TOKENIZER))
    without_commas = [text for text in SENTENCES if "," not in text]
    for text, pieces in zip(without_commas, ours.embed_with_pieces(without_commas)[1], strict=True):
        with torch.no_grad():
            hidden = theirs(**tokenizer(text, return_tensors="pt"), output_hidden_states=True).hidden_states
        middle = torch.stack(hidden[6:12]).mean(dim=0)[0].numpy()
        # Without the marks at both ends and the full stop or question mark.
        apart = np.bitwise_count(pieces.signs ^ signs_of(middle[1:-2])).sum(axis=1)
        assert apart.mean() <= 768 * 0.03, text


def test_a_word_piece_knows_the_characters_that_it_stands_for(built_in: OnnxEmbedder) -> None:
    text = "Café: she's safeguarding 47 children – now."

    [pieces] = built_in.embed_with_pieces([text])[1]

    words = ["Café", "she", "s", "safeguard", "ing", "47", "children", "now"]
    assert [text[start:end] for start, end in pieces.spans] == words


def test_vectors_have_the_length_one_and_keep_the_order_of_their_texts(built_in: OnnxEmbedder) -> None:
    texts = VARIED[:15] + VARIED[-20:]
    vectors = built_in.embed(texts)

    assert (vectors.dtype, vectors.shape) == (np.dtype(np.float32), (len(texts), 384))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    for row in (0, 5, 12, 24):
        alone = built_in.embed([texts[row]])[0]
        assert alone @ vectors[row] == pytest.approx(1, abs=1e-5)


def test_no_texts_give_no_vectors(built_in: OnnxEmbedder) -> None:
    assert built_in.embed([]).shape[0] == 0


def test_what_lies_beyond_the_models_reach_does_not_count(built_in: OnnxEmbedder) -> None:
    long = "must see the child " * 400

    one, other = built_in.embed([long + "today", long + "never, said the police"])

    assert np.array_equal(one, other)


def test_eight_threads_get_the_same_vectors(built_in: OnnxEmbedder) -> None:
    fresh = OnnxEmbedder(SMALL, EmbeddingSettings().cache_dir)  # not loaded yet: the first use is shared too
    batches = [VARIED[:16][start::4] for start in range(4)] * 4
    expected = [built_in.embed(batch) for batch in batches]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(fresh.embed, batches))

    assert all(np.array_equal(one, other) for one, other in zip(found, expected, strict=True))


def test_no_pass_of_the_model_has_more_tokens_than_two_of_the_longest_texts() -> None:
    lengths = [3, MAX_TOKENS, 40, 7, *[MAX_TOKENS] * 4, *[30] * 20, 100]
    order = sorted(range(len(lengths)), key=lengths.__getitem__)

    found = list(batches(order, lengths, 8))

    assert [text for batch in found for text in batch] == order
    assert max(len(batch) for batch in found) == 8
    assert max(len(batch) * max(lengths[text] for text in batch) for batch in found) == 2 * MAX_TOKENS


def test_texts_together_have_the_vectors_that_they_have_alone(built_in: OnnxEmbedder) -> None:
    together = built_in.embed(VARIED)

    alone = np.concatenate([built_in.embed([text]) for text in VARIED])

    assert (together * alone).sum(axis=1).min() >= 0.9999


def test_torch_is_not_imported_by_opening_a_store_and_embedding(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from corpus.settings import Settings
from corpus.store import Store
with Store(Settings(data_dir=Path(sys.argv[1])), "ask") as store:
    vector = store.embedder.embed(["Who chairs the conference?"])[0]
    assert store.indexes.vectors.search(vector, 5) == []
print(sorted({"torch", "transformers", "sentence_transformers"} & sys.modules.keys()))
"""
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stdout.strip()) == (0, "[]"), run.stderr


def test_the_settings_choose_the_embedder(tmp_path: Path) -> None:
    usual, small = (open_embedder(EmbeddingSettings(**chosen)) for chosen in ({}, {"model": SMALL.name}))
    assert usual.fingerprint == "onnx-int8:all-mpnet-base-v2@78c0197b6159+pieces6-11"
    assert small.fingerprint == "onnx-fp32:all-MiniLM-L6-v2@53aa51172d14+pieces6-6"

    with pytest.raises(ModelError, match=r"it holds no model\.safetensors\. Set ASSISTANT_EMBEDDING__MODEL"):
        open_embedder(EmbeddingSettings(model=str(tmp_path)))


def test_a_folder_with_half_a_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"half")

    with pytest.raises(ModelError, match=r"cannot be loaded: .* Set ASSISTANT_EMBEDDING__MODEL to a whole"):
        open_embedder(EmbeddingSettings(model=str(tmp_path)))
