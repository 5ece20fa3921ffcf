"""The exercises of lesson 12: the next note of a melody."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import numpy as np

from lessons.music import models
from utils.exercises import Demand, Function, Model, Number, Question, Sheet

SHEET = Sheet(12)


@SHEET.exercise
def moved(draw: Random) -> Question:
    """Recall: into the common key, the shorter way."""
    # With 2, 3 or 4 signs a semitone a sign is as far: a mistake not seen.
    count, sign = draw.choice([1, 5]), draw.choice([1, -1])
    pitch = draw.randint(62, 74)
    shift = (-7 * sign * count + 6) % 12 - 6
    kind = ("sharp" if sign == 1 else "flat") + "s" * (count > 1)
    answer = pitch + shift
    return Number(
        text=(
            f"A chorale is written with {count} {kind}. It is moved into the "
            f"common key as in the lesson. Its first note has the MIDI pitch "
            f"{pitch}. Which pitch has it afterwards?"
        ),
        answer=answer,
        mistakes={
            pitch - shift: (
                "you moved the note the wrong way: sharps are taken away, "
                "and flats too."
            ),
            pitch - 7 * sign * count: (
                "so many fifths are right, but octaves do not matter: the "
                "shorter way is taken."
            ),
            pitch + 7 * sign * count: (
                "you added the fifths of the signature once more, and went "
                "the long way."
            ),
            pitch - sign * count: (
                "a sharp or a flat stands for a fifth, which is 7 semitones "
                "and not 1."
            ),
            shift: "this is how far the note moves, not where it arrives.",
            pitch + shift + 12: "that is an octave too high.",
            pitch + shift - 12: "that is an octave too low.",
        },
        because="that many fifths, and then octaves until the way is short.",
        hint="go through the function shift of the lesson with your number; "
        "flats are negative.",
    )


@SHEET.exercise
def smoothed(draw: Random) -> Question:
    """Use: smoothed counts, by hand."""
    to_c, to_d = draw.sample(range(2, 9), 2)
    before = draw.choice([10, 15, 20, 25, 30])
    strength = draw.choice([6, 10, 12, 20])
    total, shorter = to_c + to_d, before / 100
    return Number(
        text=(
            f"After some note a chain of order 1 has counted {to_c} times C, "
            f"{to_d} times D, and nothing else. The chain of order 0 gives C "
            f"a probability of {shorter}. What is the smoothed probability "
            f"of C with the strength s = {strength}? Give three decimals."
        ),
        answer=(to_c + strength * shorter) / (total + strength),
        mistakes={
            to_c / total: "this is what the counts say, without smoothing.",
            (to_c + shorter) / (total + 1): (
                "you smoothed with a strength of 1."
            ),
            (to_c + strength * shorter) / total: (
                "the strength adds observations below the line as well."
            ),
            (to_c + strength) / (total + strength): (
                "you gave all the added observations to C; the shorter "
                "chain gives it a part of them."
            ),
            to_c / (total + strength): (
                "the shorter chain has its say only below the line: above "
                "it something is missing."
            ),
            (to_c / total + shorter) / 2: (
                "you took the mean of both chains; the strength decides how "
                "they are mixed."
            ),
        },
        tolerance=6e-4,
        because="counts and s imagined observations, both above and below.",
        hint="imagine s more observations, shared out as the shorter chain "
        "says, and count again.",
    )


@SHEET.exercise
def perplexity(draw: Random) -> Question:
    """Use: from the probabilities of the right notes to the perplexity."""
    powers = draw.choice(
        [(1, 2, 3), (1, 3, 5), (1, 1, 4), (2, 3, 4), (1, 4, 4), (1, 2, 6)]
    )
    powers = draw.sample(powers, 3)
    faces = [2**power for power in powers]
    shown = ", ".join(f"1/{face}" for face in faces)
    answer = 2 ** (sum(powers) // 3)
    mean = sum(1 / face for face in faces) / 3
    return Number(
        text=(
            "Three questions were asked. To the notes that really came, a "
            f"model had given the probabilities {shown}. What is its "
            "perplexity?"
        ),
        answer=float(answer),
        mistakes={
            sum(faces) / 3: (
                "you took the mean of the faces; the cross-entropy is a mean "
                "of logarithms."
            ),
            1 / mean: (
                "you took the mean of the probabilities first; the logarithm "
                "comes before the mean."
            ),
            math.log(answer): (
                "this is the mean cross-entropy in nats: its exponential is "
                "still to be taken."
            ),
            math.log2(answer): (
                "this is the cross-entropy to the base 2; the perplexity is "
                "its power."
            ),
            float(answer**3): (
                "you multiplied them all: the mean of the logarithms divides "
                "by the number of questions."
            ),
            1 / answer: "this is its inverse: count the faces of a die.",
        },
        tolerance=2e-3,
        because="as uncertain as somebody who throws a fair die.",
        hint="take minus the logarithm of each, then the mean, then the "
        "exponential.",
    )


@SHEET.exercise
def temperature(draw: Random) -> Question:
    """Turned round: from what is drawn back to the temperature."""
    base = draw.choice([2, 3])
    power = draw.choice([4, 5])
    cold = draw.choice([True, False])
    before, after = (base, base**power) if cold else (base**power, base)
    answer = 1 / power if cold else float(power)
    return Number(
        text=(
            f"A network holds the note C to be {before} times as probable as "
            f"D. At some temperature C was drawn {after} times as often as "
            "D, over many draws. What was the temperature?"
        ),
        answer=answer,
        mistakes={
            1 / answer: (
                "this is the power, one divided by the temperature: hot or "
                "cold, which makes the difference larger?"
            ),
            after / before: (
                "a temperature is no factor: it stands in the exponent."
            ),
            before / after: (
                "a temperature is no factor: it stands in the exponent."
            ),
            1.0: "at 1 the notes are drawn as the network believes.",
        },
        tolerance=2e-3,
        because="one ratio is the other one raised to the power 1/T.",
        hint="divide the formula for C by the formula for D: the sum below "
        "the line goes away, and two logarithms give the rest.",
    )


@SHEET.exercise
def rows(_: Random) -> Question:
    """Design: cut one melody into inputs and targets."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray, int]:
        length, size = generator.integers(9, 14), generator.integers(3, 6)
        return generator.integers(0, 8, (length, 2)), int(size)

    def cut(melody: np.ndarray, size: int, more: int = 1) -> np.ndarray:
        starts = range(len(melody) - size - more + 1)
        return np.array([melody[s : s + size + more] for s in starts])

    def reference(melody: np.ndarray, size: int) -> np.ndarray:
        whole = cut(melody, size)
        return np.stack([whole[:, :-1], whole[:, 1:]])

    return Function(
        text=(
            "Write a function rows(melody, size). A melody is an array of "
            "ids, (notes, 2). It returns x and y, both (rows, size, 2), with "
            "a row for every start that has a target: y is x, one note "
            "later. Do not use corpus.windows."
        ),
        reference=reference,
        inputs=inputs,
        mistakes=[
            (
                lambda melody, size: reference(melody, size)[0],
                "your function returns the inputs alone.",
            ),
            (
                lambda melody, size: reference(melody, size)[::-1],
                "inputs and targets have changed places.",
            ),
            (
                lambda melody, size: np.stack([cut(melody, size)[:, :-1]] * 2),
                "your targets are the inputs: a network would only have to "
                "repeat what it hears.",
            ),
            (
                lambda melody, size: np.stack([cut(melody, size, 0)] * 2),
                "your targets are the inputs, and the last row has nothing "
                "that could follow.",
            ),
            (
                lambda melody, size: reference(melody, size)[:, ::size],
                "your rows do not overlap: every note can begin one.",
            ),
            (
                lambda melody, size: reference(melody, size)[:, :-1],
                "your last row is missing: one more start has a target.",
            ),
        ],
        because="each row and the same row one note later.",
        hint="cut rows of size + 1 notes first, and take the last note off "
        "for x and the first for y.",
    )


