"""The one way to a network: requests to the user's own calendar server, over QtNetwork and without a thread.

Loaded when the user connects a calendar server, and else never. Qt verifies certificates against those that
the system trusts, and goes through the system's proxies; those of a Linux desktop's settings, which Qt
doesn't read, are asked of its portal.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QObject, QTimer, QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCall, QDBusPendingCallWatcher
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkCookieJar,
    QNetworkProxy,
    QNetworkProxyFactory,
    QNetworkProxyQuery,
    QNetworkReply,
    QNetworkRequest,
    QSslConfiguration,
    QSslError,
    QSslSocket,
)

from followup_desktop.i18n import _
from followup_desktop.services.ports import Credentials, WebReply, WebRequest

IDLE_MS = 60_000
"""So long a server may send nothing."""
WHOLE_MS = 300_000
"""So long one call may take in all, however the server drips."""
MOST_BYTES = 64 * 1024 * 1024
PROXY_MS = 2000
"""So long the desktop may take to say which proxy is to be used; then none is."""
_RESOLVER = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.ProxyResolver",
    "Lookup",
)
_PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy")
_PROXY_TYPES = {
    "http": QNetworkProxy.ProxyType.HttpProxy,
    "https": QNetworkProxy.ProxyType.HttpProxy,
    "socks": QNetworkProxy.ProxyType.Socks5Proxy,
    "socks5": QNetworkProxy.ProxyType.Socks5Proxy,
    "socks5h": QNetworkProxy.ProxyType.Socks5Proxy,
}
_FIRST_OF_CONTENT = 200
"""Qt's errors from here on are statuses that a server has sent."""

_Error = QNetworkReply.NetworkError
_Ssl = QSslError.SslError
_PROXY_ERRORS = (
    _Error.ProxyConnectionRefusedError,
    _Error.ProxyConnectionClosedError,
    _Error.ProxyNotFoundError,
    _Error.ProxyTimeoutError,
)


def encryption() -> tuple[str, str, int]:
    """Qt's back end for TLS, its library, and how many authorities the system trusts; nothing is connected.

    The library is empty where none is found: then Qt can't encrypt.
    """
    library = QSslSocket.sslLibraryVersionString() if QSslSocket.supportsSsl() else ""
    return QSslSocket.activeBackend(), library, len(QSslConfiguration.systemCaCertificates())


