-- Work to do later, written in the transaction that wants it. A job is deleted when it is done.
CREATE TABLE job (
    id         BIGINT PRIMARY KEY,
    kind       TEXT NOT NULL,
    args       TEXT NOT NULL,               -- JSON
    due_at     BIGINT NOT NULL,             -- when to run it; while it runs: when to believe that who ran it is dead
    running    BOOLEAN NOT NULL DEFAULT FALSE,
    attempts   BIGINT NOT NULL DEFAULT 0,   -- how often it failed
    error      TEXT NOT NULL DEFAULT '',    -- of the last attempt
    created_at BIGINT NOT NULL,
    failed_at  BIGINT NOT NULL DEFAULT 0    -- when it was given up
);
CREATE INDEX job_due ON job (due_at) WHERE failed_at = 0;
