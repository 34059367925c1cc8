package io.snapper.edge.rest;

import io.snapper.core.Broker;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** One consumer: a single device or tab. */
@Path("v1/consumers/{consumer}")
@ApplicationScoped
@RolesAllowed({Roles.PRODUCER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class ConsumerResource {
  private static final String CONSUMER = "consumer";

  @Inject private Broker broker;
  @Inject private Publications publications;
  @Inject private AnswerThreads threads;

  @POST
  @Path("messages")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> push(
      @PathParam(CONSUMER) String segment,
      @QueryParam(CONSUMER) String query,
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
      PushRequest request) {
    ConsumerId consumer = consumer(segment, query);
    PushRequest body = Bodies.required(request);
    return publications.push(
        RoomName.ofConsumer(consumer),
        body,
        idempotencyKey,
        options -> broker.publish(consumer, body.messages(), options));
  }

  @DELETE
  @Path("connection")
  @RolesAllowed(Roles.ADMIN)
  public CompletionStage<Response> close(
      @PathParam(CONSUMER) String segment, @QueryParam(CONSUMER) String query) {
    return threads.answer(
        broker.close(consumer(segment, query)),
        closed -> Response.ok(new ClosedAnswer(closed ? 1 : 0)).build());
  }

  private static ConsumerId consumer(String segment, String query) {
    return NameRules.consumer(CONSUMER, NameRules.chosen(CONSUMER, segment, query));
  }
}
