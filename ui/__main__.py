"""The window as a program of its own; `gongkai` starts it by this name."""

import sys

from ui.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
