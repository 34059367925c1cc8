package io.snapper.edge.engineio.websocket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Takes the idle timer away from Tyrus, the WebSocket container of Payara.
 *
 * <p>Tyrus starts an idle timer anew for every frame in and out, also when the timeout is 0,
 * through the container's default ManagedScheduledExecutorService; and Payara captures the caller's
 * context for each task by a ServiceLoader scan over all its jars. That is most of the processor
 * time of a frame: 130 to 290 µs where 20 suffice. No setting helps. So the executor is replaced by
 * one that never schedules, in a private field, before the first session copies it. Nothing is
 * lost: this edge checks heartbeats itself. Where the field isn't, all goes on as before, only
 * slower.
 */
final class TyrusTimerRemoval {
  private static final Logger LOGGER = System.getLogger(TyrusTimerRemoval.class.getName());
  private static final String CONTAINER_CLASS = "org.glassfish.tyrus.core.BaseContainer";
  private static final String TIMER_FIELD = "managedScheduledExecutorService";

  private TyrusTimerRemoval() {}

  /** Removes the timer if the container is Tyrus. Returns whether it did. */
  static boolean apply(Object container) {
    Optional<Class<?>> tyrus = superclassNamed(CONTAINER_CLASS, container.getClass());
    if (tyrus.isEmpty()) {
      return false;
    }
    try {
      Field field = tyrus.get().getDeclaredField(TIMER_FIELD);
      field.setAccessible(true);
      if (field.get(container) instanceof ScheduledExecutorService timer
          && !(timer instanceof NeverSchedulingExecutor)) {
        field.set(container, new NeverSchedulingExecutor(timer));
      }
      LOGGER.log(Level.INFO, "Tyrus' idle timer is removed; frames are cheap");
      return true;
    } catch (ReflectiveOperationException | RuntimeException otherTyrus) {
      LOGGER.log(
          Level.WARNING,
          "Tyrus' idle timer is not where it was: each frame costs several times the processor"
              + " time",
          otherTyrus);
      return false;
    }
  }

  private static Optional<Class<?>> superclassNamed(String name, Class<?> start) {
    for (Class<?> type = start; type != null; type = type.getSuperclass()) {
      if (type.getName().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
