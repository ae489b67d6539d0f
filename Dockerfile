# Two stages: what builds the environment stays behind; what runs is Python, the lock and the wheel.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /app \
 && /app/bin/pip install --no-cache-dir --no-compile --require-hashes -r requirements.lock
COPY . .
RUN /app/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# Readers of old .doc files and of scanned pages.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends antiword tesseract-ocr tesseract-ocr-vie \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --no-create-home danvan \
 && install -d -o danvan -g danvan -m 0700 /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH DATA_DIR=/data MPLCONFIGDIR=/tmp PYTHONDONTWRITEBYTECODE=1
USER danvan
WORKDIR /data
VOLUME /data
# The lock of a working process is held; a held lock cannot be taken.
HEALTHCHECK --interval=60s --timeout=10s --start-period=120s \
  CMD ["/bin/bash", "-c", "! flock --nonblock /data/bot.lock true"]
ENTRYPOINT ["danvan"]
CMD ["run"]
