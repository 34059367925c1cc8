package io.snapper.edge.rest;

import io.snapper.core.Broker;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** One room: its messages, its members, and where it stands. */
@Path("v1/rooms/{room}")
@ApplicationScoped
@RolesAllowed({Roles.PRODUCER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class RoomResource {
  private static final String ROOM = "room";
  private static final String CONSUMER = "consumer";
  private static final int DEFAULT_PAGE = 100;

  @Inject private Broker broker;
  @Inject private Publications publications;
  @Inject private AnswerThreads threads;

  @POST
  @Path("messages")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> push(
      @PathParam(ROOM) String segment,
      @QueryParam(ROOM) String query,
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
      PushRequest request) {
    return publications.push(room(segment, query), Bodies.required(request), idempotencyKey);
  }

  @GET
  public CompletionStage<Response> overview(
      @PathParam(ROOM) String segment, @QueryParam(ROOM) String query) {
    return threads.answer(
        broker.overview(room(segment, query)),
        overview -> Response.ok(RoomAnswer.of(overview)).build());
  }

  @GET
  @Path("messages")
  public CompletionStage<Response> messages(
      @PathParam(ROOM) String segment,
      @QueryParam(ROOM) String query,
      @QueryParam("after") String after,
      @QueryParam("limit") String limit) {
    RoomName room = room(segment, query);
    long afterOffset = Numbers.parse("after", after, 0, 0, Long.MAX_VALUE);
    int most = (int) Numbers.parse("limit", limit, DEFAULT_PAGE, 1, Broker.MAX_MESSAGES_PER_PAGE);
    return threads.answer(
        broker.messages(room, afterOffset, most),
        page -> Response.ok(MessagesAnswer.of(room, page)).build());
  }

  @PUT
  @Path("members/{consumer}")
  public CompletionStage<Response> join(
      @PathParam(ROOM) String roomSegment,
      @QueryParam(ROOM) String roomQuery,
      @PathParam(CONSUMER) String consumerSegment,
      @QueryParam(CONSUMER) String consumerQuery) {
    RoomName room = room(roomSegment, roomQuery);
    ConsumerId consumer = consumer(consumerSegment, consumerQuery);
    return threads.answer(
        broker.join(room, consumer), changed -> membership(room, consumer, true, changed));
  }

  @DELETE
  @Path("members/{consumer}")
  public CompletionStage<Response> leave(
      @PathParam(ROOM) String roomSegment,
      @QueryParam(ROOM) String roomQuery,
      @PathParam(CONSUMER) String consumerSegment,
      @QueryParam(CONSUMER) String consumerQuery) {
    RoomName room = room(roomSegment, roomQuery);
    ConsumerId consumer = consumer(consumerSegment, consumerQuery);
    return threads.answer(
        broker.leave(room, consumer), changed -> membership(room, consumer, false, changed));
  }

  private static Response membership(
      RoomName room, ConsumerId consumer, boolean member, boolean changed) {
    return Response.ok(new MembershipAnswer(room.value(), consumer.value(), member, changed))
        .build();
  }

  private static RoomName room(String segment, String query) {
    return NameRules.room(ROOM, NameRules.chosen(ROOM, segment, query));
  }

  private static ConsumerId consumer(String segment, String query) {
    return NameRules.consumer(CONSUMER, NameRules.chosen(CONSUMER, segment, query));
  }
}
