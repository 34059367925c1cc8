package io.snapper.edge.rest;

import io.snapper.core.error.ErrorCode;
import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Lets a call through whose token has a role that the resource names; a resource that names none is
 * closed.
 *
 * <p>The servers have filters of their own for this, but WildFly's is off unless a setting is on,
 * and then everything is open; and it answers a call without a token with 403.
 */
@Provider
@Priority(Priorities.AUTHORIZATION - 1)
public class RolesFilter implements ContainerRequestFilter {
  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getMethod().equals(HttpMethod.OPTIONS)) {
      return;
    }
    SecurityContext caller = request.getSecurityContext();
    if (caller == null || caller.getUserPrincipal() == null) {
      throw new NotAuthorizedException(Problems.CHALLENGE);
    }
    if (Arrays.stream(roles(resource.getResourceMethod())).noneMatch(caller::isUserInRole)) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.FORBIDDEN,
              "the token's claim groups has none of the roles that may call this: "
                  + String.join(", ", roles(resource.getResourceMethod()))));
    }
  }

  /** Returns the roles that may call a method; none for one that says nothing. */
  static String[] roles(Method method) {
    if (method == null) {
      return new String[0];
    }
    RolesAllowed allowed = method.getAnnotation(RolesAllowed.class);
    if (allowed == null) {
      allowed = method.getDeclaringClass().getAnnotation(RolesAllowed.class);
    }
    return allowed == null ? new String[0] : allowed.value();
  }
}
