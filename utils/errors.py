"""What an error says: which argument it was, or why the system refused.

Every check of an argument names it, says what it got and what it takes.
Standard library only, in syntax of Python 3.7: the set-up needs it too.
"""

from __future__ import annotations

import errno
import math
import numbers
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

CLAUSES = {
    r"failed: 407|status 407": "the proxy asks for a name and a password "
    "(407): put them into https_proxy, http://name:password@proxy:port",
    r"connect to (\w+://\S+)": r"nothing answers at \1",
    r"status (\d+)": r"the server answers \1",
    "SOCKS support": "a SOCKS proxy takes the package PySocks: install it, "
    "or name an http proxy in https_proxy",
    "InvalidProxyURL": "the address of the proxy is not understood",
    "ProxyError|Tunnel": "the proxy lets nothing through, or is not there",
    "InvalidSchema|MissingSchema|unknown url type": "an address of a server "
    "begins with https:// or http://",
    "InvalidURL|LocationParse": "the server's address is not understood",
    "certificate (has expired|is not yet)": "by the clock of "
    "this machine the server's certificate is out of date",
    "mismatch, cert": "the server's certificate is for another name",
    "certificate bundle|certificate or crl": "the file that "
    "REQUESTS_CA_BUNDLE names holds no certificate, or is not there",
    "SSLCertVerification": "the server's certificate is not trusted: where a "
    "proxy opens TLS, name the file of its CA in REQUESTS_CA_BUNDLE",
    "SSLError": "TLS does not come about: does the server speak https?",
    "gaierror|UNREACH|ENETDOWN": "no network, or the server's name is wrong",
    "ConnectionRefused": "the connection is refused",
    "TimeoutError": "no answer in time",
    "Disconnected|Connection(Reset|Aborted)|BrokenPipe|IncompleteRead": "the "
    "connection broke off",
    "HTTPException|RequestException": "the answer is not understood",
}
"""Names or words of a failure of the network, the special before the
general, and what they mean to a reader: no library has to be imported."""


def reason(error: BaseException, *, named: bool = True) -> str:
    """Return why something was refused, as a clause without a full stop.

    Of network, TLS, proxy and address it says what to do; of the disk it
    says what the system says.

    Args:
        error: From the system, ssl, urllib, requests, shutil, ...
        named: Begin with the file or folder where one is known.
    """
    told = " ".join(map(_described, _behind(error)))
    for sign, clause in CLAUSES.items():
        found = re.search(sign, told)
        if found:
            return found.expand(clause)
    if error.args and isinstance(error.args[0], list):  # shutil.Error
        return error.args[0][0][2]
    words = getattr(error, "strerror", None) or str(error)
    name = getattr(error, "filename", None)
    if not (named and name and isinstance(name, (str, bytes, os.PathLike))):
        return words or type(error).__name__
    place = Path(os.fsdecode(name))
    # An unfinished file has a name that nobody gave: its folder refused.
    return f"{place.parent if place.suffix == '.part' else place}: {words}"


def _behind(error: object) -> Iterator[BaseException]:
    """Yield an error and what it came from."""
    while isinstance(error, BaseException):
        yield error
        before = None if error.__suppress_context__ else error.__context__
        inside = getattr(error, "reason", None)  # of ssl it is a word
        known = isinstance(inside, BaseException)
        error = inside if known else error.__cause__ or before


def _described(error: BaseException) -> str:
    """Return the names of what an error is, its codes and its message."""
    answer = getattr(error, "response", None)
    status = getattr(answer, "status_code", getattr(error, "code", None))
    code = errno.errorcode.get(getattr(error, "errno", None) or 0)
    kinds = " ".join(kind.__name__ for kind in type(error).__mro__)
    return f"{kinds} {code} status {status} {error}"


def check_integer(
    name: str,
    value: Any,
    *,
    minimum: int | None = None,
    maximum: int | None = None,
) -> int:
    """Return ``value`` as an int, or say why it is not one.

    Args:
        name: The argument's name, as the caller wrote it.
        value: What the caller passed.
        minimum: Smallest value allowed, inclusive.
        maximum: Largest value allowed, inclusive.

    Raises:
        TypeError: ``value`` is not an integer (``True`` is not one either).
        ValueError: ``value`` is outside the bounds.
    """
    kind = numbers.Integral
    _check_bounds(name, value, kind, "an integer", minimum, maximum)
    return int(value)


def check_number(
    name: str,
    value: Any,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
) -> float:
    """Return ``value`` as a finite float, or say why it is not one.

    The arguments are those of `check_integer`.

    Raises:
        TypeError: ``value`` is not a real number.
        ValueError: ``value`` is not finite or outside the bounds.
    """
    kind = numbers.Real
    _check_bounds(name, value, kind, "a finite number", minimum, maximum)
    return float(value)


def _check_bounds(
    name: str,
    value: Any,
    kind: type,
    wanted: str,
    minimum: float | None,
    maximum: float | None,
) -> None:
    """Raise unless ``value`` is a number of a kind, finite, in its bounds."""
    bounds = ((">=", minimum), ("<=", maximum))
    given = [f"{sign} {bound}" for sign, bound in bounds if bound is not None]
    asked = " ".join([wanted, " and ".join(given)]).rstrip()
    message = f"{name} takes {asked}, got {value!r}"
    if isinstance(value, bool) or not isinstance(value, kind):
        raise TypeError(message)
    below = minimum is not None and value < minimum
    above = maximum is not None and value > maximum
    try:
        finite = math.isfinite(value)
    except OverflowError:  # no float is as large; an integer may be
        finite = kind is numbers.Integral
    if not finite or below or above:
        raise ValueError(message)


def check_choice(name: str, value: Any, choices: Collection[Any]) -> Any:
    """Return ``value`` if it is one of ``choices``.

    Raises:
        ValueError: It is not; the message lists what is allowed.
    """
    if value not in choices:
        allowed = ", ".join(repr(choice) for choice in choices)
        raise ValueError(f"{name} takes one of {allowed}, got {value!r}")
    return value


def check_text(name: str, value: Any) -> str:
    """Return ``value`` if it is a str.

    Raises:
        TypeError: It is not.
    """
    if not isinstance(value, str):
        got = f"{value!r:.60} ({type(value).__name__})"
        raise TypeError(f"{name} takes text (a str), got {got}")
    return value


def check_length(name: str, values: Any, other: str, others: Any) -> None:
    """Raise a ValueError unless both arguments hold equally many entries.

    Args:
        name: Of the first argument.
        values: Its value.
        other: Of the second.
        others: Its value.
    """
    if len(values) != len(others):
        raise ValueError(
            f"{name} takes {len(others)} entries, one for each of {other}, "
            f"got {len(values)}"
        )
