package io.snapper.edge.engineio;

/**
 * What admission looks at in a request.
 *
 * @param method upper case
 * @param query as in the URL, without the question mark; null if there is none
 * @param origin the {@code Origin} header; null if there is none
 * @param cookie the value of the cookie {@link SessionCookie#NAME}; null if there is none
 * @param isUpgrade whether it asks for a WebSocket
 */
public record RequestFacts(
    String method, String query, String origin, String cookie, boolean isUpgrade) {}
