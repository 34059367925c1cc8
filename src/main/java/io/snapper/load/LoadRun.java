package io.snapper.load;

import io.snapper.load.ProcessMeter.Reading;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One run: connect, join, warm up, measure, wait for what is under way, report. */
final class LoadRun {
  private static final long CONNECT_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long LAST_DELIVERIES_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long TOKEN_LIFE_SECONDS = 7200;

  private final LoadOptions options;
  private final RoomPlan plan;
  private final ProcessMeter meter;
  private final ProcessMeter self = new ProcessMeter(List.of(ProcessHandle.current().pid()));
  private final LoadReport report = new LoadReport();

  LoadRun(LoadOptions options) {
    this.options = options;
    this.plan = new RoomPlan(options);
    this.meter = new ProcessMeter(options.processes());
  }

  /** Returns the report; {@link LoadReport#isFlawless} says whether all was as it should be. */
  LoadReport run() throws IOException, InterruptedException {
    List<Producer> producers = producers();
    try (Fleet fleet = new Fleet(options, plan)) {
      connect(fleet);
      join(fleet, producers);
      Traffic traffic = new Traffic(options, fleet, producers);
      traffic.run(options.warmUp().toNanos());
      traffic.awaitDeliveries(LAST_DELIVERIES_LIMIT_NANOS);
      fleet.takeLatencies();
      measure(fleet, traffic);
      report.add("accepted", producers.stream().mapToLong(Producer::accepted).sum());
      report.add("refusedRequests", producers.stream().mapToLong(Producer::refused).sum());
    } finally {
      producers.forEach(Producer::close);
    }
    return report;
  }

  private List<Producer> producers() throws IOException {
    List<Producer> producers = new ArrayList<>();
    Tokens tokens =
        new Tokens(options.secret(), Instant.now().getEpochSecond() + TOKEN_LIFE_SECONDS);
    for (URI server : options.producers()) {
      producers.add(
          server.getScheme().equals("tcp")
              ? tcpProducer(server, tokens)
              : new HttpProducer(
                  server, options.httpToken().orElse(""), plan::nameOf, options.size()));
    }
    return producers;
  }

  private TcpProducer tcpProducer(URI server, Tokens tokens) throws IOException {
    return new TcpProducer(server, tokens.ofProducer("load"), plan::nameOf, options.size());
  }

  private void connect(Fleet fleet) {
    Reading before = meter.read();
    long start = System.nanoTime();
    boolean isComplete = fleet.connectAll(CONNECT_LIMIT_NANOS);
    double seconds = (System.nanoTime() - start) / 1e9;
    Reading after = meter.read();
    if (!isComplete) {
      throw new IllegalStateException(
          "only " + fleet.live() + " of " + options.consumers() + " consumers could connect");
    }
    report.add("consumers", options.consumers());
    report.add("connectionsPerSecond", options.consumers() / seconds);
    report.addMilliseconds("connect", fleet.takeHandshakes());
    if (!options.processes().isEmpty()) {
      double cpuMs = ProcessMeter.sum(after.cpuSince(before)) / 1e6;
      report.add("cpuMsPerConnection", cpuMs / options.consumers());
      report.addList(
          "cpuMsPerConnectionByProcess",
          after.cpuSince(before).stream().map(nanos -> nanos / 1e6 / options.consumers()).toList());
      double kib = after.residentKibSum() - before.residentKibSum();
      report.add("residentKibPerConnection", kib / options.consumers());
    }
  }

  private void join(Fleet fleet, List<Producer> producers)
      throws IOException, InterruptedException {
    if (plan.isOwnRooms()) {
      return;
    }
    Optional<URI> tcp =
        options.producers().stream().filter(uri -> uri.getScheme().equals("tcp")).findFirst();
    if (tcp.isEmpty()) {
      throw new IllegalStateException("rooms are joined over TCP: name a tcp:// producer, too");
    }
    Tokens tokens =
        new Tokens(options.secret(), Instant.now().getEpochSecond() + TOKEN_LIFE_SECONDS);
    try (TcpProducer joiner = tcpProducer(tcp.get(), tokens)) {
      for (Consumer consumer : fleet.consumers()) {
        for (int slot = 0; slot < consumer.rooms(); slot++) {
          joiner.subscribe(consumer.roomAt(slot), consumer.id());
        }
      }
      joiner.awaitAnswers();
      if (joiner.fault() != null) {
        throw new IllegalStateException("a join was refused: " + joiner.fault());
      }
    }
  }

