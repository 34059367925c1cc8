package io.snapper.store.redis;

import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Lets {@code scripts.tries} and {@code scripts.seed} choose how a property of scripts runs; a long
 * enough run must reach every script.
 */
final class ChosenRun implements AroundPropertyHook {
  private static final int ENOUGH_TRIES = 50;

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    Integer tries = Integer.getInteger("scripts.tries");
    if (tries != null) {
      context.attributes().setTries(tries);
    }
    String seed = System.getProperty("scripts.seed");
    if (seed != null) {
      context.attributes().setSeed(seed);
      context.attributes().setShrinking(ShrinkingMode.FULL);
    }
    PropertyExecutionResult result = property.execute();
    boolean isLongEnough =
        result.status() == PropertyExecutionResult.Status.SUCCESSFUL
            && result.countTries() >= ENOUGH_TRIES;
    if (!isLongEnough) {
      return result;
    }
    Set<LuaScript> unused = EnumSet.allOf(LuaScript.class);
    unused.removeAll(((ScriptProperties) context.testInstance()).redis().usedScripts());
    unused.remove(LuaScript.FORMAT_CHECK);
    return unused.isEmpty() ? result : result.mapToFailed("never ran: " + unused);
  }
}
