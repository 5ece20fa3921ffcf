"""The quiz of lesson 03: where the parameters are."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "A SimpleRNN reads sentences of 20 words, then sentences of 200. "
            "What grows?"
        ),
        right="the work of one sentence",
        because=(
            "Ten times the steps are ten times the multiplications, with the "
            "same weights."
        ),
        wrong={
            "the number of parameters": (
                "All steps use the same three arrays; no formula has the "
                "steps in it."
            ),
            "the size of the hidden state": (
                "It has one number for each unit, whatever the length."
            ),
            "the number of biases": (
                "There is one for each unit, shared by all steps."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "You double the units of a SimpleRNN and leave its inputs alone. "
            "What happens to W_h?"
        ),
        right="it becomes four times as large",
        because=("Its rows and its columns are the units, so both double."),
        wrong={
            "it becomes twice as large": (
                "So it is with W_x, whose rows are the inputs; in W_h rows "
                "and columns are units."
            ),
            "it becomes three times as large": (
                "Rows times columns: twice as many of each."
            ),
            "it stays as it was": (
                "It leads from units to units, so it depends on them alone."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Why has Keras's GRU more parameters than the GRU of the books?"
        ),
        right="it keeps a second row of bias",
        because=(
            "With reset_after=True one bias stands beside W_x and one beside "
            "W_h, in all three sets."
        ),
        wrong={
            "it has four sets instead of three": (
                "Four sets has the LSTM; both kinds of GRU have three."
            ),
            "it counts its states as well": (
                "A state is computed anew for each sample; it is no parameter."
            ),
            "it reads in both directions": (
                "Only Bidirectional does, and that would double the count."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "An embedding with word vectors as long as the layer has units "
            "replaces one-hot words. What becomes smaller by far?"
        ),
        right="the data",
        because=(
            "A word is one id instead of as many numbers as the vocabulary "
            "has words."
        ),
        wrong={
            "the number of parameters": (
                "It even grows a little: the table stays, and a small W_x is "
                "added."
            ),
            "the hidden state": "It still has one number for each unit.",
            "the vocabulary": (
                "The table has a row for each of its words, as W_x had."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Bidirectional(SimpleRNN(5, return_sequences=True)) is followed "
            "by Dense(1) at each step. How many weights and biases has the "
            "Dense?"
        ),
        right="11",
        because=(
            "It reads five numbers from each direction, and has one bias, "
            "once for all steps."
        ),
        wrong={
            "6": (
                "That would be one direction; the states of both come side "
                "by side."
            ),
            "10": "These are its weights; it has a bias as well.",
            "12": ("One neuron has one bias, not one for each direction."),
        },
    ),
)
