"""How gunicorn serves the portal, in the demo and on a server.

`gunicorn -c python:partnerhub.gunicorn_conf partnerhub.wsgi`
"""

import sys

from partnerhub.environment import number, text

bind = text("WEB_BIND")
workers = number("WEB_CONCURRENCY")
worker_class = "gthread"
threads = number("WEB_THREADS")
# Loaded once, before the workers fork: the first visitor of each finds everything imported, and memory is shared.
preload_app = True
# Heartbeats in memory: a slow disk must not look like a dead worker.
worker_tmp_dir = "/dev/shm" if sys.platform == "linux" else None  # noqa: S108
# An address and each header have a bound before anything of ours reads them; the longest of ours are a tenth of it.
limit_request_line = 4094
limit_request_fields = 100
limit_request_field_size = 8190
timeout = 60
graceful_timeout = 25
# Longer than a load balancer keeps its side open, so that it never sends a request into a closing connection.
keepalive = number("WEB_KEEPALIVE")
forwarded_allow_ips = text("FORWARDED_ALLOW_IPS")
control_socket_disable = True
loglevel = text("GUNICORN_LOG_LEVEL")
accesslog = None
