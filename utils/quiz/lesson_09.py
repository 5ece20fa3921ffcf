"""The quiz of lesson 09: what a second reader knows."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "Two sentences agree up to their third word. A network that reads "
            "forwards only answers at every word. What can training teach it "
            "about the third?"
        ),
        right="one answer, the same for both sentences",
        because=(
            "Up to there it has read the same words, and the same computation "
            "gives the same number."
        ),
        wrong={
            "two answers, if it has units enough": (
                "No number of units turns equal inputs into different answers."
            ),
            "two answers, if its cells are LSTMs": (
                "An LSTM keeps more of the past; what it would need lies "
                "behind the word."
            ),
            "no answer: its output there is random": (
                "It answers, and well: with the share of names among such "
                "words."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A bidirectional layer reads 8 words. Which of them has its "
            "backward state at the third word read?"
        ),
        right="the third to the eighth",
        because="It begins at the end and has come as far as the third word.",
        wrong={
            "the first to the third": (
                "That is the forward state at the same word."
            ),
            "the fourth to the eighth": (
                "It has read the word at which it stands as well."
            ),
            "the first to the eighth": (
                "That is so for both states together, or for the backward "
                "state of the first word."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A SimpleRNN has 42 parameters. How many has the same layer in "
            'Bidirectional with merge_mode="sum"?'
        ),
        right="84",
        because=(
            "There are two readers with weights of their own; adding their "
            "states needs no parameters."
        ),
        wrong={
            "42": (
                "The sum makes the output narrow again; the two readers keep "
                "their weights."
            ),
            "63": (
                "Nothing is shared: neither the kernel nor the recurrent "
                "kernel nor the bias."
            ),
            "168": "There are two readers, not four.",
        },
    ),
    QuizQuestion(
        text=(
            "By hand you run the second LSTM on x[:, ::-1] and forget to turn "
            "its result back before you join. How do you notice?"
        ),
        right="only by comparing the numbers with Keras",
        because=(
            "The shapes fit and nothing complains, but the two states at an "
            "index belong to different words."
        ),
        wrong={
            "by an error about shapes": (
                "Turned round or not, the shape is the same."
            ),
            "by the parameters, which are too many": (
                "They are the same: the order of the states has nothing to do "
                "with them."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A bidirectional network forecasts tosses of a fair coin, right "
            "95 times in 100, on series held out. What has happened?"
        ),
        right="the toss it forecasts is one of its inputs",
        because=(
            "At every step but the last the backward reader has read the next "
            "toss. A network like this forecasts nothing."
        ),
        wrong={
            "the same series are in both parts of the data": (
                "The split was clean; leaving whole series out does not help "
                "when the answer stands inside each of them."
            ),
            "the coin has a pattern that the network has found": (
                "At the last step, where it has nothing to read, it is right "
                "half of the time."
            ),
            "it has been lucky: 200 series are too few": (
                "With 200 series anything from 0.43 to 0.57 is luck; 0.95 is "
                "not."
            ),
        },
    ),
)
