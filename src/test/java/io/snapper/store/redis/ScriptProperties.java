package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.store.comparison.Comparison;
import io.snapper.store.comparison.Naming;
import io.snapper.store.comparison.Step;
import io.snapper.store.comparison.Steps;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What the scripts do is what the store in memory does, whatever the steps and their order.
 *
 * <p>{@code -Dscripts.tries=…} chooses the number of sequences. A failure prints its seed and the
 * shortest sequence found; {@code -Dscripts.seed=…} runs the same again and takes its time to
 * shorten it.
 */
abstract class ScriptProperties {
  abstract ComparedRedis redis();

  @Property(tries = 300, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  @AddLifecycleHook(ChosenRun.class)
  void shouldDoWhatTheStoreInMemoryDoes(
      @ForAll("namings") Naming naming, @ForAll("sequences") List<Step> steps) {
    Comparison.run(naming, steps, redis());
  }

  @Provide
  Arbitrary<Naming> namings() {
    return Steps.namings();
  }

  @Provide
  Arbitrary<List<Step>> sequences() {
    return Steps.sequences();
  }

  /** Found by chance: the store in memory kept it on the list. */
  @Example
  void shouldTakeAnOrphanOffItsDeadNodesListWhenItIsClaimed() {
    List<String> names = List.of("a", "b", "c");
    Naming naming = new Naming(names, names, names.subList(0, 2), names.subList(0, 2));

    Comparison.run(naming, Steps.twiceAnOrphan(), redis());
  }

  @Example
  void shouldKeepTheNumberOfPartitionsOfTheFirstStart() {
    redis().clear();

    redis().checkFormat(8);

    redis().checkFormat(8);
    assertThatThrownBy(() -> redis().checkFormat(16)).hasMessageContaining("8 partitions");
    assertThat(redis().keys()).hasSize(1);
    assertThat(redis().usedScripts()).contains(LuaScript.FORMAT_CHECK);
  }
}
