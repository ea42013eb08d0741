"""What this software adds to IATI, by the ways that the standard leaves open to publishers."""

SPACE = "urn:learnin:iati:1"
"""Namespace of our attributes: the schema of IATI 2.03 allows attributes of other namespaces."""

STAND_IN = f"{{{SPACE}}}stand-in"
"""Marks what only fills a place that the schema demands: `element`, or the name of the attribute. Not read back."""

ELEMENT = "element"

SAID = f"{{{SPACE}}}percentage"
"""The percentage as it was said, where the written one had to make the sum 100; empty: nothing was said."""

NTH = f"{{{SPACE}}}nth"
"""The place of an amount among all amounts of the activity, where budgets are not all before transactions."""

ENDS = f"{{{SPACE}}}ends"
"""The last day of a promise or payment that has a period."""

ACRONYM = f"{{{SPACE}}}acronym"
AREA = f"{{{SPACE}}}area"
PCODE = f"{{{SPACE}}}pcode"

THEME = "urn:learnin:theme"
AUDIENCE = "urn:learnin:audience"
COMPONENT = "urn:learnin:component"
ISCED = "urn:learnin:isced"
"""Vocabularies of tags (vocabulary 99: the reporting organisation's)."""

PEOPLE = "urn:learnin:people"
"""Vocabulary of the indicator that counts people; its code is the audience."""

EVERYBODY = "*"
"""The code of that indicator where no audience is named."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
