"""The quiz of lesson 01: what order adds to data."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "You shuffle the days of a year of temperatures. Which of these "
            "changes?"
        ),
        right="the lag-1 autocorrelation",
        because=(
            "It compares each day with the day after it, and neighbours are "
            "what shuffling takes apart."
        ),
        wrong={
            "the mean temperature": (
                "A sum does not depend on the order of what is added."
            ),
            "the hottest day's temperature": (
                "The value is still there, on another day."
            ),
            "the histogram of the values": (
                "A histogram counts values, and all of them are still there."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Why does a word go into a network as a one-hot vector and not "
            "as its number in the vocabulary?"
        ),
        right="the network would compute with the number's size",
        because=(
            "Word 2,000 would count as twice word 1,000, though the numbers "
            "only name the words."
        ),
        wrong={
            "a one-hot vector takes less memory": (
                "It takes far more: 10,000 numbers instead of one."
            ),
            "two words might get the same number": (
                "Each word of the vocabulary has a number of its own."
            ),
            "a one-hot vector keeps the order of the words": (
                "The order lies in the rows of the table; a row of numbers "
                "would keep it as well."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "On the twins the bag-of-words network is right in exactly half "
            "of the cases. What would raise that?"
        ),
        right="an input that holds the order",
        because=(
            "Both twins are one and the same input to it; only another input "
            "can part them."
        ),
        wrong={
            "a hundred times the epochs": (
                "Training changes the function, and any function gives one "
                "answer to one input."
            ),
            "more layers and more neurons": (
                "However large the function is, it gives one answer to one "
                "input."
            ),
            "more comments to train on": (
                "Each new pair of twins has one bag and two verdicts again."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "In the test of the lesson no pair of a praise and a blame "
            "occurs that was in the training comments. What is this good for?"
        ),
        right="a network that only memorises cannot pass",
        because=(
            "Its memory holds no such pair, so it has to know what each word "
            "does."
        ),
        wrong={
            "the test becomes shorter and faster": (
                "It has 800 comments, and speed was not the aim."
            ),
            "half of the answers are 1": (
                "That comes from the twins, in training and test alike."
            ),
            "the bag of words gets a fair chance": (
                "No choice of pairs helps a network for which twins look "
                "alike."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A recurrent layer reads one-hot words. Why has it fewer weights "
            "than a layer that gets the words of a comment side by side?"
        ),
        right="it uses the same weights at every step",
        because=(
            "Side by side every place in the comment has weights of its own."
        ),
        wrong={
            "it reads only the last words": (
                "It reads all of them, one time step after another."
            ),
            "its one-hot vectors are shorter": (
                "They are as long as the vocabulary in both cases."
            ),
            "it has fewer neurons": (
                "In the comparison of the lesson both layers have 16."
            ),
        },
    ),
)
