-- How content comes in. An intent is committed before the first byte is sent, so that bytes whose upload was never
-- completed are known; the deletion queue holds the keys of objects that nothing needs any more. A storage key is
-- used for one physical write, ever: a late delete can never hit newer bytes.

CREATE TABLE orchard.upload_intents (
    upload_id   uuid        PRIMARY KEY,
    storage_key text        NOT NULL UNIQUE,
    project     text        NOT NULL,
    package     text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    created_by  text        NOT NULL,
    expires_at  timestamptz NOT NULL
);

CREATE INDEX upload_intents_expires_at ON orchard.upload_intents (expires_at);

CREATE TABLE orchard.uploads (
    upload_id    uuid             PRIMARY KEY,
    project      orchard.name     NOT NULL,
    package      orchard.name     NOT NULL,
    artifact_id  orchard.sha256   NOT NULL REFERENCES orchard.artifacts ON DELETE CASCADE,
    tag          orchard.tag_name,
    filename     orchard.file_name  NOT NULL,
    content_type orchard.media_type NOT NULL,
    size         bigint           NOT NULL,
    ref_count    bigint           NOT NULL, -- after this upload
    deduplicated boolean          NOT NULL,
    uploaded_at  timestamptz      NOT NULL DEFAULT now(),
    uploaded_by  text             NOT NULL,
    FOREIGN KEY (project, package) REFERENCES orchard.packages ON DELETE CASCADE
);

CREATE INDEX uploads_of_package ON orchard.uploads (project, package, artifact_id, uploaded_at);
CREATE INDEX uploads_artifact_id ON orchard.uploads (artifact_id);

CREATE TABLE orchard.deletion_queue (
    storage_key text        PRIMARY KEY,
    reason      text        NOT NULL CHECK (reason IN ('lost_race', 'refused', 'given_up', 'expired', 'collected')),
    queued_at   timestamptz NOT NULL DEFAULT now(),
    not_before  timestamptz NOT NULL DEFAULT now(),
    attempts    integer     NOT NULL DEFAULT 0
);

CREATE INDEX deletion_queue_not_before ON orchard.deletion_queue (not_before);
