"""The mail box's process: python -m partnerhub.embedded.letterbox SMTP_PORT PAGE_PORT FOLDER."""

import asyncio
import signal
import sys
import threading
from pathlib import Path

from aiosmtpd.smtp import SMTP

from partnerhub.embedded.ports import LOOPBACK

from .page import serve_page
from .store import LetterKeeper, MailFolder

LARGEST_MAIL = 40_000_000


async def _run(smtp_port: int, page_port: int, folder: MailFolder) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for how in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(how, stopped.set)
    keeper = LetterKeeper(folder)
    smtp = await loop.create_server(
        lambda: SMTP(keeper, data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True, ident="mail box"), LOOPBACK, smtp_port
    )
    page = serve_page(folder, page_port)
    threading.Thread(target=page.serve_forever, daemon=True).start()
    await stopped.wait()
    smtp.close()
    page.shutdown()


if __name__ == "__main__":
    asyncio.run(_run(int(sys.argv[1]), int(sys.argv[2]), MailFolder(Path(sys.argv[3]))))
