package io.snapper.edge.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The document is written by hand; here it is held against the code. */
class OpenApiDocumentTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

  private final Map<String, Object> document = load();

  @Test
  void shouldDescribeEveryResourceAndNothingElse() {
    Set<String> described = new TreeSet<>();
    map(document, "paths")
        .forEach(
            (path, item) ->
                ((Map<?, ?>) item)
                    .keySet().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> described.add(method + " " + path)));

    assertThat(described)
        .isEqualTo(
            resourceMethods()
                .map(OpenApiDocumentTest::operation)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @MethodSource("resourceMethods")
  void shouldLetNobodyCallAResourceWithoutARole(Method method) {
    assertThat(RolesFilter.roles(method))
        .isNotEmpty()
        .isSubsetOf(Roles.PRODUCER, Roles.ADMIN)
        .contains(Roles.ADMIN);
  }

  @Test
  void shouldLetAdministratorsAloneCloseConnectionsAndRunTheNode() {
    Set<String> closed =
        resourceMethods()
            .filter(method -> !Set.of(RolesFilter.roles(method)).contains(Roles.PRODUCER))
            .map(OpenApiDocumentTest::operation)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(closed)
        .containsExactly(
            "delete /api/v1/consumers/{consumer}/connection",
            "delete /api/v1/users/{user}/connections",
            "get /api/v1/node",
            "post /api/v1/node/drain",
            "post /api/v1/node/resume");
  }

  @Test
  void shouldNameTheFieldsOfAnswers() {
    Map<String, Class<? extends Record>> answers =
        Map.of(
            "Pushed", PushAnswer.class,
            "BatchResult", BatchAnswer.class,
            "Room", RoomAnswer.class,
            "Messages", MessagesAnswer.class,
            "Membership", MembershipAnswer.class,
            "Connections", ConnectionsAnswer.class,
            "Closed", ClosedAnswer.class,
            "Node", NodeAnswer.class,
            "Problem", Problem.class);

    answers.forEach(
        (schema, type) ->
            assertThat(map(document, "components", "schemas", schema, "properties").keySet())
                .as(schema)
                .isEqualTo(
                    Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet())));
  }

  static Stream<Method> resourceMethods() {
    return new RestApplication()
        .getClasses().stream()
            .filter(type -> type.isAnnotationPresent(Path.class))
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(method -> httpMethod(method) != null);
  }

  private static String operation(Method method) {
    String path = "/api/" + method.getDeclaringClass().getAnnotation(Path.class).value();
    Path below = method.getAnnotation(Path.class);
    return httpMethod(method).toLowerCase(Locale.ROOT)
        + " "
        + path
        + (below == null ? "" : "/" + below.value());
  }

  private static String httpMethod(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (http != null) {
        return http.value();
      }
    }
    return null;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> within, String... path) {
    Map<String, Object> found = within;
    for (String name : path) {
      found = (Map<String, Object>) found.get(name);
    }
    return found;
  }

  private static Map<String, Object> load() {
    try (InputStream file =
        OpenApiDocumentTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      return new Yaml().load(file);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
