"""The story, a chapter for each stage. A later stage adds its file and its line here."""

from learnin.demo.chapters import c1_people, c2_documents

CHAPTERS = (c1_people.tell, c2_documents.tell)
