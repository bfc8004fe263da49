-- What Orchard keeps. Names are keys: they never change, they read well in every row, and a row of a cascade still
-- knows where it belonged. Ids of artifacts are the 32 bytes of their SHA-256.

CREATE SCHEMA IF NOT EXISTS orchard;

-- What is made later is closed until it is opened.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE DOMAIN orchard.name AS text COLLATE "C" CHECK (VALUE ~ '^[a-z0-9][a-z0-9._-]{0,127}$');
CREATE DOMAIN orchard.tag_name AS text COLLATE "C" CHECK (VALUE ~ '^[A-Za-z0-9_][A-Za-z0-9._+-]{0,127}$');
CREATE DOMAIN orchard.sha256 AS bytea CHECK (octet_length(VALUE) = 32);
CREATE DOMAIN orchard.file_name AS text CHECK (char_length(VALUE) BETWEEN 1 AND 255);
CREATE DOMAIN orchard.media_type AS text CHECK (char_length(VALUE) BETWEEN 1 AND 255);

CREATE TABLE orchard.projects (
    name        orchard.name PRIMARY KEY,
    description text        NOT NULL DEFAULT '' CHECK (char_length(description) <= 2000),
    visibility  text        NOT NULL DEFAULT 'private' CHECK (visibility IN ('private', 'public')),
    created_at  timestamptz NOT NULL DEFAULT now(),
    created_by  text        NOT NULL
);

CREATE TABLE orchard.packages (
    project     orchard.name NOT NULL REFERENCES orchard.projects ON DELETE CASCADE,
    name        orchard.name NOT NULL,
    description text         NOT NULL DEFAULT '' CHECK (char_length(description) <= 2000),
    created_at  timestamptz  NOT NULL DEFAULT now(),
    created_by  text         NOT NULL,
    PRIMARY KEY (project, name)
);

-- ref_count, seq and zero_since belong to the triggers on tags. seq counts the changes of ref_count; zero_since says
-- since when nothing refers to the artifact. Neither ref_count nor "ref_count = 0" is indexed: that would cost the
-- heap-only updates of the hottest column there is.
CREATE TABLE orchard.artifacts (
    id              orchard.sha256 PRIMARY KEY,
    size            bigint      NOT NULL CHECK (size >= 0),
    checksum_crc32c text        NOT NULL CHECK (checksum_crc32c ~ '^[0-9a-f]{8}$'),
    checksum_sha1   text        CHECK (checksum_sha1 ~ '^[0-9a-f]{40}$'),
    checksum_md5    text        CHECK (checksum_md5 ~ '^[0-9a-f]{32}$'),
    content_type    orchard.media_type NOT NULL,
    storage_key     text        NOT NULL UNIQUE,
    ref_count       bigint      NOT NULL DEFAULT 0 CHECK (ref_count >= 0),
    seq             bigint      NOT NULL DEFAULT 0,
    zero_since      timestamptz DEFAULT now(),
    created_at      timestamptz NOT NULL DEFAULT now(),
    created_by      text        NOT NULL,
    CHECK ((ref_count = 0) = (zero_since IS NOT NULL))
) WITH (fillfactor = 85);

CREATE INDEX artifacts_zero_since ON orchard.artifacts (zero_since) WHERE zero_since IS NOT NULL;

-- The reference is checked at the commit: the triggers notice a missing artifact themselves, and an immediate check
-- would lock the hot row once more for each tag.
CREATE TABLE orchard.tags (
    project      orchard.name     NOT NULL,
    package      orchard.name     NOT NULL,
    name         orchard.tag_name NOT NULL,
    artifact_id  orchard.sha256   NOT NULL REFERENCES orchard.artifacts DEFERRABLE INITIALLY DEFERRED,
    filename     orchard.file_name  NOT NULL,
    content_type orchard.media_type NOT NULL,
    created_at   timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (project, package, name),
    FOREIGN KEY (project, package) REFERENCES orchard.packages ON DELETE CASCADE
);

CREATE INDEX tags_artifact_id ON orchard.tags (artifact_id);

-- Every target that a tag had, written by the triggers. It outlives the tag, its package and its project;
-- artifact_id is NULL where the tag was deleted.
CREATE TABLE orchard.tag_history (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project     text        COLLATE "C" NOT NULL,
    package     text        COLLATE "C" NOT NULL,
    tag         text        COLLATE "C" NOT NULL,
    artifact_id bytea,
    change      text        NOT NULL CHECK (change IN ('created', 'moved', 'deleted')),
    changed_at  timestamptz NOT NULL,
    changed_by  text        NOT NULL
);

CREATE INDEX tag_history_of_tag ON orchard.tag_history (project, package, tag, id);
