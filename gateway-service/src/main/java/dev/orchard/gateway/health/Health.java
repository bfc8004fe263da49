package dev.orchard.gateway.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** Whether all of this Orchard is there: {@code up} if each part that the gateway needs is. */
record Health(State status, Map<String, State> dependencies) {
    enum State {
        @JsonProperty("up")
        UP,
        @JsonProperty("down")
        DOWN
    }

    static Health of(Map<String, State> dependencies) {
        return new Health(dependencies.containsValue(State.DOWN) ? State.DOWN : State.UP, dependencies);
    }
}
