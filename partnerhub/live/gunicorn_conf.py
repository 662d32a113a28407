"""How gunicorn serves the live stream, in the demo and on a server.

`gunicorn -c python:partnerhub.live.gunicorn_conf partnerhub.asgi`
"""

import sys

from partnerhub.environment import number, text

bind = text("LIVE_BIND")
workers = number("LIVE_CONCURRENCY")
worker_class = "partnerhub.live.worker.LiveWorker"
worker_connections = 2 * number("LIVE_STREAMS")
worker_tmp_dir = "/dev/shm" if sys.platform == "linux" else None  # noqa: S108
# An address and each header have a bound before anything of ours reads them; the longest of ours are a tenth of it.
limit_request_line = 4094
limit_request_fields = 100
limit_request_field_size = 8190
timeout = 60
graceful_timeout = 10
keepalive = number("WEB_KEEPALIVE")
forwarded_allow_ips = text("FORWARDED_ALLOW_IPS")
control_socket_disable = True
loglevel = text("GUNICORN_LOG_LEVEL")
accesslog = None
