package dev.orchard.gateway.relay;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/** What another service answered, as far as it is meant for the client. */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never compared
record RelayedAnswer(HttpStatusCode status, HttpHeaders headers, byte[] body) {}
