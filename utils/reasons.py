"""Why the network, the disk or the system refused, in words of a reader.

Standard library only, in syntax of Python 3.7: the set-up needs it too.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

_FORM = "an address of a server begins with https:// or http://"
_ASKS = "the proxy asks for a name and a password (407): put them into "
_ASKS += "https_proxy, http://name:password@proxy:port"
_SHUT = "the proxy lets nothing through, or is not there"
_DATE = "by the clock of this machine the server's certificate is out of date"
_NO_BUNDLE = "the file that REQUESTS_CA_BUNDLE names holds no certificate, or "
_NO_BUNDLE += "is not there"
_BROKE_OFF = "the connection broke off"
_UNCLEAR = "the answer is not understood"
_WORDS = {
    "connection failed: 407": _ASKS,
    "Tunnel connection failed": _SHUT,
    "certificate has expired": _DATE,
    "certificate is not yet valid": _DATE,
    "mismatch, certificate": "the server's certificate is for another name",
    "CA certificate bundle": _NO_BUNDLE,
    "no certificate or crl": _NO_BUNDLE,
    "SOCKS support": "a SOCKS proxy takes the package PySocks: install it, "
    "or name an http proxy in https_proxy",
    "unknown url type": _FORM,
}
"""Words in a message that tell more than its kind."""
_KINDS = {
    "InvalidProxyURL": "the address of the proxy is not understood",
    "InvalidSchema": _FORM,
    "MissingSchema": _FORM,
    "InvalidURL": "the server's address is not understood",
    "LocationParseError": "the server's address is not understood",
    "gaierror": "no network, or the server's name is wrong",
    "SSLCertVerificationError": "the server's certificate is not trusted: "
    "where a proxy opens TLS, name the file of its CA in REQUESTS_CA_BUNDLE",
    "SSLError": "TLS does not come about: does the server speak https?",
    "TimeoutError": "no answer in time",
    "ConnectionRefusedError": "the connection is refused",
    "ConnectionError": _BROKE_OFF,
    "IncompleteRead": _BROKE_OFF,
    "HTTPException": _UNCLEAR,
    "RequestException": _UNCLEAR,
}
"""Kinds by their names, so that no library has to be imported."""
_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}


def reason(error: BaseException, *, named: bool = True) -> str:
    """Return why something was refused, as a clause without a full stop.

    Of network, TLS, proxy and address it says what to do; of the disk it
    says what the system says.

    Args:
        error: From the system, ssl, urllib, requests, shutil, ...
        named: Begin with the file or folder where one is known.
    """
    answer = getattr(error, "response", None)
    status = getattr(answer, "status_code", getattr(error, "code", None))
    if isinstance(status, int):
        return _ASKS if status == 407 else f"the server answers {status}"
    behind = [*_behind(error)]
    for words, clause in _WORDS.items():
        if any(words in str(each) for each in behind):
            return clause
    kinds = [kind for each in behind[::-1] for kind in _kinds(each)]
    if "ProxyError" in kinds:  # whatever else is true, it is the proxy's
        return _SHUT
    clauses = [_KINDS[kind] for kind in kinds if kind in _KINDS]
    return clauses[0] if clauses else _of_the_system(error, named)


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what it came from, the first cause last."""
    while isinstance(error, BaseException):
        yield error
        before = None if error.__suppress_context__ else error.__context__
        inside = getattr(error, "reason", None)  # of ssl it is a word
        if not isinstance(inside, BaseException):
            inside = error.__cause__ or before
        error = inside


def _kinds(error: BaseException) -> list[str]:
    """Return the names of what an error is, the special before the general."""
    if getattr(error, "errno", None) in _NO_WAY:
        return ["gaierror"]
    return [kind.__name__ for kind in type(error).__mro__]


def _of_the_system(error: BaseException, named: bool) -> str:
    """Return the system's words, after the name of the file."""
    if error.args and isinstance(error.args[0], list):  # shutil.Error
        return error.args[0][0][2]
    words = getattr(error, "strerror", None) or str(error)
    name = getattr(error, "filename", None)
    if not (named and name and isinstance(name, (str, bytes, os.PathLike))):
        return words or type(error).__name__
    place = Path(os.fsdecode(name))
    # An unfinished file has a name that nobody gave: its folder refused.
    return f"{place.parent if place.suffix == '.part' else place}: {words}"
