"""Sound: tones have their frequency, files play what they were given."""

import io
import wave

import numpy as np
import pytest

from lessons.music import sound


@pytest.mark.parametrize(("pitch", "hertz"), [(69, 440), (57, 220), (81, 880)])
def test_a_tone_has_its_frequency(pitch, hertz):
    samples = sound.tone(pitch, 1.0)
    assert len(samples) == sound.RATE
    assert np.abs(np.fft.rfft(samples)).argmax() == hertz
    assert np.abs(samples).max() <= 1
    # No click: it begins and ends in silence.
    assert abs(samples[0]) < 0.01 and abs(samples[-1]) < 0.01


def test_a_melody_lasts_as_long_as_its_notes():
    notes = np.array([[60, 4], [62, 2], [64, 2]])
    samples = sound.melody(notes, quarter=0.5)
    assert len(samples) == sound.RATE
    second = samples[sound.RATE // 2 : 3 * sound.RATE // 4]
    np.testing.assert_allclose(second, sound.tone(62, 0.25))


def test_the_file_is_small_and_plays_what_it_was_given():
    samples = sound.melody(np.array([[69, 4], [71, 4]]))
    content = sound.wav(samples)
    with wave.open(io.BytesIO(content)) as file:
        assert file.getparams()[:3] == (1, 1, sound.RATE)
        played = np.frombuffer(file.readframes(len(samples)), dtype=np.uint8)
    assert len(content) < len(samples) + 100
    np.testing.assert_allclose((played - 127.5) / 127, samples, atol=0.005)


def test_players_have_names(capsys):
    sound.hear({"a scale": np.array([[60 + n % 12, 1] for n in range(40)])})
    assert "a scale" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: sound.melody(np.zeros((0, 2))), "notes takes shape"),
        (lambda: sound.melody(np.zeros(2)), "notes takes shape"),
        (lambda: sound.melody(np.ones((1, 2)), quarter=0), "quarter takes"),
        (lambda: sound.tone(60, -1), "seconds takes a finite number >= 0"),
        (lambda: sound.wav(np.array([1.5])), "values from -1 to 1"),
        (lambda: sound.wav(np.zeros(2), rate=0), "rate takes an integer"),
    ],
)
def test_what_cannot_be_heard_is_refused(call, match):
    with pytest.raises(ValueError, match=match):
        call()
