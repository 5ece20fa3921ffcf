"""The quiz of lesson 16: what a review loses on its way to a row."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "How many tokens does imdb.tokens make of "
            '"Don\'t panic!<br />Laugh."?'
        ),
        right="four",
        because="They are don't, panic, br and laugh.",
        wrong={
            "three": "The letters of the line mark survive as a word.",
            "five": "The apostrophe does not cut: don't is one token.",
            "six": (
                "Punctuation marks become spaces, they are no tokens of their "
                "own."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "With num_words=500 the word superb is not known. What does a "
            "network get in its place?"
        ),
        right="the id 2, as for every unknown word",
        because="All unknown words share one id, so superb and awkward look "
        "the same.",
        wrong={
            "the id 0, as for padding": (
                "0 fills a row up. An unknown word keeps a place of its own."
            ),
            "nothing: the word is left out": (
                "Then the review would get shorter; here its length stays."
            ),
            "the id of the next known word": (
                "Nothing compares the meaning of words here; there are only "
                "ranks."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "The mean length of the reviews is 239, the median 178. What "
            "does the difference tell you?"
        ),
        right="a few reviews are very long",
        because="They pull the mean up and leave the median where it is.",
        wrong={
            "half of the reviews have 239 tokens or more": (
                "Half have 178 or more: that is the median."
            ),
            "some lengths were measured wrongly": (
                "Nothing is wrong: the two are different questions about the "
                "same lengths."
            ),
            "short reviews are rare": (
                "Very short ones are, but that would pull the mean down, not "
                "up."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Somebody tries 20 settings, looks at the test set after each, "
            "and reports the best of the 20 test accuracies. What is wrong?"
        ),
        right="it is likely too high: the choice fits the test set",
        because="Of 20 results the best one was lucky as well. Choose with "
        "the validation set, and look at the test set once.",
        wrong={
            "nothing, no test review was learned from": (
                "The weights did not see them, but the choice of the setting "
                "did."
            ),
            "it is likely too low: 20 tries are too few": (
                "More tries make the best of them look better still, not "
                "more honest."
            ),
            "the test set has to be split 20 times": (
                "A test set is not split; it is looked at once."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "33 reviews of the validation set also stand in the training "
            "set. What do you do about it here?"
        ),
        right="leave them, count them and say so",
        because="33 of 5,000 cannot move the accuracy by more than 0.7 "
        "points, and a reader can judge that for himself.",
        wrong={
            "keep silent, since they are so few": (
                "How few they are is what a reader wants to know."
            ),
            "take another random_state, to be rid of them": (
                "Another split has others: there are 96 repeated reviews."
            ),
            "give up the validation set": (
                "Then you would choose with the training set, which is far "
                "worse."
            ),
        },
    ),
)
