package dev.orchard.system.architecture.example.two;

import dev.orchard.system.architecture.example.one.OneStore;

/** Breaks two rules on purpose: another feature's store, and the other half of a cycle. */
public class TwoService {
    public String read(OneStore store) {
        return store.read();
    }
}
