"""The one way to a network: requests to the user's own calendar server, over QtNetwork and without a thread.

Loaded when the user connects a calendar server, and else never. Qt verifies certificates against those that
the system trusts, and goes through the system's proxies.
"""

from __future__ import annotations

import ipaddress
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QObject, QTimer, QUrl
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkCookieJar,
    QNetworkProxyFactory,
    QNetworkReply,
    QNetworkRequest,
    QSslError,
)

from followup_desktop.i18n import _
from followup_desktop.services.ports import Credentials, WebReply, WebRequest

IDLE_MS = 60_000
"""So long a server may send nothing."""
WHOLE_MS = 300_000
"""So long one call may take in all, however the server drips."""
MOST_BYTES = 64 * 1024 * 1024
_FIRST_OF_CONTENT = 200
"""Qt's errors from here on are statuses that a server has sent."""

_Error = QNetworkReply.NetworkError
_Ssl = QSslError.SslError


class WebClient(QObject):
    """Sends requests; see ``services.ports.WebClient``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        QNetworkProxyFactory.setUseSystemConfiguration(True)
        self._manager = QNetworkAccessManager(self)
        self._manager.setRedirectPolicy(QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
        self._manager.setCookieJar(QNetworkCookieJar(self._manager))
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._end_replies)
        self._call: _Call | None = None

    def send(
        self, requests: Sequence[WebRequest], login: Credentials, then: Callable[[list[WebReply]], None]
    ) -> None:
        """Send them all; Qt has six under way at a time with one server."""
        self.stop()
        call = self._call = _Call(len(requests), then)
        self._limit.start(WHOLE_MS)
        for number, request in enumerate(requests):
            if not _may_be_asked(request.url):
                call.sentences[number] = _("Follow Up sends nothing without https.")
                QTimer.singleShot(0, self, partial(self._finished, call, number, None))
                continue
            reply = self._manager.sendCustomRequest(
                _request(request, login), request.method.encode(), QByteArray(request.body)
            )
            call.open_replies[number] = reply
            reply.sslErrors.connect(partial(self._note_certificate, call, number))
            reply.downloadProgress.connect(partial(self._watch_size, call, number))
            reply.finished.connect(partial(self._finished, call, number, reply))

    def stop(self) -> None:
        """Give up what is under way."""
        call, self._call = self._call, None
        self._limit.stop()
        if call is not None:
            for reply in tuple(call.open_replies.values()):
                reply.abort()
                reply.deleteLater()

    def _end_replies(self) -> None:
        """The time is up: what has not ended fails."""
        call = self._call
        if call is not None:
            for number, reply in tuple(call.open_replies.items()):
                call.sentences[number] = _sentence_of(_Error.TimeoutError, reply.url().host(), "")
                reply.abort()

    def _note_certificate(self, call: _Call, number: int, errors: Sequence[QSslError]) -> None:
        """Keep what is wrong with the certificate; that it is refused is what Qt does by itself."""
        if errors and call is self._call:
            host = call.open_replies[number].url().host()
            call.sentences[number] = _sentence_of_certificate(errors, host)

    def _watch_size(self, call: _Call, number: int, received: int, total: int) -> None:
        if max(received, total) > MOST_BYTES and call is self._call and number in call.open_replies:
            call.sentences[number] = _("The server's answer is too large.")
            call.open_replies[number].abort()

    def _finished(self, call: _Call, number: int, reply: QNetworkReply | None) -> None:
        call.open_replies.pop(number, None)
        if call is not self._call:
            return
        call.replies[number] = _reply(reply, call.sentences.get(number, ""))
        if reply is not None:
            reply.deleteLater()
        if len(call.replies) == call.count:
            self._call = None
            self._limit.stop()
            call.then([call.replies[each] for each in range(call.count)])


class _Call:
    """One call of ``send``: what is under way, and what has come back."""

    def __init__(self, count: int, then: Callable[[list[WebReply]], None]) -> None:
        self.count = count
        self.then = then
        self.open_replies: dict[int, QNetworkReply] = {}
        self.replies: dict[int, WebReply] = {}
        self.sentences: dict[int, str] = {}


def _may_be_asked(address: str) -> bool:
    """Whether the way there is closed to others: by TLS, or because it is this computer."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.userInfo():
        return False
    if url.scheme() == "https":
        return True
    try:
        return url.scheme() == "http" and (
            url.host() == "localhost" or ipaddress.ip_address(url.host()).is_loopback
        )
    except ValueError:
        return False


