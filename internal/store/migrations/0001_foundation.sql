-- One schema for both databases. Instants are milliseconds since 1970 in UTC; 0 or NULL means never.
-- On SQLite the store reads "BIGINT PRIMARY KEY" as "INTEGER PRIMARY KEY", which makes the id the rowid.

-- +goose Up

CREATE TABLE setting (            -- of the organisation: name, zone, epoch of the realtime streams, limits
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL           -- JSON
);

CREATE TABLE person (
    id             BIGINT PRIMARY KEY,
    handle         TEXT NOT NULL UNIQUE,   -- lower case; shares one space of names with person_group.handle
    name           TEXT NOT NULL,
    kind           TEXT NOT NULL,          -- human, bot
    role           TEXT NOT NULL,          -- owner, admin, member, guest
    zone           TEXT NOT NULL,          -- IANA
    language       TEXT NOT NULL,          -- BCP 47
    hours          TEXT NOT NULL,          -- JSON: weekly working hours, wall clock in zone
    title          TEXT NOT NULL DEFAULT '',
    avatar         TEXT NOT NULL DEFAULT '',  -- blob hash
    status_text    TEXT NOT NULL DEFAULT '',
    status_emoji   TEXT NOT NULL DEFAULT '',
    status_until   BIGINT NOT NULL DEFAULT 0,
    preferences    TEXT NOT NULL DEFAULT '{}', -- JSON: private to the person (receipts, theme, keys)
    last_seen_at   BIGINT NOT NULL DEFAULT 0,
    created_at     BIGINT NOT NULL,
    deactivated_at BIGINT NOT NULL DEFAULT 0,
    version        BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE address (            -- a way to reach a person, and its proof
    kind      TEXT NOT NULL,      -- app, push, email, sms, phone
    value     TEXT NOT NULL,      -- normalised
    person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    proof     TEXT NOT NULL DEFAULT '',   -- how it was verified; empty: not
    proven_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, value)
);
CREATE INDEX address_person ON address (person_id);

CREATE TABLE password (
    person_id  BIGINT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    hash       TEXT NOT NULL,     -- argon2id
    changed_at BIGINT NOT NULL
);

