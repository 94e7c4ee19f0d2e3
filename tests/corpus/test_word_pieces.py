"""Word pieces are kept by the signs of their vectors, which tell how near two of them are."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.word_pieces import pieces_of, signs_of, signs_width


def test_pieces_without_a_letter_or_digit_are_left_out() -> None:
    text = "Who? [47]"
    spans = [(0, 0), (0, 3), (3, 4), (5, 6), (6, 8), (8, 9), (0, 0)]

    pieces = pieces_of(np.ones((7, 64), dtype=np.float32), spans, text)

    assert pieces.spans == ((0, 3), (6, 8))
    assert pieces.signs.shape == (2, 1)


@pytest.mark.parametrize("dimensions", [8, 64, 100, 384])
def test_as_many_signs_differ_as_dimensions_have_another_sign(dimensions: int) -> None:
    rng = np.random.default_rng(dimensions)
    one, other = rng.standard_normal((2, dimensions)).astype(np.float32)

    signs = signs_of(np.stack([one, other]))

    assert signs.shape == (2, signs_width(dimensions))
    assert np.bitwise_count(signs[0] ^ signs[1]).sum() == ((one > 0) != (other > 0)).sum()


def test_a_text_without_words_has_no_pieces() -> None:
    assert len(pieces_of(np.empty((0, 64), dtype=np.float32), [], "?!").signs) == 0
