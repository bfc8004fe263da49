-- Uploads that come in parts, through any replica and across restarts. Their bytes lie under the key of the blob that
-- they will be; a part's id names one physical write of it. Who holds the last writer's number may go on.

CREATE TABLE orchard.resumable_uploads (
    upload_id      uuid        PRIMARY KEY,
    kind           text        NOT NULL CHECK (kind IN ('parts', 'tus', 'tus_partial')),
    status         text        NOT NULL DEFAULT 'in_progress' CHECK (status IN ('in_progress', 'assembled')),
    storage_key    text        NOT NULL UNIQUE,
    handle         text        NOT NULL,
    project        orchard.name NOT NULL,
    package        orchard.name NOT NULL,
    tag            orchard.tag_name,
    filename       orchard.file_name  NOT NULL,
    content_type   orchard.media_type NOT NULL,
    size           bigint      CHECK (size >= 0),
    sha256         orchard.sha256,
    if_match       text,
    if_none_match  text,
    part_size      bigint      NOT NULL CHECK (part_size > 0),
    received_bytes bigint      NOT NULL DEFAULT 0 CHECK (received_bytes >= 0),
    digest_state   text,
    digest_bytes   bigint,
    writer         bigint      NOT NULL DEFAULT 0,
    created_at     timestamptz NOT NULL DEFAULT now(),
    created_by     text        NOT NULL,
    expires_at     timestamptz NOT NULL
);

COMMENT ON COLUMN orchard.resumable_uploads.digest_state IS 'the digest over the first digest_bytes, as the storage service goes on with it';
COMMENT ON COLUMN orchard.resumable_uploads.if_match IS 'of the tag, judged when the upload is complete';

CREATE INDEX resumable_uploads_expires_at ON orchard.resumable_uploads (expires_at);

CREATE TABLE orchard.upload_parts (
    upload_id       uuid    NOT NULL REFERENCES orchard.resumable_uploads ON DELETE CASCADE,
    part            integer NOT NULL CHECK (part BETWEEN 1 AND 10000),
    size            bigint  NOT NULL CHECK (size >= 0),
    checksum_crc32c text    NOT NULL CHECK (checksum_crc32c ~ '^[0-9a-f]{8}$'),
    id              text    NOT NULL,
    PRIMARY KEY (upload_id, part)
);

-- A key of the queue is also a path of the storage service: blobs/UUID, or uploads/UUID for parts.
ALTER TABLE orchard.deletion_queue DROP CONSTRAINT deletion_queue_reason_check;
ALTER TABLE orchard.deletion_queue ADD CONSTRAINT deletion_queue_reason_check CHECK (reason IN
    ('lost_race', 'refused', 'given_up', 'expired', 'collected', 'assembled', 'replaced', 'orphan'));

