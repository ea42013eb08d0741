"""The privacy notice people agree to. Its text stands in templates/people/privacy_notice.html.

Change the text and the version together: then everyone is asked again.
"""

NOTICE_VERSION = "2026-11-23"
