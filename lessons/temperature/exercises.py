"""The exercises of lesson 11: an hour of a thermometer, read in order."""

from __future__ import annotations

from random import Random

import numpy as np

from utils.exercises import Function, MultipleChoice, Number, Question, Sheet

SHEET = Sheet(11)

IN_ORDER = {
    "the largest change from one minute to the next": (
        "it needs to know which reading follows which."
    ),
    "the longest run of equal readings": (
        "it needs to know which readings are neighbours."
    ),
    "the reading at 09:30": "it needs to know when a reading was taken.",
    "the rise from the first reading to the last": (
        "it needs to know which came first."
    ),
}
BLIND = {
    "the mean of the hour": "a sum does not care in which order it is added.",
    "the spread of the hour": (
        "the spread is a mean as well, of distances from the mean."
    ),
    "the highest reading": "the highest one is there in any order.",
    "the reading in the middle of the sorted list": (
        "sorting has already thrown the order away."
    ),
    "how many different values occur": (
        "the same values occur, wherever they stand."
    ),
}


@SHEET.exercise
def hours(draw: Random) -> Question:
    """Recall: how the hours of the task are counted."""
    days, kinds, each = draw.randint(100, 300), 5, draw.randint(3, 9)
    return Number(
        text=(
            f"You add a fault of your own, so that there are {kinds} kinds. "
            f"For each of {days} days the loader is to make {each} pairs of "
            "each kind: an hour with fresh noise, and the same hour with the "
            "fault. How many hours do you get?"
        ),
        answer=days * kinds * each * 2,
        mistakes={
            days * kinds * each: (
                "this is the number of pairs: every pair has two hours."
            ),
            days
            * each
            * 2: "this is how many there are with one kind of fault.",
            days * (kinds * each + 1): (
                "every faulty hour has a normal partner of its own; you "
                "counted one normal hour per day."
            ),
            days
            * kinds
            * 2: "this is how many there are with one pair per kind.",
            days * 4 * each * 2: (
                "these are the four faults of the lesson, and yours is "
                "missing."
            ),
        },
        because="days times kinds times pairs, and two hours in each pair.",
        hint="the lesson gets 7,776 hours from 243 days: which factors are "
        "in that number?",
    )


@SHEET.exercise
def forecast(draw: Random) -> Question:
    """Use: the rule that arithmetic gives, by hand."""
    tenths = draw.sample(range(40, 150), 3)
    while len({abs(tenths[1] - tenths[0]), *tenths, 0}) < 5:
        tenths = draw.sample(range(40, 150), 3)
    tenths[:2] = sorted(tenths[:2])
    eight, nine, now = (value / 10 for value in tenths)
    answer = round(now + nine - eight, 1)
    return Number(
        text=(
            f"Yesterday it was {eight} °C at eight o'clock and {nine} °C at "
            f"nine. Today at eight it is {now} °C. What does the lesson's "
            "rule \"last hour plus yesterday's change\" say for nine o'clock?"
        ),
        answer=answer,
        mistakes={
            now: "this is the naive forecast: the same as last hour.",
            nine: (
                "this is the second rule: the same as yesterday at this hour."
            ),
            round(now - nine + eight, 1): (
                "you have the change the wrong way round: later minus earlier."
            ),
            round(nine - eight, 1): (
                "this is yesterday's change alone, and not yet a temperature."
            ),
            round(now + now - eight, 1): (
                "you took the change from yesterday to today; the rule takes "
                "the one between yesterday's two hours."
            ),
        },
        tolerance=1e-6,
        because="today begins where it stands and moves as yesterday did.",
        hint="by how much did yesterday change between these two hours?",
    )


@SHEET.exercise
def order(draw: Random) -> Question:
    """Turned round: which measures can tell a swapped hour from its twin."""
    right = draw.sample(sorted(IN_ORDER), 2)
    wrong = draw.sample(sorted(BLIND), 3)
    return MultipleChoice(
        text=(
            "In an hour two blocks of readings change places. Which of these "
            "can be different before and after?"
        ),
        right=right,
        mistakes={
            name: f"one of yours never changes: {BLIND[name]}"
            for name in wrong
        },
        draw=draw,
        because="each of these asks where a reading stands.",
        hint="for each of them, ask whether you could still compute it from "
        "sixty slips of paper in a bag.",
    )


