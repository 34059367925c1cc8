package io.snapper.boot;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Finds every method that answers a call of the HTTP API, on the classes as they are built. */
final class ResourceMethods {
  private ResourceMethods() {}

  /**
   * One of them.
   *
   * @param path below the root of the API, with names in place of its variables
   * @param roles who may call it, as its annotations say; empty if they say nothing
   */
  record ResourceMethod(String verb, String path, boolean hasBody, Set<String> roles) {
    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  /**
   * Returns them by their paths, so that they can be called one after the other: what takes the
   * node out of service comes before what takes it back.
   */
  static List<ResourceMethod> all() {
    List<ResourceMethod> methods = new ArrayList<>();
    for (JavaClass found :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.snapper.edge")) {
      if (found.isAnnotatedWith(Path.class)) {
        addMethodsOf(found.reflect(), methods);
      }
    }
    methods.sort(Comparator.comparing(ResourceMethod::path));
    return methods;
  }

  private static void addMethodsOf(Class<?> resource, List<ResourceMethod> methods) {
    for (Method method : resource.getDeclaredMethods()) {
      for (Annotation annotation : method.getAnnotations()) {
        HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
        if (verb != null) {
          methods.add(
              new ResourceMethod(
                  verb.value(),
                  path(resource, method),
                  method.isAnnotationPresent(Consumes.class),
                  roles(resource, method)));
        }
      }
    }
  }

  private static String path(Class<?> resource, Method method) {
    Path below = method.getAnnotation(Path.class);
    String path =
        resource.getAnnotation(Path.class).value() + (below == null ? "" : "/" + below.value());
    return path.replaceAll("\\{\\w+}", "nobody");
  }

  private static Set<String> roles(Class<?> resource, Method method) {
    RolesAllowed allowed = method.getAnnotation(RolesAllowed.class);
    if (allowed == null) {
      allowed = resource.getAnnotation(RolesAllowed.class);
    }
    return allowed == null ? Set.of() : Set.of(allowed.value());
  }
}
