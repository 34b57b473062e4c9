"""Two backward passes through the gates, and the slopes that one measures."""

import numpy as np

from snippets.streetlights import (
    LIGHTS,
    WALK,
    error,
    gradients,
    initialize,
    predict,
)

w1, w2 = initialize(seed=1)
ours, _ = gradients(LIGHTS, WALK, w1, w2)
hidden, prediction = predict(LIGHTS, w1, w2)
delta2 = prediction - WALK
other = LIGHTS.T @ (delta2 @ w2.T * hidden)

measured, h = np.zeros_like(w1), 1e-6
for place in np.ndindex(w1.shape):
    nudge = np.zeros_like(w1)
    nudge[place] = h
    up = error(predict(LIGHTS, w1 + nudge, w2)[1], WALK)
    down = error(predict(LIGHTS, w1 - nudge, w2)[1], WALK)
    measured[place] = (up - down) / (2 * h)

for name, slopes in (("ours", ours), ("somebody's", other)):
    print(f"{name}: off by {np.abs(slopes - measured).max():.4f} at most")
