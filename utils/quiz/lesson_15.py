"""The quiz of lesson 15: names in sentences, and how to count them."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "A colleague's tagger is right on 94% of the words of these "
            "sentences. What do you know about it?"
        ),
        right="nothing yet: never tagging is right on 94% too",
        because="Names are rare, so the accuracy counts mostly words that "
        "are rightly left alone.",
        wrong={
            "it finds 94% of the names": "That would be its recall.",
            "94% of what it tags are names": "That would be its precision.",
            "its F1 is about 0.94, give or take a point": (
                "F1 leaves out the words rightly left alone, and they are "
                "most of the 94%."
            ),
        },
    ),
    QuizQuestion(
        text=(
            'The forward reader has a probability for the second word of "yes '
            'zorblax runs fast". Which change cannot move it?'
        ),
        right="other words in the place of runs fast",
        because="A forward reader has not read them when it answers at the "
        "second word.",
        wrong={
            "mr in the place of yes": (
                "It stands before the word, and after mr a name is nearly "
                "certain."
            ),
            "john in the place of zorblax": (
                "John is in the vocabulary: that is another id, and the "
                "reader has just read it."
            ),
            "a further word in front of yes": (
                "It changes the state with which the reader arrives."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Why do zorblax and ozymandias get the same probability, to the "
            "last bit?"
        ),
        right="both reach the network as the id 1",
        because="The network never sees letters; words outside the "
        "vocabulary are one and the same input.",
        wrong={
            "both are hidden by the mask": (
                "The mask hides padding. An unknown word is read like any "
                "other."
            ),
            "the network does not look at the word itself": (
                "It does: john gets a high probability wherever it stands."
            ),
            "both are names of the same sort": (
                "The network knows no sorts, and pancakes would get the same "
                "in their place."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "The forward tagger has 30 units, the bidirectional one 19 in "
            "each direction. Why not 30 and 30?"
        ),
        right="a gain could then come from more weights",
        because="With equal weights, what is left to explain the gain is the "
        "second reader.",
        wrong={
            "30 units in each direction do not fit the rows": (
                "The number of units has nothing to do with the length of "
                "the rows."
            ),
            "a bidirectional layer takes at most 19": (
                "It takes any number, and has twice the weights of its layer."
            ),
            "19 is the best size on the test sentences": (
                "Then the test sentences would have chosen the model, and "
                "the comparison would be spoilt."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "On held-out silver tags a new tagger has an F1 of 0.83 where "
            "the old one had 0.79. How do you find out whether it finds more "
            "names?"
        ),
        right="count both against sentences tagged by people",
        because="Silver tags reward a better copy of the rule as well; only "
        "sentences that somebody has read tell the two apart.",
        wrong={
            "train it with more seeds on the silver tags": (
                "Then the 0.83 gets surer, and it is still agreement with the "
                "rule."
            ),
            "look at its accuracy on the same tags": (
                "The same tags, and a measure that says less."
            ),
            "hold out more sentences with silver tags": (
                "A narrower interval around the agreement with the rule."
            ),
        },
    ),
)
