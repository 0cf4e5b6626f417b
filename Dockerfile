# docker build -t fall-line . && docker run --rm -p 8050:8050 fall-line

FROM python:3.11-slim AS environment
COPY requirements.txt .
RUN python -m venv /opt/environment \
    && /opt/environment/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.11-slim
RUN useradd --create-home --uid 1000 reader
# A new volume that is mounted there takes over the owner.
RUN install --directory --owner reader --group reader --mode 0700 /var/lib/fall-line
ENV PATH=/opt/environment/bin:$PATH \
    FALL_LINE_JOBS_FOLDER=/var/lib/fall-line/jobs \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=environment /opt/environment /opt/environment
COPY app.py ./
COPY fall_line fall_line
COPY landscapes landscapes
COPY networks networks
COPY optimizers optimizers
COPY assets assets
USER reader
EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ.get(\"PORT\") or 8050}/health', timeout=4)"]
# A worker draws the animations. compose.yaml starts it in a container of its own instead.
# The page has one process and many threads: JAX survives no fork, and its compiled programs are kept per process. Never
# --preload. Connections are kept longer than a browser reuses them (Chromium: 300 s idle), so that none is closed under a
# question; while idle they take no thread.
CMD ["sh", "-c", "python -m fall_line.jobs.worker & \
    exec gunicorn app:server --worker-class gthread --workers 1 --threads 8 --keep-alive 310 --bind 0.0.0.0:${PORT:-8050}"]
