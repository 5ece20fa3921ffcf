"""The quiz of lesson 04: what a recurrent layer hands on."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "You switch return_sequences on in a SimpleRNN. What happens to "
            "its number of parameters?"
        ),
        right="nothing",
        because=(
            "The cell computes all the states in any case; the switch only "
            "says how many of them leave the layer."
        ),
        wrong={
            "it is multiplied by the number of time steps": (
                "The same weights serve at every step, switch or not."
            ),
            "it doubles": (
                "That is what reading in both directions does, which takes "
                "a second cell."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A model ends in SimpleRNN(16, return_sequences=True) and "
            'Dense(5, activation="softmax"). It reads 10 sentences of 30 '
            "words. How many groups of probabilities add up to 1?"
        ),
        right="300",
        because="One group of five for each word of each sentence.",
        wrong={
            "10": (
                "That would be one group a sentence, as without "
                "return_sequences."
            ),
            "30": "That is one sentence; the batch has ten.",
            "1500": (
                "That is how many probabilities there are; five of them make "
                "one group."
            ),
        },
    ),
    QuizQuestion(
        text=(
            'Why does a network with Dense(1, activation="softmax") always '
            "answer 1?"
        ),
        right="softmax divides each number by their sum, and there is one",
        because=(
            "A number divided by itself is 1, whatever the recurrent layer "
            "has learned."
        ),
        wrong={
            "its weights start at zero and cannot leave it": (
                "They start at random values, and they do change: the answer "
                "does not depend on them."
            ),
            "its learning rate is too high": (
                "No learning rate changes it: the answer is 1 before the "
                "first step of training as well."
            ),
            "most of the targets are 1": (
                "The answer would be the same if every target were 0."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "layers.LSTM(8, return_state=True)(x) is unpacked with "
            "output, state = ... What happens?"
        ),
        right="an error: an LSTM hands back three arrays here",
        because=(
            "The output, the hidden state and the second state, which only "
            "an LSTM has."
        ),
        wrong={
            "state holds the hidden state": (
                "So it would for a SimpleRNN or a GRU. An LSTM has a second "
                "state, and two names are too few."
            ),
            "state holds both states as a tuple": (
                "The two states come back as separate arrays."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "For each word of a sentence a network is to say whether it is a "
            "name. What does the recurrent layer have to hand on?"
        ),
        right="the state of every step",
        because=(
            "Each word needs an answer, and the head can only answer where "
            "it gets a state: return_sequences=True."
        ),
        wrong={
            "the last state, which has read everything": (
                "It has, but it is one vector, and a head behind it gives "
                "one answer for the whole sentence."
            ),
            "the last state twice, with return_state=True": (
                "That is the same vector twice; the states of the earlier "
                "words are still missing."
            ),
            "the input, so that the head sees the words": (
                "A head on the words alone knows nothing of what came before "
                "them; the states do."
            ),
        },
    ),
)
