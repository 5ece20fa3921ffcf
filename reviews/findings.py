"""What a training has found, in sentences and as numbers for the folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from reviews.comparison import Measured, difference, measure
from reviews.examples import MOST_ROWS, Examples
from utils.intervals import Interval

ROUNDED = 4
"""Decimals of the results in a model folder."""

BASELINE, NETWORK = "TF-IDF + logistic regression", "GRU"


@dataclass(frozen=True)
class Findings:
    """Two models, measured on the same rows that nothing was chosen by.

    Attributes:
        classes: What they tell apart.
        rows: To learn from, to choose by, to measure on.
        measure: What decided: "accuracy", or "macro_f1" with a rare class.
        tokens: What is said of the way texts are cut.
        linear: Of the baseline.
        network: Of the GRU.
        always: Of saying the most frequent class each time.
        most_frequent: That class.
        gain: Of the GRU over the baseline, in the measure.
        gain_over_always: Of the one that is kept over the most frequent.
        sizes: Name of a model -> how large it is, and how it was trained.
        silent: Texts measured on of which the one that is kept knows no word.
    """

    classes: list[str]
    rows: tuple[int, int, int]
    measure: str
    tokens: str
    linear: Measured
    network: Measured
    always: Measured
    most_frequent: str
    gain: Interval
    gain_over_always: Interval
    sizes: dict[str, str]
    silent: int

    @property
    def keeps_network(self) -> bool:
        """Whether the GRU is better by more than chance."""
        return self.gain.low > 0

    @property
    def kept(self) -> Measured:
        """Of the model that is kept."""
        return self.network if self.keeps_network else self.linear

    def numbers(self) -> dict[str, Any]:
        """Return what the model folder keeps of them."""
        names = ("learn from", "choose by", "measure on")
        models = {"linear": self.linear, "gru": self.network}
        return {
            "rows": dict(zip(names, self.rows, strict=True)),
            "decided by": self.measure,
            "gru better by": _rounded(self.gain),
            "always": {
                "label": self.most_frequent,
                "accuracy": _rounded(self.always.accuracy),
            },
            "models": {
                name: {
                    "accuracy": _rounded(m.accuracy),
                    "macro_f1": round(m.macro_f1, ROUNDED),
                    "precision": _rounded(m.precision),
                    "recall": _rounded(m.recall),
                }
                for name, m in models.items()
            },
        }


def compared(
    y: np.ndarray,
    linear: np.ndarray,
    network: np.ndarray,
    most_frequent: int,
    examples: Examples,
    *,
    rows: tuple[int, int, int],
    tokens: str,
    sizes: dict[str, str],
    seed: int,
) -> Findings:
    """Compare what two models said of the rows that were kept for the end.

    Args:
        y: True classes, from 0, (rows,).
        linear: What the baseline said, -1 for nothing, (rows,).
        network: What the GRU said, (rows,).
        most_frequent: The most frequent class.
        examples: All rows.
        rows: As in `Findings`.
        tokens: As in `Findings`.
        sizes: As in `Findings`.
        seed: Of the draws for the intervals.
    """
    count = len(examples.classes)
    by = "accuracy" if examples.even else "macro_f1"
    always = np.full(len(y), most_frequent)
    gain = difference(y, network, linear, count, by, seed)
    kept = network if gain.low > 0 else linear
    return Findings(
        classes=examples.classes,
        rows=rows,
        measure=by,
        tokens=tokens,
        linear=measure(y, linear, count),
        network=measure(y, network, count),
        always=measure(y, always, count),
        most_frequent=examples.classes[most_frequent],
        gain=gain,
        gain_over_always=difference(y, kept, always, count, by, seed),
        sizes=sizes,
        silent=int((kept < 0).sum()),
    )


def _rounded(values: Any) -> list[float]:
    """Return numbers as JSON has them."""
    return np.asarray(values, float).round(ROUNDED).tolist()


def about_rows(examples: Examples) -> Iterator[str]:
    """Say what became of the rows of a file."""
    left = examples.rows - examples.labelled
    why = ", ".join(f"{n:,} {w}" for w, n in examples.left_out.most_common(4))
    yield (
        f"{examples.rows:,} rows, {examples.labelled:,} with a text and a "
        f"label" + (f"; left out: {why}" if left else "")
    )
    if examples.used < examples.labelled:
        yield (
            f"{MOST_ROWS:,} of them, drawn by chance, are used; more would "
            "take long and teach little."
        )
    if examples.spellings:
        yield (
            f"{examples.spellings:,} rows write a label in a rarer way (case, "
            "blanks, 5.0 for 5): it is the same label."
        )
    if examples.repeats:
        disputed = examples.disputed
        other = f", {disputed:,} texts with different labels" * bool(disputed)
        yield (
            f"{examples.repeats:,} rows repeat the text of another{other}: "
            "all of a text are on one side of the split, and it is measured "
            "once, with its most frequent label."
        )
    shares = zip(examples.classes, examples.shares, strict=True)
    shown = ", ".join(f"{name} {share:.1%}" for name, share in shares)
    yield f"labels of {examples.label!r}: {shown}"
    if not examples.even:
        rarest = int(examples.shares.argmin())
        yield (
            f"{examples.classes[rarest]!r} is rare "
            f"({examples.shares[rarest]:.1%}): rare classes weigh more in the "
            "training, and macro-F1, in which each class counts the same, "
            "decides instead of accuracy."
        )


def about_models(findings: Findings) -> Iterator[str]:
    """Say what was measured, and which model is kept and why."""
    learn, choose, last = findings.rows
    yield (
        f"{learn:,} rows to learn from, {choose:,} texts to choose by, "
        f"{last:,} to measure on, looked at once"
    )
    yield findings.tokens
    yield ""
    yield from _table(findings)
    yield ""
    yield from _by_class(findings)
    yield ""
    yield from _decision(findings)


def _table(findings: Findings) -> Iterator[str]:
    """Show what the models reach."""
    always = f"always {findings.most_frequent!r:.20}"
    rows = (
        (always, findings.always, ""),
        (BASELINE, findings.linear, findings.sizes["linear"]),
        (NETWORK, findings.network, findings.sizes["gru"]),
    )
    yield f"{'':<30}{'accuracy [95%]':<23}macro-F1"
    for name, m, size in rows:
        accuracy = str(m.accuracy)
        yield f"{name:<30}{accuracy:<23}{m.macro_f1:<10.3f}{size}".rstrip()


def _by_class(findings: Findings) -> Iterator[str]:
    """Show precision and recall of each class, for both."""
    width = max(12, *(len(name) + 2 for name in findings.classes))
    width = min(width, 30)
    yield (
        f"{'':<{width}}{'TF-IDF':<20}GRU\n"
        f"{'':<{width}}{'precision  recall':<20}{'precision  recall':<20}texts"
    )
    models = (findings.linear, findings.network)
    for k, name in enumerate(findings.classes):
        cells = "".join(
            f"{f'{m.precision[k]:<11.2f}{m.recall[k]:.2f}':<20}"
            for m in models
        )
        shown = name if len(name) < width else f"{name[: width - 2]}…"
        yield f"{shown:<{width}}{cells}{models[0].rows[k]:,}"


def _decision(findings: Findings) -> Iterator[str]:
    """Say which model is kept and why."""
    name = {"accuracy": "accuracy", "macro_f1": "macro-F1"}[findings.measure]
    gain = findings.gain
    yield (
        f"GRU minus TF-IDF, on the same texts: {name} {gain.value:+.3f} "
        f"[{gain.low:+.3f}, {gain.high:+.3f}]"
    )
    if findings.keeps_network:
        yield "Kept: the GRU, which is better by more than chance explains."
    elif gain.high < 0:
        yield (
            "Kept: TF-IDF and logistic regression, which is better by more "
            "than chance explains."
        )
    else:
        yield (
            "Kept: TF-IDF and logistic regression. The two cannot be told "
            f"apart on {findings.rows[2]:,} texts, and it is the simpler one."
        )
    if findings.silent:
        yield (
            f"Of {findings.silent:,} texts it knows no word: they get no "
            "label, which counts as an error here."
        )
    if findings.gain_over_always.low <= 0:
        yield (
            f"But it cannot be told apart from always saying "
            f"{findings.most_frequent!r}: do not rely on it; more rows may "
            "help."
        )
