package dev.orchard.storage.blob;

import java.net.URI;
import java.time.Instant;

/** An address at which anybody can read one blob, without a token, until it expires. */
public record BlobLink(URI url, Instant expiresAt) {}
