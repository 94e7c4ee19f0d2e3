"""Words that are English for certain: a question that holds one has not misspelt it."""

from __future__ import annotations

import json
from functools import cache

from corpus.embedding_models import small_model_folder


@cache
def english_words() -> frozenset[str]:
    """Some 20,000 common words, lower-case: the whole words in the vocabulary of the built-in embedder's
    tokenizer. Raises ModelError where its package is not installed."""
    text = (small_model_folder() / "tokenizer.json").read_text(encoding="utf-8")
    return frozenset(word for word in json.loads(text)["model"]["vocab"] if word.isalpha() and len(word) > 1)
