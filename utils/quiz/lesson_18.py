"""The quiz of lesson 18: what a good figure is made of."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "Accuracy is drawn against seconds, and a dotted line joins the "
            "entries that nothing faster beats. What do you know of an entry "
            "that lies above the line?"
        ),
        right="something that takes less time makes fewer errors",
        because=(
            "The line consists of such entries: for the seconds of yours you "
            "get a better one, and have time left."
        ),
        wrong={
            "something that takes more time makes more errors": (
                "That may be so as well, but it is no reason to choose "
                "another entry."
            ),
            "it needs more seeds before it can be compared": (
                "The number of seeds decides how wide an interval is, not on "
                "which side of the line an entry lies."
            ),
            "it has too many parameters for its accuracy": (
                "The axes show errors and seconds; parameters are neither."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A layer reads rows of 400 words in pieces of 50, each from a "
            "state of zero, and all states are pooled. What has changed?"
        ),
        right="there are fewer steps to wait for, and no memory across cuts",
        because=(
            "The pieces are read side by side, in 50 steps, and none of them "
            "knows what stood in the piece before it."
        ),
        wrong={
            "there are fewer parameters, since every piece is shorter": (
                "The same weights read each piece; how long it is does not "
                "count in them."
            ),
            "there is less to read, since only one piece is kept": (
                "All pieces are read, and the states of all of them are "
                "pooled."
            ),
            "nothing but the time, since all states are still pooled": (
                "All are pooled, but they are other states: at each cut the "
                "layer begins again with zero."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Word vectors were learned from reviews without their labels. "
            "Some words of opposite meaning got similar vectors. Why?"
        ),
        right="they stand among the same words",
        because=(
            "A vector learns the company that a word keeps, and good and bad "
            "films are described in the same sentences."
        ),
        wrong={
            "they hardly moved from their random start": (
                "Then they would be like nothing in particular, and rare; "
                "these words are frequent."
            ),
            "they occur in one and the same class": (
                "Classes played no part: there were no labels to learn from."
            ),
            "they are near each other in the alphabet": (
                "The words came as ids, and their letters were never seen."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Reviews are cut into blocks, and the blocks are put in a random "
            "order. With blocks of five words a model loses next to nothing, "
            "with blocks of one word a lot. What does it use?"
        ),
        right="the order of words that stand near each other",
        because=(
            "Blocks of five keep most neighbours together; only blocks of "
            "one tear all of them apart."
        ),
        wrong={
            "the order of the thoughts in a whole review": (
                "Blocks of five destroy it, and the model hardly noticed."
            ),
            "the words alone, in whatever order they come": (
                "Then single words in a random order would have cost nothing "
                "either."
            ),
            "the words that stand at the end of a review": (
                "In a random order the end holds other words, with blocks of "
                "five as well."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Half of the reviews are positive. Which model is perfectly "
            "calibrated and tells you nothing?"
        ),
        right="one that gives 0.5 to every review",
        because=(
            "Of those that got 0.5 half are positive, as it says; it is right "
            "about its doubt, and cannot tell two reviews apart."
        ),
        wrong={
            "one that gives 0.9 to every review": (
                "Nine in ten would have to be positive, and half of them are."
            ),
            "one that gives 0 or 1, by the toss of a coin": (
                "All that got 1 would have to be positive, and half of them "
                "are."
            ),
            "one that gives 0 or 1 and is always right": (
                "It is calibrated, and it tells you everything."
            ),
        },
    ),
)
