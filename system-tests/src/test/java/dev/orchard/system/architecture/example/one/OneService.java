package dev.orchard.system.architecture.example.one;

import dev.orchard.system.architecture.example.two.TwoService;

/** Breaks a rule on purpose: one half of a cycle. */
public class OneService {
    public String ask(TwoService two) {
        return two.read(new OneStore());
    }
}
