-- The words of each message, by its id. Tokens come from Go (fulltext/words.go), the same for both databases; those that begin
-- with _ say where it was said, by whom, and what it has. Contentless: the text is in message.body already.
CREATE VIRTUAL TABLE message_search USING fts5 (
    words, content = '', contentless_delete = 1, prefix = '2 3', tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);
