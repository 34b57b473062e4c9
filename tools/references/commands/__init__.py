"""One module per command: ``add_arguments`` declares options, ``run`` returns the exit status."""
