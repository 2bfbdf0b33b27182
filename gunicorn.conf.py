# SPDX-License-Identifier: EUPL-1.2
"""What every web server process of a city has in common; found by gunicorn in its folder."""

# It would lie in the home directory, where two cities of one user would share it.
control_socket_disable = True
