package dev.orchard.parts;

import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** Waits for nothing: the part's own probe does. */
final class StartedOnly extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {}
}
