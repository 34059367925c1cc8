package io.snapper.edge.engineio.websocket;

import io.snapper.edge.engineio.Refusal;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.Locale;

/**
 * The close codes that clients see. Engine.IO has none of its own; a client that looks at them can
 * tell from the code alone whether to come back: not after 4001 to 4003. The reason of one that
 * should come back a little later ends with {@code retry-after=<seconds>}.
 */
final class WebSocketCloseCodes {
  private WebSocketCloseCodes() {}

  static CloseReason of(io.snapper.core.error.CloseReason reason) {
    int code =
        switch (reason) {
          case CLIENT_GONE -> CloseCodes.NORMAL_CLOSURE.getCode();
          case TAKEN_OVER -> 4001;
          case TOKEN_EXPIRED -> 4002;
          case CLOSED_BY_OPERATOR -> 4003;
          case HEARTBEAT_TIMEOUT -> 4004;
          case ACKNOWLEDGEMENT_TIMEOUT -> 4005;
          case PROTOCOL_VIOLATION -> CloseCodes.VIOLATED_POLICY.getCode();
          case DRAINING -> CloseCodes.SERVICE_RESTART.getCode();
          case UNAVAILABLE -> CloseCodes.TRY_AGAIN_LATER.getCode();
        };
    String text = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    boolean isElsewhereOrLater =
        reason == io.snapper.core.error.CloseReason.DRAINING
            || reason == io.snapper.core.error.CloseReason.UNAVAILABLE;
    return new CloseReason(
        CloseCodes.getCloseCode(code),
        isElsewhereOrLater ? text + "; retry-after=" + Refusal.RETRY_AFTER_SECONDS : text);
  }
}
