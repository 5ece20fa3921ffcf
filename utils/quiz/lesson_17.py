"""The quiz of lesson 17: the classifier, its bill and its results."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text="Why is a bag of words trained before any network?",
        right="to see what is reached without any order",
        because="A network that stays below it has gained nothing from "
        "reading in order.",
        wrong={
            "to give the network its first weights": (
                "Nothing of it goes into a network here."
            ),
            "to find the words that the network may see": (
                "Both see the same 500 ids."
            ),
            "to check that the reviews are balanced": (
                "For that you take the mean of the labels, as in lesson 16."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "The training loss goes on falling, the validation loss has risen "
            "for two epochs. What is happening?"
        ),
        right="the network learns its reviews by heart",
        because="That is overfitting; what it learns now does not hold for "
        "other reviews.",
        wrong={
            "the network needs a larger learning rate": (
                "It learns well enough: its training loss falls."
            ),
            "the validation set is too small": (
                "A larger one would rise more smoothly, and rise as well."
            ),
            "the network has stopped learning": (
                "Then the training loss would have stopped falling."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "SimpleRNN(8) is right on 0.73 of the reviews after six fast "
            "epochs, and on 0.78 with the notes' slow schedule. What follows?"
        ),
        right="a comparison has to name its budget",
        because="The same cell moves by five points with the way it is "
        "trained, more than the gated cells differ among themselves.",
        wrong={
            "RMSprop is better than Adam": (
                "The number of epochs, the batches and the learning rate "
                "differ as well."
            ),
            "SimpleRNN is as good as the LSTM": (
                "The LSTM reached 0.80 in the six epochs."
            ),
            "one of the two figures is wrong": (
                "Both are right, each for its schedule."
            ),
        },
    ),
    QuizQuestion(
        text=(
            'The GRU gives "Great, but I do not recommend it." a probability '
            "of 0.65. What does that say?"
        ),
        right="reviews with such words were more often positive",
        because="That is all a probability of this model is about; the "
        "sentence itself is not positive.",
        wrong={
            "65% of the readers would find it positive": (
                "No reader was asked: the labels come from the stars of the "
                "writers."
            ),
            "the model is right on 65% of such sentences": (
                "That would be an accuracy, and it would have to be counted "
                "on many of them."
            ),
            "the model has understood 65% of it": (
                "Nothing here measures understanding."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "Every model is worse on reviews of more than 400 tokens. Which "
            "cause is no fault of the cells?"
        ),
        right="at least three quarters of each were cut off",
        because="The rows hold the last 100 tokens; what was cut off no cell "
        "can read.",
        wrong={
            "gradients vanish over 400 steps": (
                "No network here takes more than 100 steps, however long the "
                "review was."
            ),
            "long reviews have rarer words": (
                "Words outside the 500 ids are unknown in all reviews, and "
                "nothing here says that it is worse in long ones."
            ),
            "there are too few of them to be counted": (
                "There are 681; their bars are wider, but clearly lower."
            ),
        },
    ),
)
