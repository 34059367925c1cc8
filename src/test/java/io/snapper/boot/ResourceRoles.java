package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.boot.ResourceMethods.ResourceMethod;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Calls every method of the HTTP API as everybody who could: it opens for its roles alone. */
final class ResourceRoles {
  private static final Set<String> ROLES = Set.of("producer", "admin");

  /** More can only be added; that none are found would be a fault of the search. */
  private static final int KNOWN_METHODS = 16;

  private final URI root;
  private final HttpTokens tokens;

  /**
   * Prepares the calls.
   *
   * @param root the application's, with a slash at its end
   */
  ResourceRoles(URI root, HttpTokens tokens) {
    this.root = root;
    this.tokens = tokens;
  }

  void check() {
    List<ResourceMethod> methods = ResourceMethods.all();
    assertThat(methods).hasSizeGreaterThanOrEqualTo(KNOWN_METHODS);
    for (ResourceMethod method : methods) {
      assertThat(method.roles()).as("roles of %s", method).isNotEmpty().isSubsetOf(ROLES);
      assertThat(status(method, null)).as("%s without a token", method).isEqualTo(401);
      assertThat(status(method, tokens.withRole("king"))).as("%s as king", method).isEqualTo(403);
      for (String role : new TreeSet<>(ROLES)) {
        int status = status(method, tokens.withRole(role));
        if (method.roles().contains(role)) {
          // Found, let in, and served as far as an empty body goes.
          assertThat(status).as("%s as %s", method, role).isEqualTo(method.hasBody() ? 400 : 200);
        } else {
          assertThat(status).as("%s as %s", method, role).isEqualTo(403);
        }
      }
    }
  }

  private int status(ResourceMethod method, String token) {
    return SimpleClient.call(
            method.verb(),
            root.resolve("api/" + method.path()),
            method.hasBody() ? "{}" : null,
            token)
        .statusCode();
  }
}
