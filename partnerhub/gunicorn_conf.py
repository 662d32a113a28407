"""How gunicorn serves the portal, in the demo and on a server.

`gunicorn -c python:partnerhub.gunicorn_conf partnerhub.wsgi`
"""

import os
import sys

bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
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
keepalive = int(os.environ.get("WEB_KEEPALIVE", "75"))
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
control_socket_disable = True
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
accesslog = None