class QtWebClient(QObject):
    """Sends requests; see ``services.ports.WebClient``. The desktop's portal is on ``bus``."""

    def __init__(self, parent: QObject | None = None, bus: QDBusConnection | None = None) -> None:
        super().__init__(parent)
        self._bus = bus or QDBusConnection.sessionBus()
        self.proxy_login: Credentials | None = None
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
        """Send them all, which are for one server; Qt has six under way at a time."""
        self.stop()
        call = self._call = _Call(len(requests), then)
        self._limit.start(WHOLE_MS)
        address = requests[0].url
        if _is_here(QUrl(address).host()):  # to a proxy, the password would go in the clear
            self._send(call, requests, login, QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
            return
        if not _may_be_asked(address) or not _is_desktop_asked() or not self._bus.isConnected():
            query = QNetworkProxyQuery(QUrl(address))
            self._send(call, requests, login, QNetworkProxyFactory.systemProxyForQuery(query)[0])
            return
        question = QDBusMessage.createMethodCall(*_RESOLVER)
        question.setArguments([address])
        pending: QDBusPendingCall = self._bus.asyncCall(question, PROXY_MS)
        watcher = QDBusPendingCallWatcher(pending, self)
        watcher.finished.connect(lambda: self._found_proxy(call, requests, login, watcher))

    def _found_proxy(
        self,
        call: _Call,
        requests: Sequence[WebRequest],
        login: Credentials,
        watcher: QDBusPendingCallWatcher,
    ) -> None:
        """Go the way that the desktop names; its own, if it names none."""
        watcher.deleteLater()
        if call is self._call:
            self._send(call, requests, login, _proxy(watcher.reply().arguments()))

    def _send(
        self, call: _Call, requests: Sequence[WebRequest], login: Credentials, proxy: QNetworkProxy
    ) -> None:
        if self.proxy_login is not None:
            proxy.setUser(self.proxy_login.user)
            proxy.setPassword(self.proxy_login.password)
        self._manager.setProxy(proxy)
        for number, request in enumerate(requests):
            if not _may_be_asked(request.url):
                call.sentences[number] = _("Follow Up only connects over https.")
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
        call.replies[number] = _reply(reply, call.sentences.get(number, ""), self.proxy_login)
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
    return url.scheme() == "https" or (url.scheme() == "http" and _is_here(url.host()))


def _is_here(host: str) -> bool:
    """Whether that is this computer."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_desktop_asked() -> bool:
    """Whether the desktop is to be asked which proxy leads there: the environment says nothing of it."""
    is_named = any(name in os.environ or name.upper() in os.environ for name in _PROXY_VARIABLES)
    return sys.platform == "linux" and not is_named


def _proxy(answer: Sequence[object]) -> QNetworkProxy:
    """The first proxy of the desktop's answer that Qt can use; without one, the straight way."""
    named = answer[0] if answer and isinstance(answer[0], list) else []
    for each in map(QUrl, map(str, named)):
        if each.scheme() == "direct":
            break
        kind = _PROXY_TYPES.get(each.scheme())
        if kind is not None and each.host():
            port = each.port(1080 if kind is QNetworkProxy.ProxyType.Socks5Proxy else 8080)
            return QNetworkProxy(kind, each.host(), port, each.userName(), each.password())
    return QNetworkProxy(QNetworkProxy.ProxyType.NoProxy)


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


def _reply(reply: QNetworkReply | None, sentence: str, proxy_login: Credentials | None) -> WebReply:
    if reply is None:
        return WebReply(status=0, failure=sentence)
    error = reply.error()
    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    is_answer = error is _Error.NoError or error.value >= _FIRST_OF_CONTENT
    if error is _Error.ProxyAuthenticationRequiredError:
        asked = _("Your network's proxy asks for a user name and password. Enter them, then try again.")
        refused = _("Your network's proxy didn't accept the user name and password. Enter them again.")
        return WebReply(status=0, failure=refused if proxy_login else asked, wants_proxy_login=True)
    if sentence or not is_answer or not isinstance(status, int):
        return WebReply(
            status=0, failure=sentence or _sentence_of(error, reply.url().host(), reply.errorString())
        )
    headers = {
        bytes(name.data()).decode("latin-1").casefold(): bytes(value.data()).decode("latin-1")
        for name, value in reply.rawHeaderPairs()
    }
    body = bytes(reply.readAll().data())
    # Qt takes it for whole if, while busy, it hears of the end of the connection in the midst of it. Over
    # HTTP/2, it says each header of a 401 twice: "43, 43".
    lengths = headers.get("content-length", str(len(body))).split(",")
    if str(len(body)) not in map(str.strip, lengths):
        return WebReply(status=0, failure=_sentence_of(_Error.RemoteHostClosedError, reply.url().host(), ""))
    return WebReply(status=status, headers=headers, body=body)


def _sentence_of(error: QNetworkReply.NetworkError, host: str, said: str) -> str:
    sentences = {
        _Error.HostNotFoundError: _("{host} can't be found. Check the address and your internet connection."),
        _Error.ConnectionRefusedError: _("{host} doesn't accept connections. Check the address."),
        _Error.SslHandshakeFailedError: _("A secure connection to {host} isn't possible."),
        _Error.TimeoutError: _("{host} takes too long to answer."),
        _Error.OperationCanceledError: _("{host} takes too long to answer."),
        _Error.RemoteHostClosedError: _("{host} stopped responding halfway."),
        **dict.fromkeys(_PROXY_ERRORS, _("Your network's proxy doesn't answer. Check the proxy settings.")),
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
