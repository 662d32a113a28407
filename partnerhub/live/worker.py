"""gunicorn's own worker for ASGI, whose streams end when it is asked to stop: by themselves they never would."""

from typing import Any

from gunicorn.workers.gasgi import ASGIWorker


class LiveWorker(ASGIWorker):  # type: ignore[misc]  # gunicorn has no types
    asgi: Any

    def handle_exit_signal(self) -> None:
        """SIGTERM: also end the streams, so that gunicorn need not wait for them."""
        super().handle_exit_signal()
        self.asgi.stop()
