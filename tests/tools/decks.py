"""A deck of slides, read from its Markdown."""

import re
from dataclasses import dataclass
from pathlib import Path

from tools.slides.build import deck

NOTES = re.compile(r"^:::\{revealjs-notes\}\n(.*?)^:::\n?", re.M | re.S)
MINUTES = re.compile(r"(\d+) minutes?\.\n")


@dataclass
class Slide:
    """A slide: its claim, what it shows, and what the instructor has."""

    title: str
    shown: str
    notes: str

    @property
    def minutes(self) -> int:
        return int(MINUTES.match(self.notes)[1])


def slides(lesson: Path) -> list[Slide]:
    """Return the slides of a lesson's deck."""
    text = deck(lesson).read_text(encoding="utf-8")
    found = []
    for part in re.split(r"^##? ", text, flags=re.M)[1:]:
        title, _, body = part.partition("\n")
        notes = NOTES.findall(body)
        assert len(notes) == 1, f"{title}: {len(notes)} notes"
        found.append(Slide(title, NOTES.sub("", body), notes[0]))
    return found
