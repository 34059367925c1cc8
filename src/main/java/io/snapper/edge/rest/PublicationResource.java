package io.snapper.edge.rest;

import io.snapper.core.message.RoomName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Pushes that are not for one room, user or device: many rooms at once, and everyone online. */
@Path("v1")
@ApplicationScoped
@RolesAllowed({Roles.PRODUCER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class PublicationResource {
  @Inject private Publications publications;

  @POST
  @Path("messages")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> pushBatch(
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey, BatchRequest request) {
    return publications.push(Bodies.required(request), idempotencyKey);
  }

  @POST
  @Path("everyone/messages")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> pushToEveryone(
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey, PushRequest request) {
    return publications.push(RoomName.EVERYONE, Bodies.required(request), idempotencyKey);
  }
}
