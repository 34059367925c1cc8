package io.snapper.edge.rest;

import io.snapper.core.Broker;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Users: all devices of one, or of many. */
@Path("v1/users")
@ApplicationScoped
@RolesAllowed({Roles.PRODUCER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class UserResource {
  private static final String USER = "user";

  @Inject private Broker broker;
  @Inject private Publications publications;
  @Inject private AnswerThreads threads;

  @POST
  @Path("messages")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> pushToMany(
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey, UsersPushRequest request) {
    return publications.push(Bodies.required(request), idempotencyKey);
  }

  @POST
  @Path("{user}/messages")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> push(
      @PathParam(USER) String segment,
      @QueryParam(USER) String query,
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
      PushRequest request) {
    return publications.push(
        RoomName.ofUser(user(segment, query)), Bodies.required(request), idempotencyKey);
  }

  @GET
  @Path("{user}/connections")
  public CompletionStage<Response> connections(
      @PathParam(USER) String segment, @QueryParam(USER) String query) {
    UserId user = user(segment, query);
    return threads.answer(
        broker.connections(user),
        connections -> Response.ok(ConnectionsAnswer.of(user, connections)).build());
  }

  @DELETE
  @Path("{user}/connections")
  @RolesAllowed(Roles.ADMIN)
  public CompletionStage<Response> closeAll(
      @PathParam(USER) String segment, @QueryParam(USER) String query) {
    return threads.answer(
        broker.closeAll(user(segment, query)),
        closed -> Response.ok(new ClosedAnswer(closed)).build());
  }

  private static UserId user(String segment, String query) {
    return NameRules.user(USER, NameRules.chosen(USER, segment, query));
  }
}
