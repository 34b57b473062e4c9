"""Prediction minus target, beside slopes that are measured at the logits."""

import numpy as np

from snippets.cross_entropy import cross_entropy_from_logits, logits_gradient

y, z, h = np.array([[0.0, 1.0, 0.0]]), np.array([[0.5, 1.5, 0.0]]), 1e-5
measured = []
for nudge in h * np.eye(3):
    up = cross_entropy_from_logits(y, z + nudge)
    down = cross_entropy_from_logits(y, z - nudge)
    measured.append((up - down) / (2 * h))

print("measured:", np.round(measured, 6))
print("p - y:   ", np.round(logits_gradient(y, z)[0], 6))
