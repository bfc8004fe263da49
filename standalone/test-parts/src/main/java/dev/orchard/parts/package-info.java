/** PostgreSQL, Kafka, Connect and S3 for integration tests: embedded, or in containers. */
@NullMarked
package dev.orchard.parts;

import org.jspecify.annotations.NullMarked;
