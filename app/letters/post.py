"""The way out of the house: a mail server, or a folder where there is none (a demo, a first evening's set-up)."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from .sms import whole
from .write import Letter

TIMEOUT = 30
"""Seconds a mail server may be silent."""


class Server:
    """A mail server, one connection for a batch; settings MAIL_HOST, MAIL_PORT, MAIL_USER, MAIL_PASSWORD, MAIL_TLS."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.config = config
        self.link: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        """End the connection; a server that is already gone is no matter."""
        link, self.link = self.link, None
        if link is not None:
            try:
                link.quit()
            except (smtplib.SMTPException, OSError):
                link.close()

    def send(self, letter: Letter) -> None:
        """Hand over one letter, or raise what the server or the network said; the next one calls again."""
        try:
            if self.link is None:
                self.link = self._call()
            self.link.send_message(letter.message, to_addrs=[letter.to])
        except (smtplib.SMTPException, OSError):
            self.hang_up()
            raise

    def _call(self) -> smtplib.SMTP:
        host, port, tls = str(self.config["MAIL_HOST"]), int(self.config["MAIL_PORT"]), self.config["MAIL_TLS"]
        if tls == "tls":
            link: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
        else:
            link = smtplib.SMTP(host, port, timeout=TIMEOUT)
        if tls == "starttls":
            link.starttls(context=ssl.create_default_context())
        if self.config["MAIL_USER"]:
            link.login(str(self.config["MAIL_USER"]), str(self.config["MAIL_PASSWORD"]))
        return link


class Folder:
    """No mail server is set: each letter becomes a file for mail programs, readable by the service's user only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self

    def __exit__(self, *_what: object) -> None:
        return None

    def send(self, letter: Letter) -> None:
        """Write the letter; a second try writes the same file."""
        place = self.folder / f"notice-{letter.notice_id}.eml"
        whole(place, letter.message.as_bytes())


def post_office(config: Mapping[str, Any]) -> Server | Folder:
    """The mail server of the settings, or the folder outgoing-mail in the data folder."""
    return Server(config) if config["MAIL_HOST"] else Folder(Path(config["DATA_DIR"]) / "outgoing-mail")


def is_final(error: Exception) -> bool:
    """Whether trying again cannot help: recipient or letter refused for good (5xx), or no address servers carry."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, smtplib.SMTPNotSupportedError | ValueError)


def summary(error: Exception) -> str:
    """What is kept of a failure: its class and the server's number, never an address or a text."""
    codes: list[int] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _said in error.recipients.values()})
    elif isinstance(error, smtplib.SMTPResponseException):
        codes = [error.smtp_code]
    return " ".join([type(error).__name__, *map(str, codes)])
