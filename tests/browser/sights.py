"""What there is to see: every page of the site, and who opens it. A new page gets its line here."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

SPOKEN = {"davit": "ka", "irena": "sr-Cyrl", "elif": "tr", "olena": "ru"}


@dataclass(frozen=True)
class Sight:
    """A page, who opens it, and what its picture is called."""

    name: str
    who: str = ""
    keys: tuple[str, ...] = ()
    more: str = ""
    status: int = 200
    on_paper: bool = False
    called: str = ""
    spoken: str = ""

    @property
    def language(self) -> str:
        """In which language it is to be."""
        return self.spoken or SPOKEN.get(self.who, "en")

    @property
    def picture(self) -> str:
        """A file name."""
        return self.called or "-".join(filter(None, [self.name.replace(":", "-").replace("_", "-"), self.who]))

    def address(self, keys: dict[str, str]) -> str:
        """Where it is."""
        try:
            return reverse(self.name, args=[keys[key] for key in self.keys]) + self.more.format(**keys)
        except NoReverseMatch:
            return self.more


XA = ("country",)
SIGHTS = [
    # for everybody
    Sight("home:start"),
    Sight("home:public_country", keys=XA, on_paper=True),
    Sight("home:public_findings", keys=XA, on_paper=True),
    Sight("initiatives:published", keys=XA, on_paper=True),
    Sight("initiatives:published_initiative", keys=("country", "published_initiative"), on_paper=True),
    Sight("home:accessibility"),
    Sight("people:privacy"),
    Sight("kit:components", on_paper=True),
    Sight("people:invitation", keys=("invitation",)),
    Sight("people:invitation", keys=("old_invitation",), status=410, called="people-invitation-over"),
    Sight("journal:stop_digest", keys=("stop",)),
    Sight("account_login"),
    Sight("people:password"),
    Sight("account_signup"),
    Sight("account_reset_password"),
    Sight("account_password_reset_completed"),
    Sight("account_inactive"),
    Sight("socialaccount_login_cancelled"),
    Sight("nowhere", more="/nowhere/", status=404, called="404-anonymous"),
    # the region
    Sight("home:region", "rena", on_paper=True),
    Sight("home:region_findings", "rena"),
    Sight("home:region_initiatives", "rena", on_paper=True),
    Sight("people:region_people", "rena"),
    Sight("people:region_invite", "rena"),
    Sight("people:erasures", "rena"),
    Sight("journal:region_entries", "rena"),
    Sight("journal:jobs", "rena"),
    Sight("journal:job", "rena", ("job",)),
    Sight("journal:mail", "rena"),
    # a country, for who leads it
    Sight("home:country", "ana", XA, on_paper=True),
    Sight("people:people", "ana", XA, on_paper=True),
    Sight("people:invite", "ana", XA),
    Sight("people:person", "ana", ("country", "colleague")),
    Sight("people:end_role", "ana", ("colleagues_role",)),
    Sight("people:public_text", "ana", XA),
    Sight("people:public_text", "ana", XA, more="?language=ka", called="people-public-text-ana-ka"),
    Sight("journal:documents", "ana", XA),
    Sight("journal:document_add", "ana", XA),
    Sight("journal:entries", "ana", XA, on_paper=True),
    Sight("journal:entries_on", "ana", ("app", "model", "thing")),
    Sight("home:search", "ana"),
    Sight("home:search", "ana", more="?q=obrazac", called="home-search-found"),
    Sight("home:search", "ana", more="?q=qqqqqq", called="home-search-nothing"),
    Sight("home:country", "ana", ("elsewhere",), status=404, called="404-of-another-country"),
    # a country, for who belongs to it
    Sight("home:country", "davit", XA),
    Sight("people:people", "davit", XA),
    Sight("people:person", "davit", ("country", "colleague")),
    Sight("journal:documents", "davit", XA),
    Sight("journal:entries", "davit", XA),
    Sight("people:invite", "davit", XA, status=403, called="403-davit"),
    Sight("home:country", "irena", XA),
    Sight("home:country", "olena", XA),
    Sight("home:start", "olena"),
    Sight("home:start", "sara"),
    # oneself
    Sight("people:me", "ana"),
    Sight("people:me", "sara"),
    Sight("people:details", "ana"),
    Sight("people:leave", "ana", ("own_role",)),
    Sight("people:consent", "ana"),
    Sight("people:data", "ana", on_paper=True),
    Sight("people:erasure", "ana"),
    Sight("people:erasure", "elif"),
    Sight("people:tokens", "ana"),
    Sight("journal:notices", "ana"),
    Sight("journal:notice_preferences", "ana"),
    Sight("account_email", "ana"),
    Sight("account_change_password", "ana"),
    Sight("account_set_password", "sara"),
    Sight("account_reauthenticate", "ana"),
    Sight("account_logout", "ana"),
    Sight("usersessions_list", "ana"),
    Sight("mfa_index", "ana"),
    Sight("mfa_activate_totp", "ana"),
    Sight("mfa_list_webauthn", "ana"),
    Sight("mfa_add_webauthn", "ana"),
    Sight("mfa_index", "tomas"),
    Sight("mfa_list_webauthn", "tomas"),
    Sight("mfa_edit_webauthn", "tomas", ("passkey",)),
    Sight("mfa_remove_webauthn", "tomas", ("passkey",)),
    Sight("mfa_view_recovery_codes", "tomas"),
    Sight("mfa_generate_recovery_codes", "tomas"),
    Sight("mfa_deactivate_totp", "tomas"),
    Sight("mfa_reauthenticate", "tomas"),
    Sight("mfa_reauthenticate_webauthn", "tomas"),
    Sight("socialaccount_connections", "ana"),
    # the task force
    Sight("taskforce:composition", "ana", XA, on_paper=True),
    Sight("taskforce:composition", "davit", XA),
    Sight("taskforce:composition", "davit", ("elsewhere",), status=404, called="404-task-force-of-another"),
    Sight("taskforce:describe", "ana", XA),
    Sight("taskforce:workbook_import", "ana", XA),
    Sight("taskforce:add_seat", "ana", XA),
    Sight("taskforce:appoint_post", "ana", XA),
    Sight("taskforce:seat", "ana", ("empty_seat",)),
    Sight("taskforce:nominate", "ana", ("empty_seat",)),
    Sight("taskforce:appoint", "ana", ("sitting",)),
    Sight("taskforce:end_sitting", "ana", ("sitting",)),
    Sight("taskforce:terms", "ana", XA),
    Sight("taskforce:mandate", "ana", XA, on_paper=True),
    Sight("taskforce:mandate_owners", "ana", XA),
    Sight("taskforce:remove_evidence", "ana", ("evidence",)),
    Sight("taskforce:hand_over", "ana", XA),
    Sight("taskforce:hand_over_task", "ana", ("task",)),
    Sight("taskforce:hand_over_met", "ana", ("task",)),
    Sight("taskforce:end_task_force", "ana", XA),
    Sight("taskforce:links", "ana", XA),
    Sight("taskforce:links", "ana", XA, more="?a=pedagogy&b=policy", called="taskforce-links-chosen"),
    Sight("taskforce:meetings", "ana", XA),
    Sight("taskforce:plan_meeting", "ana", XA),
    Sight("taskforce:meeting", "ana", ("sealed",), on_paper=True, called="taskforce-meeting-sealed"),
    Sight("taskforce:meeting", "ana", ("open_minutes",), called="taskforce-meeting-objections"),
    Sight("taskforce:meeting", "ana", ("held",), called="taskforce-meeting-held"),
    Sight("taskforce:meeting", "ana", ("planned",), called="taskforce-meeting-planned"),
    Sight("taskforce:meeting", "davit", ("held",)),
    Sight("taskforce:change_meeting", "ana", ("planned",)),
    Sight("taskforce:cancel_meeting", "ana", ("planned",)),
    Sight("taskforce:answer_meeting", "ana", ("planned",)),
    Sight("taskforce:answer", keys=("answer",)),
    Sight("taskforce:attendance", "ana", ("held",)),
    Sight("taskforce:add_item", "ana", ("held",)),
    Sight("taskforce:record_decision", "ana", ("held",)),
    Sight("taskforce:item", "ana", ("item",)),
    Sight("taskforce:add_paper", "ana", ("item",)),
    Sight("taskforce:notes", "ana", ("item",)),
    Sight("taskforce:decision", "ana", ("decision",)),
    Sight("taskforce:minutes", "ana", ("open_minutes",), on_paper=True),
    Sight("taskforce:minutes", "davit", ("open_minutes",)),
    Sight("taskforce:answer_objection", "ana", ("objection",)),
    Sight("taskforce:seal", "ana", ("sealed",)),
    Sight("taskforce:calendars", "ana"),
    Sight("taskforce:actions", "ana", XA, on_paper=True),
    Sight("taskforce:add_action", "ana", XA),
    Sight("taskforce:action", "ana", ("action",)),
    Sight("taskforce:action", "ana", ("done_action",), called="taskforce-action-done"),
    Sight("taskforce:complete_action", "ana", ("action",)),
    Sight("taskforce:drop_action", "ana", ("action",)),
    Sight("taskforce:change_action", "ana", ("action",)),
    Sight("taskforce:activities", "ana", XA),
    Sight("taskforce:activity", "ana", ("copy",)),
    Sight("taskforce:adapt_activity", "ana", ("copy",)),
    Sight("taskforce:activity_evidence", "ana", ("copy",)),
    Sight("taskforce:activity_answer", keys=("copy_answer",)),
    Sight("initiatives:agreement_answer", keys=("party_answer",), spoken="sr-Cyrl"),  # as the letter
    Sight("taskforce:region_activities", "rena", on_paper=True),
    Sight("taskforce:write_activity", "rena"),
    Sight("taskforce:activities_import", "rena"),
    Sight("taskforce:region_activity", "rena", ("activity",)),
    Sight("taskforce:correct_activity", "rena", ("activity",)),
    Sight("taskforce:send_activity", "rena", ("activity",)),
    Sight("taskforce:cancel_activity", "rena", ("activity",)),
    Sight("taskforce:reopen_activity", "rena", ("copy",)),
    # the needs assessment: its plan
    Sight("assessment:assessments", "ana", XA),
    Sight("assessment:plan_assessment", "ana", XA),
    Sight("assessment:assessment", "ana", ("assessment",), on_paper=True),
    Sight("assessment:assessment", "davit", ("assessment",)),
    Sight("assessment:correct_assessment", "ana", ("assessment",)),
    Sight("assessment:protect_assessment", "ana", ("assessment",)),
    Sight("assessment:add_population", "ana", ("assessment",)),
    Sight("assessment:population", "ana", ("population",)),
    Sight("assessment:add_milestone", "ana", ("assessment",)),
    Sight("assessment:milestone", "ana", ("milestone",)),
    Sight("assessment:finish_milestone", "ana", ("milestone",)),
    Sight("assessment:write_consent", "ana", ("assessment",)),
    Sight("assessment:assessment_terms", "ana", ("assessment",)),
    Sight("assessment:regional_assessments", "rena"),
    Sight("assessment:write_regional", "rena"),
    Sight("assessment:regional", "rena", ("regional_assessment",)),
    Sight("assessment:correct_regional", "rena", ("regional_assessment",)),
    Sight("assessment:regional_core", "rena", ("regional_assessment",)),
    Sight("assessment:send_regional", "rena", ("regional_assessment",)),
    # the needs assessment: other evidence
    Sight("assessment:sources", "ana", XA, on_paper=True),
    Sight("assessment:add_source", "ana", XA),
    Sight("assessment:source", "ana", ("source",), on_paper=True),
    Sight("assessment:correct_source", "ana", ("source",)),
    Sight("assessment:add_fact", "ana", ("source",)),
    Sight("assessment:fact", "ana", ("fact",)),
    Sight("assessment:conversations", "ana", XA),
    Sight("assessment:add_conversation", "ana", XA),
    Sight("assessment:conversation", "ana", ("conversation",), on_paper=True),
    Sight("assessment:correct_conversation", "ana", ("conversation",)),
    Sight("assessment:note_participants", "ana", ("conversation",)),
    Sight("assessment:participants", "ana", ("participants",)),
    Sight("assessment:add_statement", "ana", ("conversation",)),
    Sight("assessment:statement", "ana", ("statement",)),
    Sight("assessment:experts", "ana", XA),
    Sight("assessment:add_expert", "ana", XA),
    Sight("assessment:expert", "ana", ("expert",)),
    Sight("assessment:resources", "ana", XA, on_paper=True),
    Sight("assessment:add_resource", "ana", XA),
    Sight("assessment:resource", "ana", ("resource",)),
    Sight("assessment:culture", "ana", XA, on_paper=True),
    Sight("assessment:write_culture", "ana", XA),
    Sight("assessment:reading_rules", "ana", XA, on_paper=True),
    Sight("assessment:change_reading_rules", "ana", XA),
    # the needs assessment: questionnaires
    Sight("assessment:instruments", "ana", XA),
    Sight("assessment:add_instrument", "ana", XA),
    Sight("assessment:pick_questions", "ana", XA),
    Sight("assessment:instrument", "ana", ("instrument",)),
    Sight("assessment:instrument_dimensions", "ana", ("instrument",)),
    Sight("assessment:version", "ana", ("version",)),
    Sight("assessment:version", "ana", ("draft",), called="assessment-version-draft"),
    Sight("assessment:version_problems", "ana", ("draft",)),
    Sight("assessment:version_differences", "ana", ("draft",)),
    Sight("assessment:replace_draft", "ana", ("draft",)),
    Sight("assessment:publish_version", "ana", ("draft",)),
    Sight("assessment:try_draft", "ana", ("draft",)),
    Sight("assessment:translate", "ana", ("draft",)),
    Sight("assessment:words_import", "ana", ("draft",)),
    Sight("assessment:add_from_bank", "ana", ("draft",)),
    Sight("assessment:builder", "ana", ("draft",)),
    Sight("assessment:builder_add", "ana", ("draft",)),
    Sight("assessment:builder_languages", "ana", ("draft",)),
    Sight("assessment:builder_question", "ana", ("draft", "row")),
    Sight("assessment:builder_choices", "ana", ("draft", "row")),
    Sight("assessment:builder_remove", "ana", ("draft", "row")),
    # the needs assessment: lists and samples
    Sight("assessment:frames", "ana", XA),
    Sight("assessment:add_frame", "ana", XA),
    Sight("assessment:frame", "ana", ("frame",)),
    Sight(
        "assessment:sample_size", "ana", XA, more="?margin=5&confidence=0.95&proportion=50&response=70&take=10&icc=0.1"
    ),
    Sight("assessment:sample_design", "ana", ("frame",)),
    Sight("assessment:sample", "ana", ("sample",), on_paper=True),
    Sight("assessment:put_in_reserve", "ana", ("sampled_unit",)),
    # the needs assessment: collection and answers
    Sight("assessment:rounds", "ana", XA),
    Sight("assessment:plan_round", "ana", XA),
    Sight("assessment:round", "ana", ("round",)),
    Sight("assessment:change_round", "ana", ("round",)),
    Sight("assessment:round_letters", "ana", ("round",)),
    Sight("assessment:invitations", "ana", ("round",)),
    Sight("assessment:list_people", "ana", ("round",)),
    Sight("assessment:assign_invitations", "ana", ("round",)),
    Sight("assessment:follow_up", "ana", ("round",), on_paper=True),
    Sight("assessment:without_answer", "ana", ("round",)),
    Sight("assessment:round_entry", "ana", ("round",)),
    Sight("assessment:contact", "ana", ("asked",)),
    Sight("assessment:call", "ana", ("asked",)),
    Sight("assessment:enumerators", "ana", ("round",)),
    Sight("assessment:enumerator_cards", "ana", ("round",)),
    Sight("assessment:answers", "ana", ("round",)),
    Sight("assessment:answer", "ana", ("submission",)),
    Sight("assessment:mark_answer", "ana", ("submission",)),
    Sight("assessment:exports", "ana", ("round",)),
    Sight("assessment:webhooks", "ana", ("round",)),
    Sight("assessment:indicators", "ana", ("assessment",)),
    Sight("assessment:explorer", "ana", ("assessment",), on_paper=True),
    Sight("assessment:compare", "ana", ("assessment",)),
    Sight("assessment:add_indicator", "ana", ("assessment",)),
    Sight("assessment:indicator", "ana", ("indicator",)),
    Sight("assessment:import_indicators", "ana", ("assessment",)),
    Sight("assessment:add_grouping", "ana", ("assessment",)),
    Sight("assessment:results", "ana", ("assessment",), on_paper=True),
    Sight("assessment:report", "ana", ("assessment",)),
    Sight("initiatives:register", "ana", XA, on_paper=True),
    Sight("initiatives:register", "ana", XA, more="?words=zzzz", called="initiatives-register-nothing"),
    Sight("initiatives:register", "olena", XA),
    Sight("initiatives:imports", "ana", XA),
    Sight("initiatives:imports", "olena", XA),
    Sight("initiatives:add_import", "olena", XA),
    Sight("initiatives:import", "ana", ("initiative_import",)),
    Sight("initiatives:import_columns", "ana", ("initiative_import",)),
    Sight("initiatives:import_conflicts", "ana", ("initiative_import",)),
    Sight("initiatives:take_initiatives", "olena", XA),
    Sight("initiatives:add_initiative", "olena", XA),
    Sight("initiatives:initiative", "ana", ("published_initiative",), on_paper=True),
    Sight("initiatives:initiative", "ana", ("imported_initiative",), called="initiatives-initiative-imported"),
    Sight("initiatives:initiative", "olena", ("draft_initiative",), called="initiatives-initiative-draft"),
    Sight("initiatives:change_initiative", "ana", ("published_initiative",)),
    Sight("initiatives:withdraw_initiative", "ana", ("published_initiative",)),
    Sight("initiatives:add_initiative_paper", "ana", ("published_initiative",)),
    Sight("initiatives:likely", "olena", XA),
    Sight("initiatives:pairs", "ana", XA, on_paper=True),
    Sight("initiatives:pairs", "ana", XA, more="?band=overlaps", called="initiatives-pairs-overlaps"),
    Sight("initiatives:pairs", "davit", XA, more="?band=judged", called="initiatives-pairs-judged"),
    Sight("initiatives:pair", "ana", ("pair",), on_paper=True),
    Sight("initiatives:pair", "ana", ("judged_pair",), called="initiatives-pair-judged"),
    Sight("initiatives:merge_pair", "ana", ("pair",)),
    Sight("initiatives:agreements", "ana", XA, on_paper=True),
    Sight("initiatives:propose_agreement", "ana", XA, more="?initiative={published_initiative}"),
    Sight("initiatives:agreement", "ana", ("agreement",), on_paper=True),
    Sight("initiatives:agreement", "ana", ("signed_agreement",), called="initiatives-agreement-signed"),
    Sight("initiatives:rewrite_agreement", "ana", ("agreement",)),
    Sight("initiatives:withdraw_agreement", "ana", ("agreement",)),
    Sight("initiatives:organisations", "ana", XA, on_paper=True),
    Sight("initiatives:add_organisation", "ana", XA),
    Sight("initiatives:organisation", "ana", ("country", "organisation")),
    Sight("initiatives:change_organisation", "ana", ("country", "organisation")),
    Sight("initiatives:merge_organisation", "ana", ("country", "organisation")),
    Sight("initiatives:add_representative", "ana", ("country", "organisation")),
    Sight("initiatives:coverage", "ana", XA, on_paper=True),
    Sight(
        "initiatives:coverage",
        "davit",
        XA,
        more="?sides=theme-audience&measure=planned",
        called="initiatives-coverage-people",
    ),
    Sight("initiatives:coverage", "ana", XA, more="?measure=money", called="initiatives-coverage-money"),
    Sight("initiatives:rates", "ana", XA),
    Sight("initiatives:gaps", "ana", XA),
    Sight("initiatives:introduce", "ana", XA, more="?theme=financing"),
    Sight("initiatives:gap", "ana", ("gap",), on_paper=True),
    Sight("assessment:findings", "ana", XA, on_paper=True),
    Sight("assessment:findings", "davit", XA),
    Sight("assessment:add_finding", "ana", ("assessment",)),
    Sight("assessment:finding", "ana", ("finding",), on_paper=True),
    Sight("assessment:finding", "ana", ("moved_finding",), called="assessment-finding-moved"),
    Sight("assessment:reword_finding", "ana", ("finding",)),
    Sight("assessment:translate_finding", "ana", ("finding",)),
    Sight("assessment:cite_in_finding", "ana", ("draft_finding",)),
    Sight("assessment:judge_finding", "davit", ("draft_finding",)),
    Sight("assessment:withdraw_finding", "ana", ("finding",)),
    Sight("assessment:needs", "ana", XA, on_paper=True),
    Sight("assessment:profile", "ana", XA, on_paper=True),
    Sight("assessment:weight_sets", "ana", ("weighed_round",)),
    Sight("assessment:weight_set", "ana", ("weight_set",), on_paper=True),
    Sight("assessment:weighting_base", "ana", ("weighting",)),
    Sight("assessment:weighting_response", "ana", ("weighting",)),
    Sight("assessment:weighting_totals", "ana", ("weighting",)),
    Sight("assessment:weighting_totals_file", "ana", ("weighting",)),
    Sight("assessment:weighting_limit", "ana", ("weighting",)),
    Sight("assessment:weighting_finish", "ana", ("weighting",)),
    Sight("assessment:invited", keys=("asked_link",)),
    Sight("assessment:stop_letters", keys=("asked_link",)),
    Sight("assessment:answer_by_letter"),
]
OTHERWISE = {
    "has no page of its own: it answers a form": """
        set_language people:publish people:erase people:send_again people:revoke
        people:be_named people:revoke_token people:organisation journal:document_publish journal:document_withdraw
        journal:notices_seen journal:notice_seen journal:job-again journal:mail-again openid_connect_login
        mfa_login_webauthn taskforce:close_seat taskforce:end_post taskforce:invite_to_meeting taskforce:hold_meeting
        taskforce:take_over taskforce:add_meeting_action taskforce:move_item taskforce:remove_item
        taskforce:remove_paper taskforce:send_minutes taskforce:take_back_minutes taskforce:object_to_minutes
        taskforce:approve_minutes taskforce:shelve_minutes taskforce:begin_action taskforce:renew_calendars
        taskforce:attend_activity taskforce:publish_meeting taskforce:withdraw_meeting taskforce:publish_activity
        taskforce:withdraw_activity taskforce:hand_over_back taskforce:hand_over_remove
        assessment:close_assessment assessment:reopen_assessment assessment:remove_population
        assessment:remove_milestone assessment:remove_consent assessment:remove_source assessment:remove_fact
        assessment:remove_conversation assessment:remove_participants assessment:remove_statement
        assessment:withdraw_expert assessment:remove_resource assessment:repair_draft assessment:begin_draft
        assessment:renew_code assessment:ask_validator assessment:add_medium assessment:remove_medium
        assessment:builder_remove_language assessment:builder_move
        assessment:builder_place assessment:builder_group assessment:builder_open_group assessment:close_round
        assessment:make_invitations assessment:send_letters assessment:calls assessment:attempt
        assessment:replace_invitation assessment:answer_draft assessment:approve_answers assessment:check_answers
        assessment:repair_core assessment:stop_webhook assessment:revoke_enumerator assessment:renew_enumerator
        assessment:begin_weights assessment:begin_weights_like assessment:use_weights assessment:give_up_weights
        assessment:enumerator_password assessment:web_form_submission assessment:indicators_from_bank
        assessment:retire_indicator assessment:bring_back_indicator assessment:remove_grouping
        assessment:compute_results assessment:let_go_number assessment:let_go_evidence assessment:agree_finding
        assessment:publish_finding assessment:confirm_finding initiatives:finish_draft
        initiatives:confirm_initiative initiatives:publish_initiative initiatives:unpublish_initiative
        initiatives:bring_back_initiative initiatives:remove_initiative_paper initiatives:end_representative
        initiatives:undo_organisation_merge initiatives:find_pairs initiatives:take_back_verdict
        initiatives:undo_merge assessment:take_tables assessment:publish_open_data
        assessment:withdraw_open_data initiatives:apply_import initiatives:drop_import initiatives:import_regions""",
    "is a file": """
        people:data_file journal:entries_file journal:region_entries_file journal:public_file journal:file
        home:region_file mfa_download_recovery_codes taskforce:actions_file taskforce:activities_file
        taskforce:workbook_file taskforce:letter taskforce:calendar taskforce:minutes_docx taskforce:minutes_pdf
        taskforce:agenda_docx taskforce:agenda_pdf taskforce:attendance_docx taskforce:attendance_pdf
        taskforce:terms_docx taskforce:terms_pdf assessment:assessment_terms_docx
        assessment:assessment_terms_pdf assessment:evidence_file assessment:version_workbook assessment:version_xform
        assessment:words_xlsx assessment:words_po assessment:paper_docx assessment:paper_pdf assessment:sample_xlsx
        assessment:sample_docx assessment:sample_pdf assessment:round_sms assessment:printed_letters
        assessment:round_units_xlsx assessment:round_units_pdf assessment:entry_workbook
        assessment:enumerator_units_xlsx assessment:enumerator_units_pdf assessment:answer_file
        assessment:export_file assessment:core_workbook assessment:web_form_worker
        assessment:weighting_totals_xlsx assessment:indicators_xlsx assessment:report_file
        assessment:open_data_file assessment:needs_file assessment:explorer_xlsx
        home:public_findings_json home:public_data initiatives:register_xlsx initiatives:register_pdf
        initiatives:agreement_docx initiatives:agreement_pdf initiatives:import_template
        initiatives:import_problems_xlsx initiatives:coverage_xlsx initiatives:coverage_pdf
        initiatives:concept_note_docx initiatives:concept_note_pdf""",
    "speaks to phones, not to people: tests/assessment/test_openrosa.py": " ".join(
        f"assessment:collect_{door}_{room}"
        for door in ("password", "open", "draft", "key")
        for room in ("form_list", "form", "manifest", "medium", "entities", "submission")
    ),
    "is seen by those who answer: test_web_form.py, test_questionnaire.py, test_two_devices.py": """
        assessment:web_form assessment:plain_form assessment:plain_form_sent assessment:plain_form_later""",
    "is seen on the way: test_initiatives.py": "initiatives:answer_agreement",
    "is seen on the way: test_from_answers_to_report.py": "assessment:prepare_open_data assessment:open_data",
    "is seen on the way: test_needs_assessment.py, test_from_form_to_file.py": """
        assessment:frame_columns assessment:frame_units assessment:sampled_people assessment:settle_flag
        assessment:correct_answer""",
    "is seen once somebody collects answers: tests/assessment/test_enumerators.py": "assessment:enumerator",
    "is seen on the way: test_ways.py": """account_confirm_login_code account_confirm_password_reset_code
        account_complete_password_reset mfa_authenticate account_email_verification_sent""",
    "is another address of a page above, or leads on to it": """
        account_request_login_code openid_connect_callback socialaccount_login_error taskforce:answer_activity""",
    "is closed: nobody signs up with a network": "socialaccount_signup",
    "is seen before there is a task force: test_task_force.py": "taskforce:establish",
    "is open for a decision of a meeting that is not closed: test_decisions.py": "taskforce:correct_decision",
}
