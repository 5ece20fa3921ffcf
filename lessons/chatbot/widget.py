"""The live demo: a typed message, and what the bot makes of it (20)."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from lessons.chatbot import bot
from lessons.chatbot.bot import Reply
from lessons.chatbot.messages import LONGEST
from utils import theme
from utils.widgets import controls
from utils.widgets.parsing import drawable
from utils.widgets.view import InputError, View, answers_mistakes

EXAMPLES = (
    "hi",
    "what do you like to do for fun?",
    "hello, my name is john",
    "I do not like snow",
    "what is two plus three?",
    "안녕하세요",
)
"""Messages that show what the bot can do, and what not."""

HEIGHT = 2.6
"""Inches."""


@answers_mistakes
def view(message: str = EXAMPLES[1]) -> View:
    """Show the best answers to a message, and which one is said.

    Args:
        message: What somebody types to the bot.
    """
    reply = bot.load().reply(message)
    if not reply.words:
        raise InputError(
            "There is no word to answer yet: type a message, or click one."
        )
    return View(
        sentence(reply),
        _figure(reply) if reply.candidates else None,
        _description(reply) if reply.candidates else "",
    )


def sentence(reply: Reply) -> str:
    """Return what happened, stage by stage."""
    unknown = [
        word
        for word, is_known in zip(reply.words, reply.known, strict=True)
        if not is_known
    ]
    parts = [f"The bot says: “{reply.text}”."]
    if reply.names:
        parts.append(f"The tagger calls a name: {', '.join(reply.names)}.")
    if unknown:
        parts.append(f"Not in its vocabulary: {', '.join(unknown)}.")
    if len(reply.words) == LONGEST:
        parts.append(f"It reads {LONGEST} words at most.")
    if reply.candidates:
        is_over = "reaches" if reply.answers else "stays below"
        parts.append(
            f"The best answer of its list has the probability "
            f"{reply.probabilities[0]:.3f} and {is_over} the threshold, "
            f"{bot.load().threshold:.3f}."
        )
    return " ".join(parts)


def _figure(reply: Reply) -> Figure:
    """Draw the probability of each of the best answers."""
    figure, axes = theme.subplots(height=HEIGHT)
    threshold = bot.load().threshold
    places = range(len(reply.candidates))
    axes.barh(places, reply.probabilities, color=theme.COLORS["output"])
    axes.set_yticks(places, [drawable(text) for text in reply.candidates])
    axes.set_ylim(len(reply.candidates) - 0.5, -0.5)
    axes.axvline(threshold, color=theme.COLORS["text"], linestyle="--")
    axes.set_xlim(0, 1.15 * max(*reply.probabilities, threshold))
    axes.set_xlabel("probability within the list; dashes: the threshold")
    axes.grid(axis="y", visible=False)
    return figure


def _description(reply: Reply) -> str:
    """Return the picture in words."""
    bars = ", ".join(
        f"“{text}” {p:.3f}"
        for text, p in zip(reply.candidates, reply.probabilities, strict=True)
    )
    return (
        f"Bars: the best answers of the list and their probabilities: {bars}."
        f" A dashed line at the threshold, {bot.load().threshold:.3f}."
    )


def panel() -> Any:
    """Return the widget."""
    return controls.panel(
        view,
        {"message": controls.line("message", EXAMPLES[1])},
        examples={text: {"message": text} for text in EXAMPLES},
    )
