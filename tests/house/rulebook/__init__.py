"""Which rule looks at what, the faults it must report, the fair work it must let pass, and what we live with."""
