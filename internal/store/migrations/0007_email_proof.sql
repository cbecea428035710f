CREATE TABLE email_proof (        -- a link that was sent to a mail address: who opens it reads what is sent there
    person_id  BIGINT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,  -- the newest link is the only one
    email      TEXT NOT NULL,          -- whose proof it is; worth nothing once the person has another
    token_hash TEXT NOT NULL UNIQUE,   -- SHA-256, hex
    made       BIGINT NOT NULL,        -- how many were made in a row, for the wait until the next
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
