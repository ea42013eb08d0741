"""Pure computing: functions in, frozen values out; no Django, no files, no clock."""
