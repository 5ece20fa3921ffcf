"""The quiz of lesson 10: padding is input, unless a mask says not."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "A short review is padded behind and read without a mask. What "
            "decides how far its final state is from that of the unpadded "
            "review?"
        ),
        right="the longest review in the same batch",
        because=(
            "It sets the length of the rows, and so the number of zeros that "
            "the short one reads."
        ),
        wrong={
            "nothing: zeros do not change a state": (
                "They do. A padded step is a step: the gates open and close "
                "and the state moves."
            ),
            "the word that the review ends with": (
                "It shapes the state, but the distance comes from what is "
                "read behind it."
            ),
            "the size of the vocabulary": (
                "The vocabulary says how many rows the table has, not how "
                "many zeros are read."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "You set mask_zero=True in an Embedding that had been used "
            "without it. What has to be true of your ids?"
        ),
        right="0 stands for no word",
        because=(
            "The id 0 is reserved: wherever it stands, the layers behind "
            "skip the step."
        ),
        wrong={
            "0 stands for the most frequent word": (
                "Then this word would be skipped wherever it occurs."
            ),
            "0 stands behind the words only": (
                "On a CPU the mask works on either side; the side is a "
                "matter of the GPU."
            ),
            "0 occurs in every row": (
                "A row without padding needs no zero; its mask is True "
                "everywhere."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Zeros behind the words and no mask: the LSTM stayed at chance. "
            "With weights trained under a mask, the same network without one "
            "is right in more than 70%. What does that show?"
        ),
        right="a state can survive the zeros, but training did not get there",
        because=(
            "The weights exist with which it works; with fresh ones the "
            "signal is lost on the way forth and back."
        ),
        wrong={
            "an LSTM cannot hold a state through so many zeros": (
                "The second network did: its answers come from words read "
                "long before the end."
            ),
            "the second network had learnt to make its own mask": (
                "It makes none and reads every zero; its gates keep what "
                "they hold."
            ),
            "the first network had too few units for such long rows": (
                "Both have the same units. They differ in their weights alone."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Why does a network with zeros in front and no mask do nearly as "
            "well as one with a mask?"
        ),
        right="the words are what it reads last",
        because=(
            "The zeros come before anything has been heard, and nothing "
            "wears the state away afterwards."
        ),
        wrong={
            "the zeros in front are skipped by default": (
                "Nothing is skipped without a mask; the cell runs at every "
                "zero."
            ),
            "there are fewer zeros than behind": (
                "Their number is the same on both sides; only the place "
                "differs."
            ),
            "the zeros in front shift the state to the right class": (
                "They are the same for every review, so they cannot know "
                "its class."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "One row of a batch is all padding. Behind "
            "Embedding(mask_zero=True) stands GlobalAveragePooling1D. What "
            "happens in training?"
        ),
        right="the loss becomes nan",
        because=(
            "The mean over no steps is zero divided by zero, and the loss is "
            "a mean over all rows."
        ),
        wrong={
            "an error names the empty row": (
                "No error comes, which is what makes it hard to find."
            ),
            "the row is skipped": (
                "A mask skips steps, not rows: each row has to have an answer."
            ),
            "the row counts as a mean of zero": (
                "An LSTM would hand on its zero start state there. A mean "
                "divides by the number of steps."
            ),
        },
    ),
)
