-- The browsers that want to be told by Web Push (RFC 8030).

-- +goose Up

CREATE TABLE push_device (
    id           BIGINT PRIMARY KEY,
    person_id    BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    session_id   BIGINT NOT NULL REFERENCES session (id) ON DELETE CASCADE, -- it ends with the session it was made in
    endpoint     TEXT NOT NULL UNIQUE,
    p256dh       TEXT NOT NULL,   -- base64url
    auth         TEXT NOT NULL,   -- base64url
    name         TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX push_device_person ON push_device (person_id);
CREATE INDEX push_device_session ON push_device (session_id);
