"""The quiz of lesson 02: one loop, and what it remembers."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "You set w_h = 0 in a SimpleRNN that returns all its states. "
            "What is left?"
        ),
        right="a Dense layer applied to each step by itself",
        because="The loop was all that had been added to the dense layer.",
        wrong={
            "a layer that remembers the first step only": (
                "No state comes back at any step, so nothing is remembered."
            ),
            "a layer that always answers 0": (
                "The input still comes in through w_x."
            ),
            "a layer without a bias": (
                "The bias does not depend on the loop; it stays."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "In the lesson A is turned from 1 to −1, and B and C stay. What "
            "does it show that O_C changes?"
        ),
        right="the state after C depends on A",
        because=(
            "Nothing but A was changed, so the difference has come from A, "
            "through two steps."
        ),
        wrong={
            "C is more important than B": (
                "Neither of the two was changed, so they are not compared."
            ),
            "the weights changed at step 2": (
                "The same weights serve at every step; reading changes none."
            ),
            "the neuron was trained on A": (
                "Nothing is trained here: the weights are set by hand."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A neuron with tanh has w_h = −0.5. What happens to the distance "
            "between two states, if the inputs are the same from now on?"
        ),
        right="each step leaves at most half of it",
        because=(
            "The bound is the absolute value of w_h; the sign does not "
            "matter to it."
        ),
        wrong={
            "it grows, since the weight is negative": (
                "The sign turns the state round; the size of the weight "
                "decides whether distances shrink."
            ),
            "it stays, and the sign alternates": (
                "Signs may alternate, but a factor below 1 shrinks the "
                "distance."
            ),
            "each step leaves at least half of it": (
                "Half is an upper bound: tanh can shrink the distance further."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A neuron with the sigmoid, no bias and w_h = 0.5 has read "
            "nothing but zeros. What is its state?"
        ),
        right="at least one half",
        because=(
            "The sigmoid of 0 is one half; from the second step on this "
            "comes back and makes it more."
        ),
        wrong={
            "0: nothing came in": (
                "So it would be with tanh, whose value at 0 is 0."
            ),
            "1: its upper end": (
                "The value at 0 is in the middle of its range, not at the end."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "You stop reading in the middle of a sentence and go on later. "
            "What do you have to keep, beside the weights?"
        ),
        right="the last hidden state",
        because=(
            "Between two steps nothing but the hidden state is handed on."
        ),
        wrong={
            "all hidden states so far": (
                "The next step reads the last of them only."
            ),
            "the words read so far": (
                "What the cell knows of them is in its state; it never looks "
                "back at the words."
            ),
            "the number of words read so far": (
                "No formula has the number of the step in it."
            ),
        },
    ),
)
