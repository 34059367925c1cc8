package io.snapper.edge.producer;

import io.snapper.core.auth.TokenVerifier;
import io.snapper.protocol.jsonrpc.JsonRpcParser;

/** What all connections share. Thread-safe. */
record ProducerEdge(
    BrokerCalls broker,
    TokenVerifier tokens,
    ProducerLimits limits,
    JsonRpcParser parser,
    Connections connections,
    NodeOverload overload) {}
