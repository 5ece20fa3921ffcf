"""The quiz of lesson 06: why a simple recurrent network forgets."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "The loss reads only the last state. Why does the forward pass "
            "keep all the states?"
        ),
        right="each step back needs the slope of tanh at that step",
        because=(
            "The slope is 1 - h_t squared, so it is computed from the state, "
            "and the gradient of W_h needs the state before."
        ),
        wrong={
            "the loss adds the states up before it is differentiated": (
                "This loss reads the last state alone."
            ),
            "the next batch begins where this one has ended": (
                "It begins with a state of zeros; the states serve the way "
                "back."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "The recurrent matrix of a layer with tanh has the largest "
            "singular value 0.8. What follows for the gradient over 100 "
            "steps?"
        ),
        right="it vanishes, whatever the inputs are",
        because=(
            "Each step back multiplies its length by 0.8 at most, and tanh "
            "can only make that less."
        ),
        wrong={
            "it vanishes unless the inputs are large": (
                "Large inputs push tanh to its flat ends, and the slope there "
                "is smaller still."
            ),
            "nothing: the rule speaks of values above 1": (
                "It is the other way round: below 1 the rule is certain, and "
                "above 1 it only permits an explosion."
            ),
            "it stays near 0.8 of its length": (
                "That is one step; after 100 of them 0.8 to the power of 100 "
                "is the most that can be left."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "An orthogonal matrix keeps every length. Why does the gradient "
            "of a tanh layer with such recurrent weights shrink all the same?"
        ),
        right="the slope of tanh is below 1 wherever a state is not 0",
        because="Each factor of the product has that slope in it as well.",
        wrong={
            "rounding takes a little of the length at every step": (
                "Rounding is far too small, and in float64 the line falls in "
                "the same way."
            ),
            "the input weights take their share of the gradient": (
                "Their gradient is computed from the same walk, and takes "
                "nothing away from it."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "After 40 steps of training your loss is nan. What saves the "
            "experiment?"
        ),
        right="new weights, and clipping from the start",
        because=(
            "Every weight is nan by then, and whatever touches a nan becomes "
            "one."
        ),
        wrong={
            "the same weights, and clipping from now on": (
                "The weights are nan already: there is no direction left to "
                "keep."
            ),
            "the same weights, and a smaller learning rate": (
                "A small number times nan is nan: the weights cannot come "
                "back."
            ),
            "more steps, for the loss may recover": (
                "From nan there is no way back, however long you wait."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "On the adding problem with 100 steps a SimpleRNN stands at an "
            "error of 1/6 after 800 batches. What have you measured?"
        ),
        right="it has not learned the lag in this time",
        because=(
            "It does as well as the constant 1. With more time or another "
            "seed some such networks begin to learn."
        ),
        wrong={
            "it cannot learn the lag at all": (
                "A training that ends shows nothing about one that goes on: "
                "with 50 steps two of four seeds had begun."
            ),
            "it has too few data to learn from": (
                "Every batch is new, so data are never short; the gradient is."
            ),
            "its answers are random numbers": (
                "Random answers would be worse: 1/6 is what the best constant "
                "gets."
            ),
        },
    ),
)
