-- Checks of the whole: one runs at a time. A job that shows no life for a while has died with its process.

CREATE TABLE orchard.fsck_jobs (
    job_id       uuid        PRIMARY KEY,
    status       text        NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'completed', 'failed', 'cancelled')),
    phase        text        NOT NULL DEFAULT 'counts' CHECK (phase IN ('counts', 'blobs', 'artifacts', 'done')),
    digests      boolean     NOT NULL,
    repair       boolean     NOT NULL,
    checked      bigint      NOT NULL DEFAULT 0,
    total        bigint      NOT NULL DEFAULT 0,
    started_at   timestamptz NOT NULL DEFAULT now(),
    started_by   text        NOT NULL,
    alive_at     timestamptz NOT NULL DEFAULT now(),
    finished_at  timestamptz
);

CREATE UNIQUE INDEX fsck_jobs_one_at_a_time ON orchard.fsck_jobs (status) WHERE status = 'running';

CREATE TABLE orchard.fsck_findings (
    job_id      uuid    NOT NULL REFERENCES orchard.fsck_jobs ON DELETE CASCADE,
    n           bigint  GENERATED ALWAYS AS IDENTITY,
    kind        text    NOT NULL CHECK (kind IN ('missing_blob', 'wrong_size', 'wrong_digest', 'unreferenced_blob', 'wrong_count')),
    artifact_id orchard.sha256,
    storage_key text,
    expected    text,
    found       text,
    repaired    boolean NOT NULL,
    PRIMARY KEY (job_id, n)
);
