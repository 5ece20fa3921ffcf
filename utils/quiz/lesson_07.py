"""The quiz of lesson 07: what the second state and the gates are for."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "Which of these is computed from the step before without a "
            "matrix and without a squashing function?"
        ),
        right="the cell state",
        because=(
            "It is multiplied by the forget gate and added to. That is the "
            "path on which a gradient can survive."
        ),
        wrong={
            "the hidden state": (
                "It is the output gate times tanh of the cell state: there "
                "is a tanh in it."
            ),
            "the candidate": (
                "It has weights for the input and for the last hidden state, "
                "and a tanh: it is a SimpleRNN."
            ),
            "the forget gate": (
                "Each gate has two matrices of its own and a sigmoid."
            ),
        },
    ),
    QuizQuestion(
        text='Why is "an LSTM has no vanishing gradient" wrong?',
        right="a product of forget gates below 1 vanishes as well",
        because=(
            "At the initial bias of 1 the bare product is about 10^-14 after "
            "a hundred steps. What is new is that the factor can be learned."
        ),
        wrong={
            "tanh on the cell state shrinks it at every step": (
                "From one cell state to the next there is no tanh; it stands "
                "only on the way out to the hidden state."
            ),
            "four sets of weights shrink it four times as fast": (
                "The sets stand side by side, and the gradient along the "
                "cell state does not go through their matrices."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Before training, on a lag of 100: which layer, as Keras "
            "initialises it, delivers more of its gradient in the lesson's "
            "picture?"
        ),
        right="the SimpleRNN, whose matrix is orthogonal",
        because=(
            "Its line falls more slowly than that of the LSTM with forget "
            "bias 1. Large inputs, or training, can turn that round."
        ),
        wrong={
            "the LSTM, because of its cell state": (
                "With bias 1 about 27% is lost at every step, side paths "
                "aside: that is the steeper line."
            ),
            "neither: an untrained layer has no gradient": (
                "It has one from the first batch on; it is what training "
                "begins with."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Sixteen weights, set by hand, solve the adding problem. What "
            "does that show?"
        ),
        right="the cell can hold a number for a hundred steps",
        because=(
            "Such weights exist. Whether training finds them is another "
            "question, and the gradient decides it."
        ),
        wrong={
            "training an LSTM finds such weights in the end": (
                "The LSTM with the usual bias stayed at 1/6 in the time it "
                "had, although such weights exist."
            ),
            "more units would only have been in the way": (
                "Nothing was compared with more units here; the trained "
                "networks have 32."
            ),
            "a SimpleRNN with sixteen weights can do it too": (
                "It has no gate that could stay shut until a marker comes."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Of three networks the one with spread biases learned the adding "
            "problem within 800 steps. What did the spreading change?"
        ),
        right="a gradient from far back arrives from the first batch on",
        because=(
            "Units whose forget gate starts near 1 hand it through, and with "
            "it the weights can learn what to write and when."
        ),
        wrong={
            "the network has more parameters to learn with": (
                "The same layer with the same number of parameters: only "
                "their first values differ."
            ),
            "the answer is in the biases before training": (
                "Before training its error was the largest of the three; the "
                "biases say how long to keep, and not what."
            ),
        },
    ),
)