def _request(request: WebRequest, login: Credentials) -> QNetworkRequest:
    made = QNetworkRequest(QUrl(request.url, QUrl.ParsingMode.StrictMode))
    made.setTransferTimeout(IDLE_MS)
    # What is packed could be unpacked to more than there is memory for.
    headers = {"Accept-Encoding": "identity", "User-Agent": "Follow Up Desktop", **request.headers}
    if request.has_password:
        secret = f"{login.user}:{login.password}".encode()
        headers["Authorization"] = f"Basic {b64encode(secret).decode()}"
    for name, value in headers.items():
        made.setRawHeader(name.encode(), value.encode())
    wanted = QNetworkRequest.Attribute
    made.setAttribute(wanted.CacheLoadControlAttribute, QNetworkRequest.CacheLoadControl.AlwaysNetwork)
    made.setAttribute(wanted.AuthenticationReuseAttribute, QNetworkRequest.LoadControl.Manual)
    made.setAttribute(wanted.CookieSaveControlAttribute, QNetworkRequest.LoadControl.Manual)
    return made


def _reply(reply: QNetworkReply | None, sentence: str) -> WebReply:
    if reply is None:
        return WebReply(status=0, failure=sentence)
    error = reply.error()
    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    is_answer = error is _Error.NoError or error.value >= _FIRST_OF_CONTENT
    if sentence or not is_answer or not isinstance(status, int):
        return WebReply(
            status=0, failure=sentence or _sentence_of(error, reply.url().host(), reply.errorString())
        )
    headers = {
        bytes(name.data()).decode("latin-1").casefold(): bytes(value.data()).decode("latin-1")
        for name, value in reply.rawHeaderPairs()
    }
    return WebReply(status=status, headers=headers, body=bytes(reply.readAll().data()))


def _sentence_of(error: QNetworkReply.NetworkError, host: str, said: str) -> str:
    sentences = {
        _Error.HostNotFoundError: _("{host} can't be found. Check the address and your internet connection."),
        _Error.ConnectionRefusedError: _("{host} doesn't accept connections. Check the address."),
        _Error.SslHandshakeFailedError: _("A secure connection to {host} isn't possible."),
        _Error.TimeoutError: _("{host} takes too long to answer."),
        _Error.OperationCanceledError: _("{host} takes too long to answer."),
        _Error.RemoteHostClosedError: _("{host} stopped responding halfway."),
        _Error.ProxyAuthenticationRequiredError: _(
            "Your proxy asks for a password, which Follow Up can't give."
        ),
    }
    return sentences.get(error, _("{host} can't be reached.")).format(host=host, said=said)


def _sentence_of_certificate(errors: Sequence[QSslError], host: str) -> str:
    """The plainest of what is wrong: that no one vouches for a certificate is said if it's all there is."""
    kinds = {error.error() for error in errors}
    sentences = {
        _Ssl.CertificateNotYetValid: _(
            "The certificate of {host} isn't valid yet. Check your computer's clock."
        ),
        _Ssl.CertificateExpired: _("The certificate of {host} has expired. Its owner has to renew it."),
        _Ssl.HostNameMismatch: _("The certificate doesn't belong to {host}. Check the address."),
        _Ssl.CertificateRevoked: _("The certificate of {host} was revoked. Don't connect."),
    }
    own_server = _(
        "Your computer doesn't trust the certificate of {host}. If it's your own server, add its "
        "certificate to those your system trusts."
    )
    found = (sentence for kind, sentence in sentences.items() if kind in kinds)
    return next(found, own_server).format(host=host)
