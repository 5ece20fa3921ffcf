"""The quiz of lesson 14: a picture goes in, letters come out."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "The captioner writes the fifth letter of a caption. Where does "
            "it have the picture from?"
        ),
        right="from its state, as far as that still holds it",
        because="The picture made the first state and is never shown again; "
        "each step carries on what is needed.",
        wrong={
            "from its input: the picture is given at each step": (
                "At each step the letter before is given, and nothing else."
            ),
            "from the embedding of the letter before": (
                "An embedding is the same for every picture."
            ),
            "from its weights, which learned the pictures": (
                "The weights are the same for every picture, so they cannot "
                "say which one this is."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A classifier is right on 96% of 397 pictures. The captions of "
            "four seeds are right on 97% of the same pictures, in the mean. "
            "What may you say?"
        ),
        right="the captioner reaches what the classifier does",
        because="One point is well within what 397 pictures can tell, and "
        "that is all the two bars allow.",
        wrong={
            "the captioner is better, by one point": (
                "With 397 other pictures it could be the other way round."
            ),
            "spelling costs the captioner nothing on any data": (
                "You measured on one kind of pictures, from known hands."
            ),
            "the classifier was trained too little": (
                "Nothing here speaks of its training; straight borders may "
                "be its limit."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A decoder is trained on the captions with blank pictures and "
            "then writes about 397 real blanks. What comes out?"
        ),
        right="one and the same word, 397 times",
        because="Greedy decoding from the same state takes the same letters "
        "each time.",
        wrong={
            "ten different words, each about 40 times": (
                "It gives each about a tenth of its probability, but greedy "
                "decoding draws nothing: it takes the best."
            ),
            "letters in a row that form no word": (
                "It was trained on the captions, so it can spell; that needs "
                "no picture."
            ),
            "nothing, only the end mark": (
                "No caption it was trained on is empty."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Beam search finds a caption with 0.47 where greedy decoding "
            "wrote one with 0.29. What has improved?"
        ),
        right="it is nearer to what the network thinks",
        because="Both read the same network; the beam searches its "
        "probabilities better and sees no more of the picture.",
        wrong={
            "it is more often the true caption": (
                "Not if the network is wrong about the picture: then the "
                "beam finds its mistake."
            ),
            "the network has learned something": (
                "No weight changes while it writes."
            ),
            "the picture was looked at more closely": (
                "The picture became one state, the same for both."
            ),
        },
    ),
    QuizQuestion(
        text=(
            'The network was never trained on "four seven". Shown such a '
            'picture, it writes "four nine". What is the likely reason?'
        ),
        right="in doubt, a trained caption has the advantage",
        because="The decoder has learnt a little of which captions exist, "
        "and that decides where the picture leaves a doubt.",
        wrong={
            "it has no output for a caption it never met": (
                "It writes letters, and it has all of them: most of the new "
                "captions come out right."
            ),
            "it has never been shown a seven on the right": (
                "It has, behind each of the nine other digits."
            ),
            "the encoder sees the right half worse": (
                "Both halves go through the same layer."
            ),
        },
    ),
)
