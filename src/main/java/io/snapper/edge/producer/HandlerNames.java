package io.snapper.edge.producer;

/** The names of the handlers in a producer's pipeline, in their order. */
final class HandlerNames {
  /** Notices frames that begin and don't end. */
  static final String FRAME_GUARD = "frame-guard";

  static final String RESP_DECODER = "resp-decoder";
  static final String RESP_ENCODER = "resp-encoder";

  /** Puts frames together and enforces their limit. */
  static final String FRAME_ASSEMBLER = "frame-assembler";

  /** {@link UnauthenticatedProducer}, then {@link ProducerConnection}. */
  static final String PRODUCER = "producer";

  private HandlerNames() {}
}
