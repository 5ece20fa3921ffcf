"""The quiz of lesson 13: a reader, a writer, and a state between."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text="What does the decoder know of the French text?",
        right="the state with which it begins",
        because=(
            "Its LSTM starts where the encoder stopped. With zeros instead, "
            "four different numbers get one and the same answer."
        ),
        wrong={
            "the French words, one at each step": (
                "At each step it is given an English word, its last one."
            ),
            "the outputs of the encoder at every step": (
                "The encoder hands on no outputs here, only the states at "
                "its end."
            ),
            "the weights of the encoder": (
                "It has weights of its own; what is handed over depends on "
                "the text."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Why is the loss that fit reports more flattering than what you "
            "get in use?"
        ),
        right="it scores each word after the right words before it",
        because=(
            "In use a wrong word is read back in, and the words behind it "
            "suffer. With the teacher they do not."
        ),
        wrong={
            "it is measured on numbers that were trained on": (
                "That flatters as well where a model learns by heart, but "
                "the gap shows on the validation part too."
            ),
            "it leaves the padding out": (
                "So do the shares of the lesson; the padding is no part of "
                "the answer."
            ),
            "it takes logarithms, and the score counts words": (
                "The gap was measured in right words both times."
            ),
        },
    ),
    QuizQuestion(
        text="Why does an answer need an end mark?",
        right="nobody tells the decoder how many words are wanted",
        because=(
            "The length of the answer is part of the answer, so the network "
            "has to say when it has finished."
        ),
        wrong={
            "a row has to be filled up to one length": (
                "That is what the padding does, and the loss leaves it out."
            ),
            "the encoder has to know where French ends": (
                "For that there is the mask; the mark stands on the English "
                "side."
            ),
            "the LSTM has to be set back to zero": (
                "Every row begins with its own states anyway."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Three networks are right in more than 0.99 of all numbers, and "
            "clearly less often below 100. Why does the total not show it?"
        ),
        right="one number in a hundred is below 100",
        because=(
            "An average belongs to its mixture. With another mixture it "
            "would be another number."
        ),
        wrong={
            "the mistakes below 100 are small ones": (
                "Exact match knows no small mistakes: half a number is no "
                "number."
            ),
            "the numbers below 100 were not held out": (
                "49 of them were; that is how you know."
            ),
            "the three seeds make different mistakes": (
                "The totals were not averaged over the seeds; each of them "
                "is above 0.99."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Beyond 9,999 the dictionary is right in a third of the numbers "
            "and the networks in almost none. What helps the dictionary?"
        ),
        right="a word means the same to it in every place",
        because=(
            "What costs it half of the answers within the range carries it "
            "beyond. The network was free to treat the places apart."
        ),
        wrong={
            "it has seen some of these numbers": (
                "It learned from the same 4,000 pairs, all below 10,000."
            ),
            "it has more entries than the network has weights": (
                "It has 27 entries; the network has some 54,000 weights."
            ),
            "it remembers the words further to the left": (
                "It remembers nothing at all, it looks up word after word."
            ),
        },
    ),
)
