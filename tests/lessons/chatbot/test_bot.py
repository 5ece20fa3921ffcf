"""The bot answers anything that can be typed, and says when it cannot."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.chatbot import bot, messages, widget


@pytest.mark.parametrize(
    "text",
    ["", "   ", "?", "안녕하세요, 이름이 뭐예요?", "🙂🙂", "\x00", "<>&$"],
)
def test_what_has_no_known_word_is_not_answered(text):
    reply = bot.load().reply(text)
    assert (reply.text, reply.candidates) == (bot.NO_ANSWER, [])
    assert isinstance(widget.view(text).sentence, str)


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300))
def test_whatever_is_typed_the_probabilities_are_some(text):
    reply = bot.load().reply(text)
    assert len(reply.words) == len(reply.known) <= messages.LONGEST
    assert reply.probabilities == sorted(reply.probabilities, reverse=True)
    assert 0 <= sum(reply.probabilities) <= 1 + 1e-9
    assert reply.answers == bool(
        reply.probabilities and reply.probabilities[0] >= bot.load().threshold
    )


def test_a_very_long_message_is_cut_and_answered_in_a_tenth_of_a_second():
    bot.load().reply("warm up")
    text = "how are you " * 4000
    best = np.inf
    for _ in range(5):
        begun = time.perf_counter()
        reply = bot.load().reply("how are you " * 7)
        best = min(best, time.perf_counter() - begun)
    assert len(bot.load().reply(text).words) == messages.LONGEST
    assert len(reply.words) == messages.LONGEST
    assert best < 0.1
    assert "20 words at most" in widget.view(text).sentence


def test_every_answer_that_it_may_give_is_fit_and_no_id():
    talker = bot.load()
    assert len(talker.answers) == len(talker.arrays["answers"]) > 100
    for text in talker.answers:
        assert messages.is_fit(text), text


def test_a_name_is_greeted_after_an_opening_only():
    for words, names, wanted in (
        (["my", "name", "is", "anna"], ["anna"], "anna"),
        (["i'm", "anna"], ["anna"], "anna"),
        (["i", "saw", "anna"], ["anna"], None),
        (["my", "name", "is", "anna"], [], None),
        ([], [], None),
    ):
        assert bot.introduced_name(words, names) == wanted


def test_the_widget_says_what_the_reply_says():
    seen = widget.view("hi")
    reply = bot.load().reply("hi")
    assert reply.text in seen.sentence
    assert f"{reply.probabilities[0]:.3f}" in seen.sentence
    assert reply.candidates[0] in seen.description
    assert widget.view("").figure is None


def test_weights_are_small():
    sizes = [file.stat().st_size for file in bot.WEIGHTS.glob("*.npz")]
    assert sizes
    assert max(sizes) < 1_000_000


def test_what_is_no_text_is_named():
    with pytest.raises(TypeError, match="text"):
        bot.load().reply(None)
