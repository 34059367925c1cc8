package io.snapper.edge.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TyrusTimerRemovalTest {
  @Test
  void shouldLeaveOtherContainersAlone() {
    assertThat(TyrusTimerRemoval.apply(new Object())).isFalse();
  }

  @Test
  void shouldDropWhatIsDueLaterAndRunWhatIsDueNow() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      NeverSchedulingExecutor never = new NeverSchedulingExecutor(executor);
      Runnable forbidden =
          () -> {
            throw new AssertionError("it was scheduled");
          };

      Future<?> once = never.schedule(forbidden, 0, TimeUnit.MILLISECONDS);
      Future<?> repeated = never.scheduleAtFixedRate(forbidden, 0, 1, TimeUnit.MILLISECONDS);

      assertThat(once.isCancelled()).isTrue();
      assertThat(repeated.cancel(true)).isFalse();
      assertThat(never.submit(() -> 7).get()).isEqualTo(7);
    } finally {
      executor.shutdownNow();
    }
  }
}
