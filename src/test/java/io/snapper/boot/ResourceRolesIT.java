package io.snapper.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.SharedServers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceRolesIT {
  private static final String SECRET = "s3cret";

  @ParameterizedTest
  @EnumSource
  void shouldOpenEachResourceForItsRolesAlone(ServerKind kind) {
    RunningServer server = SharedServers.of(kind);

    new ResourceRoles(server.http(), new HttpTokens(server.dataDirectory())).check();
  }

  /** Anybody can send such, as often as he likes. */
  @ParameterizedTest
  @EnumSource
  void shouldRefuseWhatIsNoTokenAndNotFillTheLogWithIt(ServerKind kind) {
    RunningServer server = SharedServers.of(kind);
    String header = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    int before = server.log().length();

    for (String token :
        List.of(
            SECRET,
            SECRET + "." + SECRET + "." + SECRET,
            header + "." + base64("{\"sub\":\"" + SECRET + "\"}") + "." + SECRET,
            header + "." + base64(SECRET) + "." + SECRET)) {
      HttpResponse<String> answer =
          SimpleClient.call("GET", server.http().resolve("api/v1/node"), null, token);
      assertThat(answer.statusCode()).as(token).isEqualTo(401);
      assertThat(answer.body()).contains("unauthorized").doesNotContain(SECRET);
    }

    assertThat(server.log().substring(before)).doesNotContain(SECRET, "\tat ");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
