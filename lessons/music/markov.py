"""A Markov chain: the next symbol from the last one, or the last few."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from utils.errors import check_integer, check_number


class Markov:
    """Counts what followed what, smoothed by shorter contexts.

    For a context c of ``order`` symbols, and c' which is c without its
    oldest symbol,

        P(n | c) = (count(c, n) + strength * P(n | c')) / (count(c) + strength)

    and below the empty context stands the uniform distribution. A context
    that was never seen thus answers as the shorter one does, a frequent one
    as its counts say, and every symbol keeps a probability above zero.

    Source: D. MacKay and L. Peto, "A hierarchical Dirichlet language
    model" (1995).
    """

    def __init__(
        self, order: int, symbols: int, *, strength: float = 10.0
    ) -> None:
        """Prepare an untrained chain.

        Args:
            order: How many symbols a context has; 0 knows frequencies only.
            symbols: How many symbols there are.
            strength: How many observations the shorter context counts as,
                above 0.

        Raises:
            TypeError, ValueError: A number is out of range.
        """
        self.order = check_integer("order", order, minimum=0)
        self.symbols = check_integer("symbols", symbols, minimum=1)
        self.strength = check_number("strength", strength)
        if self.strength <= 0:
            raise ValueError(f"strength takes a number > 0, got {strength!r}")
        self._counts: dict[tuple[int, ...], np.ndarray] = {}

    def fit(self, sequences: Iterable[np.ndarray]) -> Markov:
        """Count the contexts of every length up to ``order``.

        Args:
            sequences: Symbols from 0 to ``symbols - 1``, one row a
                sequence, of any lengths.

        Returns:
            The chain itself.

        Raises:
            ValueError: A symbol is out of range.
        """
        self._counts = {}
        for sequence in sequences:
            row = self._checked(sequence)
            for place, symbol in enumerate(row):
                for length in range(min(place, self.order) + 1):
                    context = tuple(row[place - length : place])
                    if context not in self._counts:
                        self._counts[context] = np.zeros(
                            self.symbols, dtype=np.float32
                        )
                    self._counts[context][symbol] += 1
        return self

    def probabilities(self, contexts: np.ndarray) -> np.ndarray:
        """Return how probable each symbol is after each context.

        Args:
            contexts: What came before, oldest first, (samples, timesteps);
                only the last ``order`` symbols count.

        Returns:
            (samples, symbols); each row sums to 1.

        Raises:
            ValueError: A symbol is out of range.
        """
        rows = [self._checked(context) for context in contexts]
        return np.stack([self._after(row) for row in rows])

    def _after(self, row: list[int]) -> np.ndarray:
        """Return the distribution of what comes after ``row``."""
        answer = np.full(self.symbols, 1 / self.symbols)
        for length in range(min(self.order, len(row)) + 1):
            counts = self._counts.get(tuple(row[len(row) - length :]))
            if counts is None:
                break
            answer = counts + self.strength * answer
            answer /= counts.sum() + self.strength
        return answer

    def _checked(self, sequence: np.ndarray) -> list[int]:
        """Return the symbols as a list."""
        row = np.asarray(sequence)
        if row.size and (row.min() < 0 or row.max() >= self.symbols):
            raise ValueError(
                f"a sequence takes symbols from 0 to {self.symbols - 1}, got "
                f"{row.min()} to {row.max()}"
            )
        return row.tolist()


def back_off(
    contexts: np.ndarray,
    followed_by: np.ndarray,
    asked: np.ndarray,
    *,
    symbols: int,
    strength: float,
) -> np.ndarray:
    """Answer as `Markov` does, from contexts of any kind of columns.

    Args:
        contexts: What stood before each symbol, (samples, columns); the
            column that is left out first comes first.
        followed_by: The symbols, (samples,).
        asked: Contexts to answer after, (questions, columns).
        symbols: How many symbols there are.
        strength: How many observations the shorter context counts as.

    Returns:
        (questions, symbols); each row sums to 1.
    """
    answer = np.full((len(asked), symbols), 1 / symbols)
    both = np.concatenate([contexts, asked])
    for first in range(both.shape[1], -1, -1):
        kept = both[:, first:]
        _, number = np.unique(kept, axis=0, return_inverse=True)
        seen, wanted = np.split(number.reshape(-1), [len(contexts)])
        counts = np.zeros((number.max() + 1, symbols), dtype=np.float32)
        np.add.at(counts, (seen, followed_by), 1)
        found = counts[wanted]
        total = found.sum(axis=1, keepdims=True)
        answer = (found + strength * answer) / (total + strength)
    return answer
