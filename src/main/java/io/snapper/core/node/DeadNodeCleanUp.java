package io.snapper.core.node;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.UserDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Cleans up after one dead node: gives up its mailboxes, takes its connections off the users'
 * lists, then removes its entry, and with that its interests and counts.
 *
 * <p>A few partitions at a time, and a few consumers of each: quick, and no burst on the store. All
 * steps may be done again without harm.
 *
 * <p>A node may turn out to live: then nothing more is taken from it than is under way, however
 * long that takes, and a push for each mailbox tells it what was taken. Its entry is removed only
 * if it was dead just before. If it comes back in that very moment the removal goes on to its end:
 * it finds itself removed with its next heartbeat, and would not know what it misses otherwise.
 *
 * <p>Thread safe; used once.
 */
final class DeadNodeCleanUp {
  private static final int PARTITIONS_AT_ONCE = 16;
  private static final int CONSUMERS_AT_ONCE = 32;

  private final NodeId dead;
  private final NodeRegistry registry;
  private final Mailboxes mailboxes;
  private final UserDirectory users;
  private final Duration mailboxLife;
  private final int partitions;
  private final Consumer<Runnable> soon;
  private final Supplier<CompletionStage<Boolean>> claim;
  private volatile boolean isCancelled;
  private final AtomicInteger nextPartition = new AtomicInteger();

  /**
   * Creates a clean-up.
   *
   * @param partitions how many there are
   * @param soon runs the next step, so that answers that come at once do not pile up calls
   * @param claim claims the clean-up once more; says whether the node is still dead, and this one's
   */
  DeadNodeCleanUp(
      NodeId dead,
      NodeRegistry registry,
      Mailboxes mailboxes,
      UserDirectory users,
      Duration mailboxLife,
      int partitions,
      Consumer<Runnable> soon,
      Supplier<CompletionStage<Boolean>> claim) {
    this.dead = dead;
    this.registry = registry;
    this.mailboxes = mailboxes;
    this.users = users;
    this.mailboxLife = mailboxLife;
    this.partitions = partitions;
    this.soon = soon;
    this.claim = claim;
  }

  /** Keeps it this node's however long it takes, or ends it if the node lives again. */
  void renew() {
    claim
        .get()
        .thenAccept(
            isOurs -> {
              if (!isOurs) {
                isCancelled = true;
              }
            });
  }

  /**
   * Completes when nothing of the node is left, or with false when the clean-up is not this node's
   * any more; or fails at the first step that fails.
   */
  CompletionStage<Boolean> run() {
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int count = 0; count < Math.min(PARTITIONS_AT_ONCE, partitions); count++) {
      workers.add(workThroughPartitions());
    }
    return CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new))
        .thenCompose(done -> isCancelled ? CompletableFuture.completedFuture(false) : claim.get())
        .thenCompose(
            isOurs ->
                isOurs
                    ? registry.remove(dead).thenApply(removed -> true)
                    : CompletableFuture.completedFuture(false));
  }

  private CompletableFuture<Void> workThroughPartitions() {
    int partition = nextPartition.getAndIncrement();
    if (partition >= partitions || isCancelled) {
      return CompletableFuture.completedFuture(null);
    }
    return mailboxes
        .ownedBy(dead, partition)
        .thenCompose(this::orphanFrom)
        .thenComposeAsync(done -> workThroughPartitions(), soon::accept)
        .toCompletableFuture();
  }

  private CompletionStage<Void> orphanFrom(List<ConsumerId> consumers) {
    if (consumers.isEmpty() || isCancelled) {
      return CompletableFuture.completedFuture(null);
    }
    int count = Math.min(CONSUMERS_AT_ONCE, consumers.size());
    CompletableFuture<?>[] orphans =
        consumers.subList(0, count).stream().map(this::orphan).toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(orphans)
        .thenComposeAsync(
            done -> orphanFrom(consumers.subList(count, consumers.size())), soon::accept);
  }

  private CompletableFuture<Void> orphan(ConsumerId consumer) {
    return mailboxes
        .orphan(consumer, dead, mailboxLife)
        .thenCompose(
            orphan ->
                orphan.isEmpty()
                    ? CompletableFuture.<Void>completedFuture(null)
                    : users
                        .leave(orphan.get().user(), consumer, orphan.get().fence())
                        .thenAccept(left -> {}))
        .toCompletableFuture();
  }
}
