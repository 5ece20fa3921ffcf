"""The best classifier in NumPy is the network it came from."""

import numpy as np
import pytest

from leaderboard import recurrent
from leaderboard.shipped import bigru
from utils.classify import evidence, store
from utils.classify.bigru import BiGRUClassifier
from utils.classify.padding import flat, gather, pad_ids, token_positions

pytestmark = pytest.mark.slow  # takes seconds

CHUNK = store.facts("bigru")["words_of_a_piece"]

WORDS = ["a", "wonderful", "cast", "wasted", "on", "terrible", "zzyzx", "not"]


@pytest.fixture(scope="module")
def reader():
    return BiGRUClassifier()


@pytest.fixture(scope="module")
def texts(reader):
    """Ids of texts of 1 to 420 words."""
    rng = np.random.default_rng(0)
    lengths = (1, 3, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 130, 400)
    return [reader.ids(rng.choice(WORDS, length)) for length in lengths]


@pytest.fixture(scope="module")
def model(reader, request):
    request.getfixturevalue("keras")
    arrays = reader._arrays
    network = recurrent.network(
        bigru.RECIPE, arrays["vectors"].astype(np.float32)
    )
    gru = [
        arrays[f"{way}_{part}"]
        for way in ("forward", "backward")
        for part in ("kernel", "recurrent_kernel", "bias")
    ]
    last = [arrays["output_kernel"], arrays["output_bias"]]
    network.set_weights([network.get_weights()[0], *gru, *last])
    return network


def test_answers_are_those_of_keras(reader, model, texts):
    words = flat(texts)
    beside = evidence.transform(reader._tables, words)
    where = token_positions(words.lengths, bigru.RECIPE.timesteps)
    inputs = [
        pad_ids(words, where),
        gather(beside, words.offsets, where).astype(np.float32),
    ]
    expected = np.array(model(inputs))[:, 0]
    np.testing.assert_allclose(reader.answers(texts), expected, atol=1e-5)
    assert expected.std() > 0.05


def test_reading_word_by_word_is_answering_every_beginning(reader, texts):
    for text in texts[:-1]:
        beginnings = [text[:end] for end in range(1, len(text) + 1)]
        probabilities, states = reader.read(text)
        np.testing.assert_allclose(
            probabilities, reader.answers(beginnings), atol=1e-5
        )
        assert states.shape == (len(text), 2 * bigru.RECIPE.units)


def test_states_after_the_text_know_its_piece_only(reader, texts):
    text = texts[6]
    _, states = reader.read(text)
    _, alone = reader.read(text[CHUNK : 2 * CHUNK])
    whole = slice(CHUNK + 2, 2 * CHUNK)
    # Its first two words have evidence from the piece before.
    assert not np.allclose(states[CHUNK], alone[0], atol=1e-3)
    assert np.abs(states[whole] - alone[2:]).max() < 0.5


def test_the_evidence_is_that_of_the_training(reader):
    good, bad, nothing = (
        evidence.transform(reader._tables, flat([reader.ids([word])]))[0, 0]
        for word in ("wonderful", "terrible", "the")
    )
    assert good > 1 and bad < -1 and abs(nothing) < 0.1


def test_the_file_keeps_its_size_and_its_promise():
    size = (store.FOLDER / "bigru.npz").stat().st_size
    assert size < 10_000_000
    assert store.facts("bigru")["validation_accuracy"] > 0.92
