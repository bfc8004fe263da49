package dev.orchard.gateway.relay;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * What a client asks another service through the gateway.
 *
 * @param target path and query exactly as the client sent them
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never compared
record RelayedRequest(HttpMethod method, String target, HttpHeaders headers, byte[] body) {}
