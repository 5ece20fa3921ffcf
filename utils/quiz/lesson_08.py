"""The quiz of lesson 08: one state, two gates, and what they cost."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "What does layers.GRU(8, return_state=True)(x) hand back beside "
            "its output?"
        ),
        right="one hidden state",
        because=(
            "A GRU has no other: what it remembers and what it shows are the "
            "same."
        ),
        wrong={
            "a hidden state and a cell state": (
                "That is an LSTM. Its cell state is what the GRU does without."
            ),
            "one state for each of its gates": (
                "Gates are computed anew at each step and are not carried on."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Two GRUs differ in reset_after, all their biases are zero, and "
            "their kernels are the same. Why do they agree at the first "
            "step?"
        ),
        right="there is no old state yet that could be reset",
        because=(
            "The first state is made from a state of zeros, and zeros are the "
            "same before and after a matrix."
        ),
        wrong={
            "the reset gate is open at the first step": (
                "It has some value between 0 and 1 and multiplies zeros: "
                "nothing depends on it."
            ),
            "the two are the same function, written twice": (
                "From the second step on they give different numbers with "
                "the same weights."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Three trainings of each cell: the intervals of SimpleRNN and GRU "
            "just overlap, and the mean of the GRU is higher. What may you "
            "say?"
        ),
        right="a gap is likely; more seeds would settle it",
        because=(
            "Three seeds give wide intervals. They make the gap likely and "
            "are no proof of it."
        ),
        wrong={
            "the GRU is better: its mean is higher": (
                "Each mean may move within its interval, and the intervals "
                "reach into one another."
            ),
            "the two are equal: the intervals overlap": (
                "Not told apart is not the same as equal."
            ),
            "nothing, since the seeds differ": (
                "Several seeds are what makes an interval possible in the "
                "first place."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A Keras GRU is to remember for long from the first batch on. "
            "What do you set?"
        ),
        right="a bias of the update gate well above 0",
        because="In Keras an update gate near 1 keeps the past.",
        wrong={
            "unit_forget_bias=True, as in an LSTM": (
                "A GRU has no forget gate, and Keras no such argument for it."
            ),
            "a bias of the reset gate well above 0": (
                "Then the candidate sees the old state; whether the old "
                "state is kept is decided elsewhere."
            ),
            "a bias of the update gate well below 0": (
                "That is right with the equation of Chung and others; in "
                "Keras it takes the new at every step."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "GRU and LSTM with the same number of units: how much of the "
            "LSTM's multiplications does the GRU do at a step?"
        ),
        right="three quarters",
        because="Three sets of weights stand against four.",
        wrong={
            "one half": (
                "It has half as many states, but the work is in the kernels: "
                "three sets against four."
            ),
            "two thirds": (
                "It has two gates against three, and both have a candidate "
                "as well."
            ),
            "all of them": (
                "That would be so for equal parameters, and then it would "
                "have more units."
            ),
        },
    ),
)
