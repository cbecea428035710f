"""A smart host for tests: aiosmtpd, with STARTTLS and AUTH required. Arguments: warnings.simplefilter("ignore")  # of aiosmtpd about itself
certificate, key, user, password.

It prints "listening PORT" and then a line of JSON for each mail, as Python's email package understands it. The second
mail to an address that begins with "grey" is put off (greylisting), of which it prints the Message-ID.
"""

import asyncio
import email.policy
import json
import ssl
import sys
import warnings
from email.parser import BytesParser

from aiosmtpd.smtp import SMTP, AuthResult

certificate, key, user, password = sys.argv[1:]


def say(**what):
    print(json.dumps(what), flush=True)


class Handler:
    def __init__(self):
        self.grey = 0

    async def handle_DATA(self, server, session, envelope):
        mail = BytesParser(policy=email.policy.default).parsebytes(envelope.content)
        if envelope.rcpt_tos[0].startswith("grey"):
            self.grey += 1
            if self.grey == 2:
                say(put_off=mail["message-id"])
                return "451 4.7.1 greylisted, come again"
        parts = list(mail.walk())
        say(
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            tls=session.ssl is not None,
            user=session.auth_data.decode() if session.auth_data else "",
            hello=session.host_name,
            names=mail.keys(),
            header={name: str(value) for name, value in mail.items()},
            author=mail["from"].addresses[0].display_name,
            address=mail["from"].addresses[0].addr_spec,
            date=mail["date"].datetime.isoformat(),
            types=[part.get_content_type() for part in parts],
            text=mail.get_body(("plain",)).get_content(),
            html=mail.get_body(("html",)).get_content(),
            defects=[str(d) for part in parts for d in part.defects] + [str(d) for value in mail.values() for d in value.defects],
            longest=max(len(line) for line in envelope.content.split(b"\r\n")),
            bare=envelope.content.replace(b"\r\n", b"").count(b"\n") + envelope.content.replace(b"\r\n", b"").count(b"\r"),
        )
        return "250 2.0.0 taken"


def authenticate(server, session, envelope, mechanism, data):
    good = (data.login, data.password) == (user.encode(), password.encode())
    return AuthResult(success=good, auth_data=data.login)


async def main():
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate, key)
    handler = Handler()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, hostname="smarthost.example", tls_context=secure, require_starttls=True, authenticator=authenticate, auth_required=True),
        "127.0.0.1",
        0,
    )
    print("listening", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
