# The workbench behind gunicorn: docker build -t hengji . — how to run it stands in docs/manual/deploy.md.
FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 HENGJI_HOME=/data
WORKDIR /app
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
RUN pip install '.[web,postgres]' 'gunicorn>=23,<28' \
    && useradd --system --create-home hengji \
    && install -d -m 700 -o hengji /data
USER hengji
VOLUME /data
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/')"]
# On SQLite one process: it counts the limits, and answers that come together share a commit.
CMD ["sh", "-c", "hengji upgrade && exec gunicorn --bind 0.0.0.0:8000 --workers ${HENGJI_WORKERS:-$([ \"$HENGJI_DATABASE_URL\" ] && echo 3 || echo 1)} --threads ${HENGJI_THREADS:-$([ \"$HENGJI_DATABASE_URL\" ] && echo 4 || echo 16)} --timeout 120 hengji.web.wsgi"]