CREATE TABLE passkey (
    id           BIGINT PRIMARY KEY,
    credential   TEXT NOT NULL UNIQUE,   -- credential id, base64url
    person_id    BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    record       TEXT NOT NULL,          -- JSON of webauthn.Credential
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX passkey_person ON passkey (person_id);

CREATE TABLE session (
    id           BIGINT PRIMARY KEY,
    token_hash   TEXT NOT NULL UNIQUE,   -- SHA-256, hex
    person_id    BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    user_agent   TEXT NOT NULL,
    ip           TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE access_token (       -- personal access tokens and the tokens of bots
    id           BIGINT PRIMARY KEY,
    token_hash   TEXT NOT NULL UNIQUE,
    person_id    BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    created_by   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL DEFAULT 0,
    expires_at   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX access_token_person ON access_token (person_id);

CREATE TABLE invitation (
    id            BIGINT PRIMARY KEY,
    token_hash    TEXT NOT NULL UNIQUE,
    role          TEXT NOT NULL,
    conversations TEXT NOT NULL,         -- JSON array of ids that who accepts joins
    note          TEXT NOT NULL DEFAULT '',
    created_by    BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    uses_left     BIGINT NOT NULL,
    revoked_at    BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE person_group (       -- people who can be mentioned together
    id         BIGINT PRIMARY KEY,
    handle     TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE person_group_member (
    group_id  BIGINT NOT NULL REFERENCES person_group (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, person_id)
);
CREATE INDEX person_group_member_person ON person_group_member (person_id);

CREATE TABLE conversation (
    id          BIGINT PRIMARY KEY,
    kind        TEXT NOT NULL,            -- direct, group, channel
    visibility  TEXT NOT NULL,            -- public, private
    name        TEXT NOT NULL DEFAULT '', -- empty: named after its people
    purpose     TEXT NOT NULL DEFAULT '',
    people_key  TEXT UNIQUE,              -- direct and group: sorted ids of its people, so that there is one; NULL for channels
    created_by  BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    archived_at BIGINT NOT NULL DEFAULT 0,
    last_seq    BIGINT NOT NULL DEFAULT 0,   -- the newest message
    last_change BIGINT NOT NULL DEFAULT 0,   -- the newest change of any message: the offset of the realtime stream
    last_at     BIGINT NOT NULL DEFAULT 0,
    members     BIGINT NOT NULL DEFAULT 0,
    version     BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX conversation_visibility ON conversation (visibility, kind);

CREATE TABLE member (
    person_id       BIGINT NOT NULL REFERENCES person (id),
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    role            TEXT NOT NULL DEFAULT 'member',  -- manager, member: in this conversation
    level           TEXT NOT NULL DEFAULT '',        -- all, mentions, nothing; empty: the default of the kind
    muted           BOOLEAN NOT NULL DEFAULT FALSE,
    section         TEXT NOT NULL DEFAULT '',        -- the person's own heading in the list; starred is one of them
    read_seq        BIGINT NOT NULL DEFAULT 0,
    read_at         BIGINT NOT NULL DEFAULT 0,
    joined_at       BIGINT NOT NULL,
    version         BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (person_id, conversation_id)
);
CREATE INDEX member_conversation ON member (conversation_id, person_id);

CREATE TABLE message (
    id              BIGINT PRIMARY KEY,
    conversation_id BIGINT NOT NULL,
    seq             BIGINT NOT NULL,      -- 1, 2, 3 ... in its conversation, without gaps
    change          BIGINT NOT NULL,      -- the conversation's last_change when this message changed last
    thread_seq      BIGINT NOT NULL DEFAULT 0,  -- seq of the thread's root; 0: not in a thread
    author_id       BIGINT NOT NULL,
    kind            TEXT NOT NULL,        -- text, system, moved
    via             TEXT NOT NULL,        -- the mode it came by: app, api, webhook, email, sms, ...
    body            TEXT NOT NULL,        -- Markdown; for system messages JSON
    html            TEXT NOT NULL,        -- rendered and sanitised once
    extra           TEXT NOT NULL DEFAULT '', -- JSON: previews, the place it moved to, shown author of a webhook
    everyone        BOOLEAN NOT NULL DEFAULT FALSE, -- mentions everyone or here
    files           BIGINT NOT NULL DEFAULT 0,  -- how many
    links           BOOLEAN NOT NULL DEFAULT FALSE,
    reactions       BIGINT NOT NULL DEFAULT 0,  -- how many
    replies         BIGINT NOT NULL DEFAULT 0,  -- of a thread's root
    last_reply_seq  BIGINT NOT NULL DEFAULT 0,
    last_reply_at   BIGINT NOT NULL DEFAULT 0,
    idem_key        TEXT,                 -- the client's key, unique for its author
    created_at      BIGINT NOT NULL,
    edited_at       BIGINT NOT NULL DEFAULT 0,
    deleted_at      BIGINT NOT NULL DEFAULT 0,
    pinned_at       BIGINT NOT NULL DEFAULT 0,
    pinned_by       BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX message_seq ON message (conversation_id, seq);
CREATE UNIQUE INDEX message_change ON message (conversation_id, change);
CREATE UNIQUE INDEX message_idem ON message (author_id, idem_key) WHERE idem_key IS NOT NULL;
CREATE INDEX message_thread ON message (conversation_id, thread_seq, seq) WHERE thread_seq > 0;
CREATE INDEX message_pinned ON message (conversation_id, pinned_at) WHERE pinned_at > 0;
CREATE INDEX message_everyone ON message (conversation_id, seq) WHERE everyone;

CREATE TABLE message_revision (   -- what a message said before each edit
    message_id BIGINT NOT NULL,
    n          BIGINT NOT NULL,
    body       TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (message_id, n)
);

CREATE TABLE mention (            -- of a person by name or group; not of everyone
    person_id       BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    seq             BIGINT NOT NULL,
    PRIMARY KEY (person_id, conversation_id, seq)
);

CREATE TABLE reaction (
    message_id BIGINT NOT NULL,
    emoji      TEXT NOT NULL,
    person_id  BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (message_id, emoji, person_id)
);

CREATE TABLE saved (
    person_id  BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, message_id)
);

CREATE TABLE draft (
    person_id       BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    thread_seq      BIGINT NOT NULL DEFAULT 0,
    body            TEXT NOT NULL,
    files           TEXT NOT NULL DEFAULT '[]', -- JSON array of file ids
    updated_at      BIGINT NOT NULL,
    PRIMARY KEY (person_id, conversation_id, thread_seq)
);

CREATE TABLE file (
    id         BIGINT PRIMARY KEY,
    hash       TEXT NOT NULL,     -- of the blob, SHA-256 hex
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,     -- found by looking at the content
    size       BIGINT NOT NULL,   -- bytes
    width      BIGINT NOT NULL DEFAULT 0,
    height     BIGINT NOT NULL DEFAULT 0,
    thumb      TEXT NOT NULL DEFAULT '', -- blob hash of the thumbnail
    owner_id   BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE message_file (
    message_id BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    file_id    BIGINT NOT NULL,
    PRIMARY KEY (message_id, position)
);
CREATE INDEX message_file_file ON message_file (file_id);

CREATE TABLE webhook (            -- incoming: who knows the link may post
    id              BIGINT PRIMARY KEY,
    token_hash      TEXT NOT NULL UNIQUE,
    conversation_id BIGINT NOT NULL,
    person_id       BIGINT NOT NULL,      -- the bot that it posts as
    created_by      BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    last_used_at    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX webhook_conversation ON webhook (conversation_id);
