package dev.orchard.infrastructure.process;

import java.io.IOException;

/** One of the processes that the whole is made of. Its steps can be taken again after each death of the process. */
public interface Part {
    String name();

    /** The port of 127.0.0.1 on which the others meet it. */
    int port();

    /** Makes what must be there before the process runs; does nothing to what is there already. */
    default void prepare() throws IOException {}

    Program program() throws IOException;

    Probe probe();

    /** What is left to do in the healthy process before others may use it; does nothing to what is done already. */
    default void settle() throws IOException {}
}
