package dev.orchard.system.architecture.example;

import org.springframework.http.ResponseEntity;

/** Breaks a rule on purpose: an HTTP type in a service. */
public class WebService {
    public ResponseEntity<Void> answer() {
        return ResponseEntity.noContent().build();
    }
}
