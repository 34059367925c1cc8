package io.snapper.edge.rest;

import io.snapper.core.NodeControl;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The node that answers: whether it serves, and the way out of service and back. */
@Path("v1/node")
@ApplicationScoped
@RolesAllowed(Roles.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class NodeResource {
  @Inject private NodeControl node;

  @GET
  public Response status() {
    return Response.ok(NodeAnswer.of(node.status())).build();
  }

  @POST
  @Path("drain")
  public Response drain() {
    return Response.ok(NodeAnswer.of(node.drain())).build();
  }

  @POST
  @Path("resume")
  public Response resume() {
    return Response.ok(NodeAnswer.of(node.resume())).build();
  }
}
