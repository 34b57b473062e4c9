"""What share of m examples is missed when each of m draws takes any of them."""

import numpy as np

rng = np.random.RandomState(0)
for m, epochs in ((10, 6000), (60_000, 1)):
    drawn = rng.randint(m, size=(epochs, m))
    seen = np.mean([len(set(row.tolist())) / m for row in drawn])
    expected = (1 - 1 / m) ** m
    print(f"{m:6} examples: {1 - seen:.3f} missed, expected {expected:.3f}")
