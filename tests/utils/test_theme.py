"""What matplotlib says on stderr about fonts, and whom it helps."""

import logging

import pytest
from matplotlib import font_manager

from utils import theme


@pytest.mark.parametrize(
    ("family", "weight", "told"),
    [("cmr10", "bold", ""), ("No Such Font", "normal", "not found")],
)
def test_only_what_a_reader_can_change_is_said(caplog, family, weight, told):
    theme.forget_matplotlibrc()
    font = font_manager.FontProperties(family=[family], weight=weight)
    with caplog.at_level(logging.WARNING):
        font_manager.fontManager.findfont(font)
    assert told in caplog.text and bool(caplog.text) == bool(told)


def test_a_list_of_fonts_in_the_making_is_no_news(caplog):
    theme.forget_matplotlibrc()
    logging.getLogger("matplotlib.font_manager").warning(
        "Matplotlib is building the font cache; this may take a moment."
    )
    assert not caplog.text
