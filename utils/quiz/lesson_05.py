"""The quiz of lesson 05: one recurrent layer on another."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text="What does the upper of two stacked layers read at step 4?",
        right="the lower layer's state of step 4",
        because=(
            "A state travels up at its own step, and the upper layer never "
            "sees the input itself."
        ),
        wrong={
            "the input of step 4": (
                "The input goes into the lower layer only."
            ),
            "the lower layer's last state": (
                "That would be known only after the end of the sequence."
            ),
            "the lower layer's states of all steps": (
                "It reads one of them at each step, in order."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "The top layer of a stack was to give one answer, and by mistake "
            "it returns its sequences. What tells you?"
        ),
        right="the output shape",
        because=(
            "There is a time axis too many; nothing else has changed, so "
            "assert the shape."
        ),
        wrong={
            "an error from Keras": (
                "A Dense layer can be applied at every step, so Keras "
                "accepts it."
            ),
            "the number of parameters": (
                "It is the same with and without the switch."
            ),
            "the summary of the layers' units": (
                "The units are the same; the missing or extra axis is time."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Only the first input of a long sequence changes. Is the last "
            "input of the layers another one?"
        ),
        right="for the upper layer, not for the lower one",
        because=(
            "The upper layer is handed a state, which holds the past; the "
            "lower one is handed the last input alone."
        ),
        wrong={
            "for the lower layer, not for the upper one": (
                "The lower layer reads the input, and the last one has not "
                "changed."
            ),
            "for both layers": (
                "The last input of the sequence is what it was."
            ),
            "for neither of the layers": (
                "The state that the upper layer reads depends on all inputs "
                "so far."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Two layers of 21 units learned the product of signs faster than "
            "one of 36. Why 21 and not 36 and 36?"
        ),
        right="so that both have about the same parameters",
        because=(
            "Otherwise the two layers might win because the network is "
            "larger, not because it is deeper."
        ),
        wrong={
            "so that both take the same time": (
                "The time was not made equal; two layers take longer in "
                "plain Keras."
            ),
            "so that both start from the same weights": (
                "Networks of other shapes cannot share their weights; each "
                "seed draws them anew."
            ),
            "so that the upper layer can read the lower one": (
                "A layer reads states of any width."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "On the temperatures the intervals of one and two layers overlap. "
            "What may you say?"
        ),
        right="four seeds do not tell them apart",
        because=(
            "The difference, if there is one, is too small for so few runs."
        ),
        wrong={
            "both are equally good": (
                "That no difference was seen is no proof that there is none."
            ),
            "depth never helps on real data": (
                "It is one task and one budget; other tasks may differ."
            ),
            "the higher mean is better": (
                "With another four seeds the order of the means may turn "
                "round."
            ),
        },
    ),
)
