"""The story, a chapter for each stage. A later stage adds its file and its line here."""

from learnin.demo.chapters import (
    c1_people,
    c2_documents,
    c3_taskforce,
    c4_assessment,
    c5_questionnaire,
    c6_round,
    c7_teachers,
    c8_results,
    c9_findings,
    c10_initiatives,
    c11_agreements,
    c12_coverage,
)

CHAPTERS = (
    c1_people.tell,
    c2_documents.tell,
    c3_taskforce.tell,
    c4_assessment.tell,
    c5_questionnaire.tell,
    c6_round.tell,
    c7_teachers.tell,
    c8_results.tell,
    c9_findings.tell,
    c10_initiatives.tell,
    c11_agreements.tell,
    c12_coverage.tell,
)
