# ---
# jupyter:
#   description: >-
#     The streetlights network from a hundred random starts. A third learn in time, 44 get stuck,
#     and a look inside shows why.
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A hundred starting points
#
# From the random weights of seed 1, the network of the streetlights page learns its four examples
# in 60 epochs. Is that seed typical? Here are the seeds 0 to 99, trained by the very code of that
# page.
#
# You need [a network from scratch](../networks/streetlights.md).

# %%
import numpy as np
from matplotlib.figure import Figure

from snippets.streetlights import (
    LIGHTS,
    WALK,
    gradients,
    initialize,
    predict,
    train,
)
from tools.figures import style
from tools.figures.drawing import Drawing

SEEDS = range(100)
runs = [train(*initialize(seed), epochs=600) for seed in SEEDS]
errors = np.array([errors for _, _, errors in runs])  # (100 seeds, 600 epochs)

# %% [markdown]
# ## A third arrives in time
#
# Call a network *trained* when the summed squared error of an epoch is below 0.001, and *far off*
# when it is above 0.1, which takes a root-mean-square miss of 0.16.

# %%
trained, far_off = errors < 1e-3, errors > 0.1

for epoch in (60, 600):
    in_time, late = trained[:, epoch - 1].sum(), far_off[:, epoch - 1].sum()
    print(f"epoch {epoch:3}: {in_time} trained, {late} far off")

assert trained[:, 59].sum() == 33  # the build fails if these ever drift
assert far_off[:, 59].sum() == 44
assert trained[:, 599].sum() == 56
assert round(np.sqrt(0.1 / 4), 2) == 0.16  # the miss of one far off


# %% tags=["hide-input"]
def curves() -> Figure:
    figure, axes = style.plot("epoch", "summed squared error")
    epochs = range(1, 61)
    for error, fine in zip(errors[:, :60], trained[:, 59], strict=True):
        color = style.SERIES[0] if fine else style.SERIES[1]
        axes.semilogy(epochs, error, color=color, linewidth=0.8, alpha=0.45)
    axes.semilogy(epochs, errors[1, :60], color=style.INK, linewidth=2.2)
    axes.text(61, errors[1, 59], "seed 1", va="center")
    axes.text(61, 1.4, "not trained\nby 60", va="center", color=style.SERIES[1])
    axes.set_xlim(0, 83)
    axes.set_ylim(1e-9, 30)
    axes.set_xticks(range(0, 61, 10))
    axes.minorticks_off()
    return figure


Drawing(
    name="seeds-curves",
    title="The error of 100 networks over 60 epochs",
    description="A hundred thin curves on a logarithmic axis. Those that get"
    " below 0.001 fan out downwards; a dense band stays flat between 1 and 2."
    " Seed 1 is drawn thick and ends among the better.",
    draw=curves,
)


# %% [markdown]
# *Each curve is one network, blue if it is trained by epoch 60, orange if not. Seed 1 is the thick
# one.*
#
# Seed 1 was a lucky pick. And patience helps only so far: after ten times as many epochs, a network
# has learned everything or hardly moves.


# %% tags=["hide-input"]
def staircases() -> Figure:
    figure, axes = style.plot("rank of the network", "summed squared error")
    in_order = np.sort(np.maximum(errors, 1e-9), axis=0)
    rank = range(1, 101)
    before, after = style.SERIES[1], style.SERIES[0]
    axes.semilogy(rank, in_order[:, 59], "x", color=before, markersize=4.5)
    axes.semilogy(rank, in_order[:, 599], "o", color=after, markersize=3.5)
    axes.text(3, 3e-4, "epoch 60", color=before)
    axes.text(28, 4e-9, "epoch 600", color=after)
    axes.set_ylim(5e-10, 30)
    axes.minorticks_off()
    return figure


Drawing(
    name="seeds-sorted",
    title="The sorted errors of 100 networks after 60 and after 600 epochs",
    description="After 60 epochs the errors rise steadily from rank to rank."
    " After 600 epochs the best 56 are near zero and the other 44 stand on"
    " three steps at 1, 1.3 and 2, with nothing between.",
    draw=staircases,
)

# %% [markdown]
# *The errors, sorted; those below $10^{-9}$ are drawn there. After 600 epochs nothing lies between
# the trained networks and the rest:*

# %%
stuck = np.flatnonzero(~trained[:, 599])
heights, counts = np.unique(errors[stuck, 599].round(2), return_counts=True)

print("error at 600   networks")
for height, count in zip(heights, counts, strict=True):
    print(f"{height:12.2f} {count:10}")

assert errors[stuck, 599].min() > 0.999  # nothing between 0.001 and 1