@SHEET.exercise
def three_heads(draw: Random) -> Question:
    """Design: a model with one more answer."""
    pitches, lengths = draw.sample(range(12, 40), 2)
    units = draw.randint(8, 30)

    def build(
        *,
        sizes: tuple[int, ...] = (pitches, lengths, 2),
        states: bool = True,
        both_ways: bool = False,
        activation: str = "softmax",
        size: int = units,
        layer: str = "LSTM",
        rows: tuple[int, int] = (pitches, lengths),
    ) -> Any:
        """Return a model with a head for each size."""
        import keras
        from keras import layers

        notes = keras.Input((None, 2), dtype="int32")
        pitch = layers.Embedding(rows[0], 4)(notes[..., 0])
        length = layers.Embedding(rows[1], 4)(notes[..., 1])
        vectors = layers.Concatenate()([pitch, length])
        kind = getattr(layers, layer)
        reader = kind(size, return_sequences=states)
        if both_ways:
            reader = layers.Bidirectional(reader)
        hidden = reader(vectors)
        heads = [layers.Dense(n, activation=activation) for n in sizes]
        return keras.Model(notes, [head(hidden) for head in heads])

    return Model(
        text=(
            "Build a model for music that is to be sung. It reads notes as "
            f"in the lesson, ids of {pitches} pitches and {lengths} lengths "
            f"in the shape (None, 2), with an LSTM({units}). After every "
            "note it gives three lists of probabilities, in this order: "
            f"{pitches} for the pitch and {lengths} for the length of the "
            "next note, and 2 for whether the singer breathes now. Dropout "
            "may be left out."
        ),
        build=build,
        demands=[
            Demand(
                lambda model: model.input_shape == (None, None, 2),
                "the input is not what the question says: keras.Input takes "
                "steps of any number and two ids at each.",
                lambda: models.other_input(pitches, lengths, units),
            ),
            Demand(
                lambda model: len(model.outputs) == 3,
                "three answers are asked for: give keras.Model a list of "
                "three outputs.",
                lambda: build(sizes=(pitches, lengths)),
            ),
            Demand(
                lambda model: {len(o.shape) for o in model.outputs} == {3},
                "your model answers once, after the last note: its LSTM "
                "hands on the last state only.",
                lambda: build(states=False),
            ),
            Demand(
                lambda model: (
                    [o.shape[-1] for o in model.outputs]
                    == [pitches, lengths, 2]
                ),
                "one of the three outputs has the wrong number of neurons, "
                "or they are in another order.",
                lambda: build(sizes=(lengths, pitches, 2)),
            ),
            Demand(
                lambda model: models.lstms(model) != [],
                "the question asks for the layer LSTM, and there is none in "
                "your model.",
                lambda: build(layer="GRU"),
            ),
            Demand(
                lambda model: models.lstms(model) == [units],
                f"one LSTM with {units} units was asked for; yours is "
                "another one.",
                lambda: build(size=units + 1),
            ),
            Demand(
                models.sums_to_one,
                "what leaves your heads are no probabilities: they do not "
                "add up to 1 at a step.",
                lambda: build(activation="sigmoid"),
            ),
            Demand(
                models.is_causal,
                "your model hears the later notes before it answers: in use "
                "they have not been sung yet.",
                lambda: build(both_ways=True),
            ),
            Demand(
                models.remembers,
                "what came first does not change your later answers: the "
                "heads do not read the LSTM's states.",
                lambda: models.beside_lstm(pitches, lengths, units),
            ),
            Demand(
                models.hears_both,
                "one of the two ids changes nothing: read the pitch and the "
                "length of every note.",
                lambda: models.reads_pitch_only(pitches, lengths, units),
            ),
            Demand(
                lambda model: models.takes_all_ids(model, pitches, lengths),
                "an embedding has too few rows: it needs one for each id.",
                lambda: build(rows=(12, 12)),
            ),
        ],
        because="all the states of one LSTM, and three softmax heads on them.",
        hint="the lesson's model has a list called answers_to: what would "
        "you add to it?",
    )
