-- What is indexed of a journal's papers, without a look at the papers themselves: it is read whenever one of them comes.
DROP INDEX paper_by_journal;
CREATE INDEX paper_by_journal ON paper (
    journal_id, document_id, position, name, json_extract(paper, '$.year'), json_extract(paper, '$.citations')
);
