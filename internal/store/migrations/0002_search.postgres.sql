-- The words of each message, by its id. Tokens come from Go (tokens.go), the same for both databases; those that begin
-- with _ say where it was said, by whom, and what it has.
CREATE TABLE message_search (
    message_id BIGINT PRIMARY KEY,
    words      TSVECTOR NOT NULL
);
CREATE INDEX message_search_words ON message_search USING GIN (words);