# %% [markdown]
# ## Dead units are only half of the story
#
# The usual suspect is the *dead* ReLU [@karpathyactivations]: a hidden unit that is off for all
# four examples has slope 0 everywhere and never changes again.

# %%
# Which unit is on for which example: (100 networks, 4 examples, 4 units)
on = np.array([predict(LIGHTS, w1, w2)[0] > 0 for w1, w2, _ in runs])
live = on.any(axis=1)  # (100, 4 units)
dead = (~live).sum(axis=1)

print("dead units   0   1   2   3   4")
for name, group in (("trained", trained[:, 599]), ("stuck", ~trained[:, 599])):
    counts = np.bincount(dead[group], minlength=5)
    print(f"{name:10}", *(f"{count:3}" for count in counts))

assert (dead[trained[:, 599]] > 0).sum() == 43
assert (dead[stuck] >= 3).sum() == 19
assert (dead[stuck] < 3).sum() == 25
assert not (dead[trained[:, 599]] >= 3).any()

# %% [markdown]
# 43 of the 56 trained networks carry dead units and do not mind. These decide the matter only when
# at least three of the four are gone, since one unit alone cannot solve the task: the fate of 19 of
# the 44. The other 25 have the units and still do not learn.
#
# Are there *examples that no unit sees*? Such an example is answered with 0 and has no gradient.
# When it should be 1, only the other examples can open a gate for it, and once they are learned
# they pull no more. The opposite fault is a network whose live units are all on for *every*
# example. All it computes is a weighted sum of the lights, and the best weighted sum answers 0.5 to
# everything.

# %%
# (100, 4 examples): people walk, and no unit looks
unseen = ~on.any(axis=2) & (WALK.ravel() == 1)
# (100,): some unit is live, and every live unit is on for all examples
linear = live.any(axis=1) & (on.all(axis=1) == live).all(axis=1)

blind = [seed for seed in stuck if unseen[seed].any()]
ungated = [seed for seed in stuck if linear[seed]]
others = sorted(set(stuck.tolist()) - set(blind) - set(ungated))
print("stuck with an unseen example:", len(blind))
print("stuck as a weighted sum:", len(ungated))
print("stuck with neither: seed", *others)

assert (len(blind), len(ungated), others) == (31, 12, [62])
assert len(blind) + len(ungated) == 43
assert not unseen[trained[:, 599]].any()
assert not linear[trained[:, 599]].any()

assert {errors[seed, 599].round(2) for seed in blind} == {1, 2}
assert {errors[seed, 599].round(2) for seed in ungated} == {1.32}

for seed in blind:  # flat ground: neither an unseen example nor any other pulls
    w1, w2, _ = runs[seed]
    for slope in gradients(LIGHTS, WALK, w1, w2):
        assert np.abs(slope).max() < 1e-6

best_sum = LIGHTS @ np.linalg.lstsq(LIGHTS, WALK)[0]
assert np.allclose(best_sum, 0.5)

# %% [markdown]
# These two faults account for 43 of the 44, and no trained network has either. Each unseen example
# costs an error of 1. The weighted sums, tugged to and fro by one example after the other, come to
# 1.32. Seed 62 nearly is one too, but a gate is closed for one example, which suffices in the end:

# %%
patient = np.array(train(*initialize(62), epochs=1500)[2])
print(f"seed 62 is trained in epoch {np.argmax(patient < 1e-3) + 1}")

assert np.argmax(patient < 1e-3) + 1 == 1448

# %% [markdown]
# ## More units, more luck
#
# What decides is whether the starting weights let every example be seen, by units that differ. More
# hidden units are more draws in that lottery.

# %%
by_width = {4: errors}
for hidden in (8, 16):
    starts = [initialize(seed, hidden) for seed in SEEDS]
    by_width[hidden] = np.array([train(*w, epochs=600)[2] for w in starts])

print("units   trained by 60   by 600   far off")
for hidden, e in by_width.items():
    early, late = (e[:, 59] < 1e-3).sum(), (e[:, 599] < 1e-3).sum()
    print(f"{hidden:5} {early:15} {late:8} {(e[:, 599] > 0.1).sum():9}")

assert [(e[:, 599] < 1e-3).sum() for e in by_width.values()] == [56, 97, 99]

for count, uncertain in ((33, 5), (98, 1.5)):  # the binomial deviation
    assert abs(np.sqrt(count * (1 - count / 100)) - uncertain) < 0.5

# %% [markdown]
# With sixteen units, 99 of 100 networks learn. With a hundred seeds a count like 33 is uncertain by
# about 5, one near 98 by about 1 or 2, so 97 against 99 means nothing. The direction does: spare
# units make training easy.
