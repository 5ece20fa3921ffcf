"""Melodies as sound, small enough to be kept in a notebook."""

from __future__ import annotations

import io
import wave
from collections.abc import Mapping

import numpy as np
from IPython.display import Audio, display

from utils.errors import check_integer, check_number

RATE = 6_400
"""Samples a second: enough for tones below 3,200 Hz, which three times
the frequency of the highest note is."""

OVERTONES = (1.0, 0.4, 0.15)
"""How loud the fundamental is, and the tones of two and three times it."""

FADE = 0.02
"""Seconds in which a note swells and dies away, so that nothing clicks."""


def frequency(pitch: float) -> float:
    """Return the Hz of a MIDI pitch: 440 for 69, doubled every 12."""
    return 440 * 2 ** ((pitch - 69) / 12)


def tone(pitch: float, seconds: float, *, rate: int = RATE) -> np.ndarray:
    """Return one note: a few overtones that fade slowly.

    Args:
        pitch: MIDI pitch.
        seconds: How long, above 0.
        rate: Samples a second.

    Returns:
        Samples between -1 and 1, (seconds * rate,).
    """
    check_number("seconds", seconds, minimum=0)
    time = np.arange(round(seconds * rate)) / rate
    phase = 2 * np.pi * frequency(pitch) * time
    wave_form = sum(
        loudness * np.sin(number * phase)
        for number, loudness in enumerate(OVERTONES, start=1)
    )
    ends = np.minimum(time, seconds - time) / FADE
    swell = np.clip(ends, 0, 1) * np.exp(-1.5 * time)
    return wave_form * swell / sum(OVERTONES)


def melody(
    notes: np.ndarray, *, quarter: float = 0.35, rate: int = RATE
) -> np.ndarray:
    """Return a melody's samples, one note after another.

    Args:
        notes: MIDI pitch and sixteenths, (notes, 2).
        quarter: Seconds a quarter note lasts.
        rate: Samples a second.

    Raises:
        ValueError: ``notes`` has not two columns, or none.
    """
    notes = np.asarray(notes)
    if notes.ndim != 2 or notes.shape[1] != 2 or not len(notes):
        raise ValueError(f"notes takes shape (notes, 2), got {notes.shape}")
    sixteenth = check_number("quarter", quarter, minimum=0.01) / 4
    return np.concatenate(
        [tone(p, length * sixteenth, rate=rate) for p, length in notes]
    )


def hear(melodies: Mapping[str, np.ndarray]) -> None:
    """Show a player for the notes 17 to 36 of each melody.

    Args:
        melodies: Name -> MIDI pitch and sixteenths, (notes, 2).
    """
    for name, notes in melodies.items():
        print(name)
        display(Audio(wav(melody(notes[16:36], quarter=0.25))))


def wav(samples: np.ndarray, *, rate: int = RATE) -> bytes:
    """Return samples as a WAV file of 8 bits a sample.

    ``IPython.display.Audio`` would take 16; half of that sounds a little
    rougher and keeps the notebook small.

    Args:
        samples: Between -1 and 1, (samples,).
        rate: Samples a second.

    Raises:
        ValueError: A sample is outside.
    """
    rate = check_integer("rate", rate, minimum=1)
    if np.abs(samples).max(initial=0) > 1:
        raise ValueError("samples takes values from -1 to 1, got larger ones")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(rate)
        steps = np.round(127.5 + 127 * np.asarray(samples))
        file.writeframes(steps.astype(np.uint8).tobytes())
    return buffer.getvalue()
