package io.snapper.edge.rest;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.auth.LoginConfig;

/**
 * The HTTP API: everything under {@code /api}, with MicroProfile JWT before it. Its document is
 * {@code META-INF/openapi.yaml}, which both servers show at {@code /openapi}: what they would make
 * of annotations differs, and one of them makes it invalid.
 */
@ApplicationScoped
@ApplicationPath("/api")
@LoginConfig(authMethod = "MP-JWT", realmName = "snapper")
@DeclareRoles({Roles.PRODUCER, Roles.ADMIN})
public class RestApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        RoomResource.class,
        UserResource.class,
        ConsumerResource.class,
        PublicationResource.class,
        NodeResource.class,
        RolesFilter.class,
        RequestReader.class,
        JsonWriter.class,
        ProblemMapper.class);
  }

  @Override
  public Map<String, Object> getProperties() {
    // Jersey would describe the resources in its own language to whoever asks, without a token.
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
