package dev.orchard.audit.status;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/audit/status}: whether the trail is complete. */
@RestController
final class AuditStatusController {
    private final AuditStatusService service;

    AuditStatusController(AuditStatusService service) {
        this.service = service;
    }

    @GetMapping("/api/v1/audit/status")
    AuditStatus status() {
        return service.status();
    }
}
