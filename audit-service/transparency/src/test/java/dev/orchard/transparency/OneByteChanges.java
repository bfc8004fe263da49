package dev.orchard.transparency;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A text with one of its bytes changed: each byte in turn, each of its bits, and to what means something in a text. */
final class OneByteChanges {
    private static final String MEANINGFUL = "\n\r\0 =+/-0Aa\u00ff";

    private OneByteChanges() {}

    /** The bytes that are no UTF-8 any more are read as a reader reads them: with replacement characters. */
    static Stream<String> of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length)
                .boxed()
                .flatMap(at -> others(bytes[at]).mapToObj(value -> {
                    byte[] changed = bytes.clone();
                    changed[at] = (byte) value;
                    return new String(changed, StandardCharsets.UTF_8);
                }));
    }

    private static IntStream others(byte value) {
        var bits = IntStream.range(0, 8).map(bit -> value ^ 1 << bit);
        return IntStream.concat(bits, MEANINGFUL.chars()).filter(other -> (byte) other != value);
    }
}
