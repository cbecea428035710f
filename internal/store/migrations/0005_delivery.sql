-- How messages reach people: what each wants, how far it has come with each recipient, and how people want to be reached.

-- +goose Up

ALTER TABLE message ADD COLUMN need TEXT NOT NULL DEFAULT '';       -- whenever, answer, urgent; empty: normal
ALTER TABLE message ADD COLUMN answer_by BIGINT NOT NULL DEFAULT 0; -- of need answer
ALTER TABLE message ADD COLUMN answers BIGINT NOT NULL DEFAULT 0;   -- how many rows of answer it has

CREATE TABLE answer (             -- who has answered or acknowledged a message that wanted it
    message_id BIGINT NOT NULL,
    person_id  BIGINT NOT NULL,
    how        TEXT NOT NULL,     -- answered, acknowledged
    seq        BIGINT NOT NULL DEFAULT 0, -- of the message that answers
    created_at BIGINT NOT NULL,
    PRIMARY KEY (message_id, person_id)
);

CREATE TABLE vote (               -- on a decision; its options stand in the message's extra
    message_id BIGINT NOT NULL,
    person_id  BIGINT NOT NULL,
    choice     BIGINT NOT NULL,   -- number of the option, from 0
    created_at BIGINT NOT NULL,
    PRIMARY KEY (message_id, person_id)
);

CREATE TABLE unplanned (          -- messages whose deliveries are still to be planned, in the order of their ids
    message_id   BIGINT PRIMARY KEY,
    after_person BIGINT NOT NULL DEFAULT 0 -- recipients up to this id have their delivery
);

CREATE TABLE delivery (           -- of one message to one person; while it is listed, a row of their Inbox
    message_id      BIGINT NOT NULL,
    person_id       BIGINT NOT NULL,
    author_id       BIGINT NOT NULL,
    conversation_id BIGINT NOT NULL,
    seq             BIGINT NOT NULL,
    need            TEXT NOT NULL,
    answer_by       BIGINT NOT NULL,
    wants           TEXT NOT NULL,           -- look, answer, acknowledge, reminder
    because         TEXT NOT NULL,           -- direct, mentioned, thread, member, deputy, handed_over, reminder
    from_id         BIGINT NOT NULL DEFAULT 0,
    note            TEXT NOT NULL DEFAULT '',
    state           TEXT NOT NULL,
    state_at        BIGINT NOT NULL,
    steps           TEXT NOT NULL,           -- JSON: the plan, with what became of each step
    due_at          BIGINT NOT NULL,         -- when the next step is; 0: none. There is a job for each such instant
    listed          BOOLEAN NOT NULL,        -- in the Inbox
    until           BIGINT NOT NULL DEFAULT 0, -- put off until then
    created_at      BIGINT NOT NULL,
    version         BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (message_id, person_id)
);
CREATE INDEX delivery_due ON delivery (due_at) WHERE due_at > 0;
CREATE INDEX delivery_until ON delivery (until) WHERE until > 0;
CREATE INDEX delivery_place ON delivery (person_id, conversation_id, seq);
CREATE INDEX delivery_listed ON delivery (person_id) WHERE listed;
CREATE INDEX delivery_asked ON delivery (author_id, message_id) WHERE wants IN ('answer', 'acknowledge');

CREATE TABLE reach (              -- how a person wants to be reached; without a row, as by default
    person_id     BIGINT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    settings      TEXT NOT NULL,             -- JSON of what differs from the defaults
    summarised_at BIGINT NOT NULL DEFAULT 0, -- when the last daily summary went out
    version       BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE scheduled (          -- a message that is sent later
    id              BIGINT PRIMARY KEY,
    person_id       BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    conversation_id BIGINT NOT NULL,
    thread_seq      BIGINT NOT NULL,
    body            TEXT NOT NULL,
    files           TEXT NOT NULL,           -- JSON array of file ids
    need            TEXT NOT NULL,
    answer_by       BIGINT NOT NULL,
    reason          TEXT NOT NULL,
    work            BOOLEAN NOT NULL,        -- when the other starts work
    at              BIGINT NOT NULL,
    error           TEXT NOT NULL DEFAULT '',-- why it could not be sent
    created_at      BIGINT NOT NULL
);
CREATE INDEX scheduled_person ON scheduled (person_id);

CREATE TABLE reminder (
    id         BIGINT PRIMARY KEY,
    person_id  BIGINT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    message_id BIGINT NOT NULL,
    at         BIGINT NOT NULL,              -- when next
    every      TEXT NOT NULL,                -- day, workday, week, month; empty: once
    clock      TEXT NOT NULL,                -- wall clock of the first, in the person's zone
    note       TEXT NOT NULL
);
CREATE INDEX reminder_person ON reminder (person_id);

CREATE TABLE urgent (             -- when a person has sent urgent messages lately
    person_id BIGINT NOT NULL,
    sent_at   BIGINT NOT NULL
);
CREATE INDEX urgent_person ON urgent (person_id);
