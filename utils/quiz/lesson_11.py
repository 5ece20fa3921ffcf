"""The quiz of lesson 11: an hour of a thermometer, read in order."""

from utils.quiz.questions import QuizQuestion

QUESTIONS = (
    QuizQuestion(
        text=(
            "The temperatures of the file hardly differ from one day to the "
            "next. Why?"
        ),
        right="each value is an average over thirty years",
        because=(
            "The weather of single days has been averaged away; the course "
            "of the day and of the year is left."
        ),
        wrong={
            "the sea keeps the weather of Seattle mild": (
                "Real days there differ by 2.2 °C on average, as lesson 01 "
                "measured."
            ),
            "the hours between were interpolated": (
                "You interpolated the minutes; the hours come from the file."
            ),
            "the thermometer records to 0.1 °F only": (
                "That is a rounding of a twentieth of a degree at most; "
                "weather is far larger."
            ),
        },
    ),
    QuizQuestion(
        text="Why is the split made by month, and not by dealing out hours?",
        right="hours of one day are nearly the same hour",
        because=(
            "Sixteen pairs come from one morning. If they stood on both "
            "sides, a model that remembers days would look good."
        ),
        wrong={
            "a network needs its data in the order of the calendar": (
                "The order of the hours is shuffled in training; only the "
                "order within an hour counts."
            ),
            "every part then has the same number of hours": (
                "The parts differ in size: eight months, two and two."
            ),
            "June and December have more faults than others": (
                "The faults are made up, equally many for each day."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "The network reads how far each reading lies above the mean of "
            "its hour. What can it no longer see?"
        ),
        right="whether the hour was warm or cold",
        because=(
            "The mean is taken away, so two hours of the same course look "
            "alike at any temperature."
        ),
        wrong={
            "whether a reading is repeated": (
                "Equal readings stay equal when the same number is taken "
                "from each."
            ),
            "how steeply the hour rises": (
                "Differences between readings do not change when the same "
                "number is taken from each."
            ),
            "in which order the readings came": (
                "The order is untouched; it is what the network lives on."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "The false alarms come in December, a month held out. How did "
            "the lesson test whether that is because December was never "
            "trained on?"
        ),
        right="it looked at January, which was",
        because=(
            "January gives as many false alarms, so being held out is not "
            "the reason; the flat mornings of both months may be."
        ),
        wrong={
            "it trained on December and looked again": (
                "That would have opened the held-out part to the training."
            ),
            "it looked at June, which was held out too": (
                "June shows that not every held-out month does badly, but a "
                "second winter month was needed."
            ),
            "it took more seeds and a longer training": (
                "More seeds measure how much chance does; they say nothing "
                "about the month."
            ),
        },
    ),
    QuizQuestion(
        text=(
            "A forecasting network is eight times better than the naive "
            "forecast. What should you do before you publish that?"
        ),
        right="look for a better simple rule",
        because=(
            "Here the sum of three numbers beat the network: the naive "
            "forecast was a weak opponent."
        ),
        wrong={
            "train it longer and make it ten times": (
                "It would still be compared with a weak opponent."
            ),
            "take the best of its three seeds": (
                "Choosing the best seed on held-out data makes a result "
                "look better than it is."
            ),
            "report the accuracy in per cent": (
                "A forecast is a number; its error in degrees is what counts."
            ),
        },
    ),
)
