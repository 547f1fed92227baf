"""The command `audiogen`, and `python -m audiogen`."""

import signal


def main() -> None:
    """Load the command line and run it."""
    # While it loads, Ctrl-C ends us as it ends a program in C: with its exit code, and without Python's trace.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from audiogen.cli import main as run

    run()


if __name__ == "__main__":
    main()
