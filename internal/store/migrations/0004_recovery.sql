CREATE TABLE recovery (           -- a link by which somebody who lost every way in gets a new one
    person_id  BIGINT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,  -- the newest link is the only one
    token_hash TEXT NOT NULL UNIQUE,   -- SHA-256, hex
    created_by BIGINT NOT NULL,        -- 0: who has the machine
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
