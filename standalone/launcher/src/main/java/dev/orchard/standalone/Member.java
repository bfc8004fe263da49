package dev.orchard.standalone;

import dev.orchard.infrastructure.process.Part;
import java.util.List;

/**
 * A part and its place in the order.
 *
 * @param layer the higher ones are stopped first, those of one layer together
 * @param needs the parts that must be healthy before this one is started
 */
record Member(Part part, int layer, List<Part> needs) {
    Member(Part part, int layer, Part... needs) {
        this(part, layer, List.of(needs));
    }

    String name() {
        return part.name();
    }
}