@SHEET.exercise
def false_alarms(draw: Random) -> Question:
    """Turned round: from the accuracy back to the false alarms."""
    alarms = draw.choice([4, 6, 8, 12, 14])
    found = draw.choice([70, 78, 82, 88, 92])
    while (100 - alarms + found) / 2 in {found, 100 - alarms}:
        found = draw.choice([70, 78, 82, 88, 92])
    right = (100 - alarms + found) // 2
    return Number(
        text=(
            "Half of the hours of a test are normal, half are faulty. A "
            f"detector is right in {right}% of all hours and finds {found}% "
            "of the faulty ones. What share of the normal hours are false "
            "alarms? Give a number between 0 and 1."
        ),
        answer=alarms / 100,
        mistakes={
            alarms: "this is in per cent: a share is between 0 and 1.",
            (100 - right) / 100: (
                "this is the share of all hours on which it is wrong; missed "
                "faults are among them."
            ),
            (100 - alarms) / 100: (
                "this is the share of the normal hours that are called normal."
            ),
            (right - found) / 100: (
                "a difference of both shares compares all hours with half "
                "of them."
            ),
            (found - right) / 100: (
                "a difference of both shares compares all hours with half "
                "of them, the other way round."
            ),
            alarms / 200: (
                "this is the share among all hours; only the normal ones "
                "were asked for."
            ),
            (100 - found) / 100: (
                "this is the share of the faulty hours that are missed."
            ),
        },
        tolerance=1e-6,
        because="the accuracy is the mean of the two halves.",
        hint="imagine 100 normal and 100 faulty hours, and count how many "
        "of all 200 are answered correctly.",
    )


@SHEET.exercise
def roof(draw: Random) -> Question:
    """Design: what the detector is worth where faults are rare."""
    one_in = draw.choice([50, 100, 200])
    found = draw.choice([80, 85, 90, 95])
    alarms = draw.choice([4, 6, 8])
    true = found / one_in
    false = alarms * (one_in - 1) / one_in
    return Number(
        text=(
            f"On a real roof one hour in {one_in} is faulty. A detector finds "
            f"{found}% of the faulty hours and gives a false alarm in "
            f"{alarms}% of the normal ones. It has just given an alarm. How "
            "probable is it that something is wrong? Give a number between 0 "
            "and 1, with three decimals."
        ),
        answer=true / (true + false),
        mistakes={
            found / 100: (
                "this is how many faults give an alarm; the question is how "
                "many alarms come from a fault."
            ),
            1 - alarms / 100: (
                "this is the share of normal hours without an alarm."
            ),
            found / (found + alarms): (
                "this holds where half of all hours are faulty, as in the "
                "lesson; here hardly any is."
            ),
            true / (true + alarms): (
                "nearly: the false alarms come from the normal hours only, "
                "and you counted them among all."
            ),
            false / (true + false): (
                "this is the share of false alarms among the alarms."
            ),
            1 / one_in: "this is how probable a fault is before the alarm.",
            true / 100: (
                "this is how often a fault and an alarm come together, among "
                "all hours."
            ),
        },
        tolerance=6e-4,
        because="of all alarms, that share comes from faulty hours.",
        hint="take 10,000 hours, and count the alarms of the faulty ones and "
        "of the normal ones.",
    )


@SHEET.exercise
def with_change(_: Random) -> Question:
    """Design: a second number at every step, for the stuck sensors."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray]:
        batch, steps = generator.permutation([4, 6, 7])[:2]
        return (generator.normal(size=(batch, steps, 1)),)

    def reference(x: np.ndarray) -> np.ndarray:
        change = np.diff(x, axis=1, prepend=x[:, :1])
        return np.concatenate([x, change], axis=-1)

    return Function(
        text=(
            "Write a function with_change(x). It takes the network's input, "
            "(batch, steps, 1), and returns (batch, steps, 2): at every step "
            "the reading first, and second the change since the step before. "
            "At the first step the change is 0. It takes any number of steps."
        ),
        reference=reference,
        inputs=inputs,
        mistakes=[
            (
                lambda x: np.diff(x, axis=1, prepend=x[:, :1]),
                "your function returns the changes alone: the readings are "
                "gone.",
            ),
            (
                lambda x: reference(x)[..., ::-1],
                "the reading comes first and the change second.",
            ),
            (
                lambda x: np.concatenate(
                    [x, np.diff(x, axis=1, prepend=0)], axis=-1
                ),
                "at the first step your change is the reading itself: "
                "prepend takes the first reading, not 0.",
            ),
            (
                lambda x: np.concatenate(
                    [x, np.diff(x, axis=0, prepend=x[:1])], axis=-1
                ),
                "you took the difference from hour to hour: the first axis "
                "is the batch.",
            ),
            (
                lambda x: np.concatenate(
                    [x, np.diff(x, axis=1, append=x[:, -1:])], axis=-1
                ),
                "you took the change to the next step: a network that reads "
                "forward does not know it yet.",
            ),
            (
                lambda x: np.concatenate(
                    [x, np.diff(x, axis=1, prepend=x[:, :1])], axis=1
                ),
                "you joined them along the steps: twice as many steps, not "
                "two numbers at each.",
            ),
        ],
        because="two equal readings in a row now show as a 0.",
        hint="np.diff has an argument axis and an argument prepend; how many "
        "changes are there between 60 readings?",
    )
