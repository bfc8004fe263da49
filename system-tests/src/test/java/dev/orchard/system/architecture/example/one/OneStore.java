package dev.orchard.system.architecture.example.one;

/** A store that another feature uses, on purpose. */
public class OneStore {
    public String read() {
        return "";
    }
}
