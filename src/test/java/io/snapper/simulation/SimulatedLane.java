package io.snapper.simulation;

import io.snapper.core.delivery.LaneExecutor;
import io.snapper.simulation.Place.Kind;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/** A lane's executor whose turns are steps of the run; the seed says how much is done in a turn. */
final class SimulatedLane implements LaneExecutor {
  private final Steps steps;
  private final Place place;
  private final SplittableRandom random;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private Work work;
  private boolean isTurnPlanned;
  private boolean isRunning;

  SimulatedLane(Steps steps, Place place, SplittableRandom random) {
    this.steps = steps;
    this.place = place;
    this.random = random;
  }

  @Override
  public void start(Work lane) {
    work = lane;
    planTick();
  }

  private void planTick() {
    steps.later(TICK_MS, Kind.TICK, place, "tick", this::tick);
  }

  private void tick() {
    planTick();
    asOwner(() -> work.onTick(steps.nanoTime()));
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!isTurnPlanned) {
      isTurnPlanned = true;
      steps.add(Kind.TURN, place, "lane's turn", this::turn);
    }
  }

  private void turn() {
    int count = random.nextInt(3) == 0 ? 1 : tasks.size();
    asOwner(
        () -> {
          for (int done = 0; done < count; done++) {
            tasks.poll().run();
          }
        });
    isTurnPlanned = !tasks.isEmpty();
    if (isTurnPlanned) {
      steps.add(Kind.TURN, place, "lane's turn", this::turn);
    }
  }

  private void asOwner(Runnable job) {
    isRunning = true;
    try {
      job.run();
      work.onTurnEnd();
    } finally {
      isRunning = false;
    }
  }

  int queued() {
    return tasks.size();
  }

  @Override
  public void stop(long timeoutMs) {
    tasks.clear();
  }

  @Override
  public boolean isOwner() {
    return isRunning;
  }
}
