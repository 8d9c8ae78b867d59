# The workbench behind gunicorn: docker build -t hengji . — how to run it stands in docs/manual/deploy.md.
FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 HENGJI_HOME=/data
WORKDIR /app
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
RUN pip install '.[web,postgres]' 'gunicorn>=23,<28' \
    && useradd --system --create-home hengji \
    && install -d -o hengji /data
USER hengji
VOLUME /data
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/')"]
CMD ["sh", "-c", "hengji upgrade && exec gunicorn --bind 0.0.0.0:8000 --workers ${HENGJI_WORKERS:-3} --threads 4 --timeout 120 hengji.web.wsgi"]
