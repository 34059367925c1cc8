package io.snapper.auth.jwt;

import io.snapper.config.Secret;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The check of a token, which each connection and each poll begins with. */
@State(Scope.Thread)
public class Hs256TokensBenchmark {
  private static final Secret NEW = new Secret("a secret of more than thirty-two bytes");
  private static final Secret OLD = new Secret("another secret of more than 32 bytes");

  private final Hs256Tokens tokens = tokens(NEW, OLD);
  private String token;
  private String tokenOfOldSecret;

  @Setup
  public void prepare() {
    token = issue(NEW);
    tokenOfOldSecret = issue(OLD);
  }

  @Benchmark
  public ConsumerIdentity verify() {
    return tokens.verifyConsumer(token);
  }

  @Benchmark
  public ConsumerIdentity verifyByOldSecret() {
    return tokens.verifyConsumer(tokenOfOldSecret);
  }

  private static String issue(Secret secret) {
    return tokens(secret)
        .issueConsumer(new UserId("55a07f2dee06c78e1357b0ad"), DeviceKind.WEB, 4_102_444_800L);
  }

  private static Hs256Tokens tokens(Secret... secrets) {
    return new Hs256Tokens(List.of(secrets), Duration.ZERO, InstantSource.system());
  }
}
