"""The exercises of lesson 01: what order adds to data."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from utils.exercises import (
    Array,
    Demand,
    Model,
    MultipleChoice,
    Number,
    Question,
    Sheet,
    SingleChoice,
)
from utils.tasks import twins

SHEET = Sheet(1)

TASKS = {
    "sequence to vector": (
        "From 24 hourly prices, say whether the price rises tomorrow.",
        "From the words of an e-mail, say whether it is spam.",
        "From a minute of heartbeats, say whether the heart is healthy.",
    ),
    "vector to sequence": (
        "From one number, the style, write a tune of 16 notes.",
        "From the picture of a dish, write its recipe.",
    ),
    "sequence to sequence": (
        "While a film runs, say for every image whether a face is in it.",
        "For each word of a sentence, say whether it is a verb.",
    ),
    "delayed sequence to sequence": (
        "Answer a question of a customer in a sentence of your own, once you "
        "have read it.",
        "Read a paragraph to its end and then write a summary of it.",
    ),
}
NOT_SO = {
    "sequence to vector": (
        "that shape gives a single answer, and this task asks for several."
    ),
    "vector to sequence": (
        "there everything goes in at the first step; here the input itself "
        "comes step by step."
    ),
    "sequence to sequence": (
        "there an answer leaves the network at every step that goes in: "
        "count the answers and look when they come."
    ),
    "delayed sequence to sequence": (
        "there many things go in, and only after the last of them do many "
        "come out: look at how many go in, how many come out, and when."
    ),
}
REASONS = {
    "sequence to vector": "many steps go in, one answer comes out.",
    "vector to sequence": "one thing goes in, an answer grows step by step.",
    "sequence to sequence": "every step that goes in gets its answer.",
    "delayed sequence to sequence": (
        "the answer needs the whole input, so it begins after the last step."
    ),
}


@SHEET.exercise
def shape(draw: Random) -> Question:
    """Recall: the shape of a task."""
    right = draw.choice(list(TASKS))
    return SingleChoice(
        text=f"Which shape has this task? {draw.choice(TASKS[right])}",
        right=right,
        mistakes={name: NOT_SO[name] for name in TASKS if name != right},
        draw=draw,
        because=REASONS[right],
        hint="ask three questions: how many things go in, how many come out, "
        "and does the first answer wait for the last input?",
    )


@SHEET.exercise
def table(draw: Random) -> Question:
    """Use: a sentence as rows of ones and zeros."""
    vocabulary = draw.sample(["we", "you", "see", "hear", "all", "now"], 4)
    words = draw.sample(vocabulary, 3)
    words.append(words[0])
    ids = [vocabulary.index(word) for word in words]
    rows = np.eye(4)[ids]
    return Array(
        text=(
            f"The vocabulary is {', '.join(vocabulary)}, in this order. "
            f'Write the sentence "{" ".join(words)}" as a table with one '
            "one-hot row for each time step."
        ),
        answer=rows,
        mistakes=[
            (
                rows.T,
                "your vectors stand upright: in an array each time step is a "
                "row.",
            ),
            (
                np.array(ids),
                "these are the numbers of the words; each of them still has "
                "to become a row.",
            ),
            (
                np.array(ids) + 1,
                "these are numbers of the words, and each of them still has "
                "to become a row.",
            ),
            (
                rows.sum(axis=0),
                "this is the bag of words: it has lost the order.",
            ),
            (
                np.eye(4),
                "these are the rows of the vocabulary; pick them in the order "
                "of the sentence.",
            ),
            (
                np.eye(4)[ids[:3]],
                "the last word is missing: it occurs twice and gets a row "
                "each time.",
            ),
        ],
        because="a row for each time step, with its 1 in the word's place.",
        hint="how many rows does a sentence of four words have, and where is "
        "the 1 in each of them?",
    )


@SHEET.exercise
def bag(draw: Random) -> Question:
    """Turned round: from a bag back to what may have been thrown in."""
    one, two = draw.sample(["dog", "cat", "child", "teacher", "bird"], 2)
    verb = draw.choice(["sees", "hears", "follows", "knows"])
    return MultipleChoice(
        text=(
            f"A bag of words has the counts the: 2, {one}: 1, {two}: 1, "
            f"{verb}: 1. Which of these may have been thrown in? There may "
            "be several."
        ),
        right=[
            f"the {one} {verb} the {two}",
            f"the {two} {verb} the {one}",
            f"{verb} the the {two} {one}",
        ],
        mistakes={
            f"the {one} {verb} {two}": (
                "a bag counts, and one of the letters you chose has a word "
                "less often than the bag."
            ),
            f"the {one} and the {two}": (
                "one of your sentences has a word that is not in the bag."
            ),
        },
        draw=draw,
        because="a bag keeps the counts and nothing of the order.",
        hint="count the words of each line, and do not ask whether it makes "
        "sense.",
    )


@SHEET.exercise
def most(draw: Random) -> Question:
    """Transfer: the best that any network on bags can do."""
    praise = draw.sample(twins.PRAISE, 6)
    blame = draw.sample(twins.BLAME, 6)
    words = draw.sample(twins.CONJUNCTIONS * 3, 6)
    comments = [
        f"{good} {word} {bad}"
        if draw.random() < 0.5
        else f"{bad} {word} {good}"
        for good, word, bad in zip(praise, words, blame, strict=True)
    ]
    pairs = draw.choice([2, 3])
    swapped = [" ".join(text.split()[::-1]) for text in comments[:pairs]]
    filler = draw.choice(twins.FILLERS)
    moved = [f"{filler} {comments[pairs]}", f"{comments[pairs]} {filler}"]
    shown = [*comments[:pairs], *swapped, *moved, comments[pairs + 1]]
    draw.shuffle(shown)
    total = len(shown)
    return Number(
        text=(
            "A network on bags of words is asked for the verdict of these "
            f"{total} comments. Right is what the lesson's rule for but and "
            "although says:\n    "
            + "\n    ".join(shown)
            + "\nWhat is the largest number of them that such a network can "
            "get right, however it was trained?"
        ),
        answer=total - pairs,
        mistakes={
            total: (
                "that needs two answers to one bag: look for comments with "
                "the same words."
            ),
            total / 2: (
                "one half holds if every comment has its twin beside it, and "
                "here not all of them have one."
            ),
            total // 2: (
                "one half holds if every comment has its twin beside it, and "
                "here not all of them have one."
            ),
            total - pairs - 1: (
                "one pair has the same words and also the same verdict: a "
                "single answer serves both."
            ),
            total - 2 * pairs: (
                "whatever it answers to two twins, one of them is right."
            ),
            pairs: "this is how many it must get wrong.",
        },
        because="it loses one of each two comments that have one bag and two "
        "verdicts, and none of the others.",
        hint="sort the words of each comment: which comments become equal, "
        "and do they have the same verdict?",
    )


@SHEET.exercise
def repair(draw: Random) -> Question:
    """Design: repair a network that is to read comments of any length."""
    words, units = draw.randint(20, 60), draw.randint(5, 15)
    places = draw.randint(6, 12)

    def reader(
        *,
        steps: int | None = None,
        size: int = words,
        recurrent: bool = True,
        states: bool = False,
        head: str = "sigmoid",
        n: int = 1,
    ) -> Any:
        """Return a model that reads one-hot rows."""
        import keras
        from keras import layers

        body = layers.GlobalAveragePooling1D()
        if recurrent:
            body = layers.SimpleRNN(units, return_sequences=states)
        return keras.Sequential(
            [
                keras.Input((steps, size)),
                body,
                layers.Dense(n, activation=head),
            ]
        )

    return Model(
        text=(
            "A network is to read comments of any length, one-hot rows over "
            f"a vocabulary of {words} words, and to answer one probability. "
            "The order of the words counts. Two things are wrong. Repair "
            "them:\n"
            "    keras.Sequential([\n"
            f"        keras.Input(({places}, {words})),\n"
            f"        layers.SimpleRNN({units}),\n"
            '        layers.Dense(1, activation="tanh"),\n'
            "    ])"
        ),
        build=reader,
        demands=[
            Demand(
                lambda model: len(model.input_shape) == 3,
                "what goes in is not a table any more: it needs a row for "
                "each time step.",
                lambda: _bag_network(words),
            ),
            Demand(
                lambda model: model.input_shape[1] is None,
                "your model still takes one length of comments only.",
                lambda: reader(steps=places),
            ),
            Demand(
                lambda model: model.input_shape[2] == words,
                "the numbers per step must be as many as the vocabulary has "
                "words.",
                lambda: reader(size=words + 1),
            ),
            Demand(
                _has_recurrent_layer,
                "your network throws the order away: no layer in it has a "
                "loop.",
                lambda: reader(recurrent=False),
            ),
            Demand(
                lambda model: model.output_shape == (None, 1),
                "one probability for the whole comment is asked for, your "
                "model hands out another shape.",
                lambda: reader(n=2),
            ),
            Demand(
                lambda model: _activation(model) == "sigmoid",
                "what your last layer gives cannot be read as a probability "
                "between 0 and 1.",
                lambda: reader(head="tanh"),
            ),
        ],
        because="an open number of steps, and an answer between 0 and 1.",
        hint="compare it line by line with the network of the lesson that "
        "learned the task.",
    )


def _bag_network(words: int) -> Any:
    """Return a feed-forward network on bags of words."""
    import keras
    from keras import layers

    return keras.Sequential(
        [keras.Input((words,)), layers.Dense(1, activation="sigmoid")]
    )


def _has_recurrent_layer(model: Any) -> bool:
    """Tell whether a model has a layer with a loop."""
    from keras import layers

    recurrent = (layers.RNN, layers.Bidirectional)
    return any(isinstance(layer, recurrent) for layer in model.layers)


def _activation(model: Any) -> str:
    """Return the name of the last layer's activation."""
    return model.layers[-1].activation.__name__
