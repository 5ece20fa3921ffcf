"""The quiz of lesson 12: the next note of a melody."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "Two chorales from different works have the same hymn tune. "
            "Where may they stand in the split?"
        ),
        right="anywhere, but both in the same part",
        because=(
            "Apart, the one in training would give away the one held out, "
            "and learning by heart would look like understanding."
        ),
        wrong={
            "anywhere: they have different numbers": (
                "The numbers differ, the notes hardly do. A chain of order 5 "
                "gained 14 points from that."
            ),
            "one of them has to be thrown away": (
                "Both can be used; only the line between the parts must not "
                "run between them."
            ),
            "both in the part to learn from": (
                "That would leave only rare tunes in the other parts; any "
                "part will do, as long as it is one."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "In accuracy the network is level with a chain of order 5, in "
            "perplexity it is clearly ahead. What does the network do better?"
        ),
        right="it gives more probability to what Bach wrote",
        because=(
            "Accuracy sees only the largest probability; perplexity sees "
            "how much the right note got, wherever it ranked."
        ),
        wrong={
            "it finds the right note more often": (
                "That would show in the accuracy, where the two are level."
            ),
            "it is more certain of its answers": (
                "Certainty alone costs perplexity wherever the answer is "
                "wrong."
            ),
            "it knows more of the held-out tunes": (
                "It has met none of them; the split saw to that."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "With the last two notes to go by, the network is ahead of a "
            "chain of order 2. Both heard the same. Where can the lead come "
            "from?"
        ),
        right="from notes that behave alike and share what is learned",
        because=(
            "Notes with like embeddings help one another; the chain counts "
            "each pair on its own, and most pairs it never saw."
        ),
        wrong={
            "from the notes before the last two": (
                "They were taken away here; both read two notes."
            ),
            "from the smoothing, which the network has too": (
                "The chain is smoothed, the network is not; its "
                "probabilities come from softmax."
            ),
            "from the held-out chorales, seen in training": (
                "No held-out tune was in the training part."
            ),
        },
    ),
    QuizQuestion(
        text="Why is the most probable note hardly ever a leap?",
        right="there are many possible leaps and each is rare",
        because=(
            "Together they have some probability, but a single one seldom "
            "beats the nearest step."
        ),
        wrong={
            "leaps are never sung in a chorale": (
                "They are: three notes in ten are reached by a leap, or "
                "repeat the one before."
            ),
            "the network cannot produce them": (
                "It gives each of them a probability, and draws one now and "
                "then."
            ),
            "transposition has removed them": (
                "Moving a melody keeps every distance between its notes."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "The continuation keeps the key and moves in steps, but it goes "
            "nowhere. Why?"
        ),
        right="the network was asked for one note at a time",
        because=(
            "Nothing in its loss says where the melody is to arrive; each "
            "note has to fit what came before, and that is all."
        ),
        wrong={
            "the temperature was too low": (
                "A higher one makes it wilder, not more purposeful."
            ),
            "twenty notes are too few to find the key": (
                "It keeps the key; what it lacks is an aim."
            ),
            "the theme was not in the training part": (
                "A theme it had met would be copied, which is not planning "
                "either."
            ),
        },
    ),
)
