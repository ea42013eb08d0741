"""The whole chain on real input, in an installation of its own: `python -m chain DATA`. See docs/chain.md."""
