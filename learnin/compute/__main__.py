"""`python -m learnin.compute COMMAND SPEC.yaml`: estimates from files, without a web server and without a database."""

import sys

from learnin.compute.commands.line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