  private void measure(Fleet fleet, Traffic traffic) throws InterruptedException {
    Reading before = meter.read();
    Reading selfBefore = self.read();
    long deliveriesBefore = fleet.deliveries();
    long framesBefore = fleet.sum(tally -> tally.frames.get());
    long messagesBefore = traffic.messages();
    long start = System.nanoTime();
    Watch watch = new Watch(fleet);
    watch.start();
    int rounds = traffic.run(options.duration().toNanos());
    watch.stopDisturbing();
    boolean isComplete = traffic.awaitDeliveries(LAST_DELIVERIES_LIMIT_NANOS);
    double seconds = (System.nanoTime() - start) / 1e9;
    Reading after = meter.read();
    Reading selfAfter = self.read();
    watch.join();
    long deliveries = fleet.deliveries() - deliveriesBefore;
    report.add("seconds", seconds);
    report.add("messages", traffic.messages() - messagesBefore);
    if (options.isClosedLoop()) {
      report.add("rounds", rounds);
    }
    report.add("deliveries", deliveries);
    report.add("deliveriesPerSecond", deliveries / seconds);
    long frames = fleet.sum(tally -> tally.frames.get()) - framesBefore;
    report.add("messagesPerFrame", (double) deliveries / Math.max(1, frames));
    report.addMilliseconds("latency", fleet.takeLatencies());
    addCpu(after, before, seconds, deliveries);
    report.add(
        "ownCpuUsPerDelivery",
        ProcessMeter.sum(selfAfter.cpuSince(selfBefore)) / 1e3 / Math.max(1, deliveries));
    report.add("missing", isComplete ? 0 : fleet.missing(traffic.published()));
    report.add("unansweredFrames", fleet.sum(tally -> tally.unanswered.get()));
    report.add("repeated", fleet.sum(tally -> tally.repeated.get()));
    report.add("skipped", fleet.sum(tally -> tally.skipped.get()));
    report.add("gapNotices", fleet.sum(tally -> tally.gapNotices.get()));
    report.add("brokenConnections", fleet.sum(tally -> tally.broken.get()));
    report.add("refusedConnections", fleet.sum(tally -> tally.refused.get()));
    report.addList("secondsUntilAllWereBack", watch.outages());
  }

  private void addCpu(Reading after, Reading before, double seconds, long deliveries) {
    if (options.processes().isEmpty()) {
      return;
    }
    List<Long> used = after.cpuSince(before);
    long delivered = Math.max(1, deliveries);
    report.add("cpuUsPerDelivery", ProcessMeter.sum(used) / 1e3 / delivered);
    report.addList(
        "cpuUsPerDeliveryByProcess", used.stream().map(nanos -> nanos / 1e3 / delivered).toList());
    report.addList(
        "cpuPercentByProcess", used.stream().map(nanos -> nanos / seconds / 1e7).toList());
    report.addList("residentMib", after.residentKib().stream().map(kib -> kib / 1024.0).toList());
  }

  /** Closes connections at the asked rate, and notes for how long some were missing. */
  private final class Watch extends Thread {
    private static final long STEP_NANOS = 5_000_000;

    private final Fleet fleet;
    private final List<Double> outages = new ArrayList<>();
    private volatile boolean isDisturbing = true;

    Watch(Fleet fleet) {
      super("watch");
      this.fleet = fleet;
      setDaemon(true);
    }

    void stopDisturbing() {
      isDisturbing = false;
    }

    List<Double> outages() {
      return outages;
    }

    @Override
    public void run() {
      long start = System.nanoTime();
      long outageSince = 0;
      long closed = 0;
      long limit = 0;
      while (isDisturbing || (outageSince != 0 && System.nanoTime() - limit < 0)) {
        long now = System.nanoTime();
        if (isDisturbing) {
          limit = now + LAST_DELIVERIES_LIMIT_NANOS;
          while (closed < (now - start) / 1e9 * options.churn()) {
            fleet.reconnect(ThreadLocalRandom.current().nextInt(options.consumers()));
            closed++;
          }
        }
        boolean isComplete = fleet.live() == options.consumers();
        if (!isComplete && outageSince == 0) {
          outageSince = now;
        } else if (isComplete && outageSince != 0) {
          // With churn somebody is always away: that is no outage.
          if (options.churn() == 0) {
            outages.add((now - outageSince) / 1e9);
          }
          outageSince = 0;
        }
        LockSupport.parkNanos(STEP_NANOS);
      }
    }
  }
}
