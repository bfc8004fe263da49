package dev.orchard.infrastructure.postgres;

/** Who may log in to the cluster; {@code docs/services.md} says what each may do. */
public enum LoginRole {
    SUPERUSER("postgres"),
    MIGRATOR("orchard_migrator"),
    APP("orchard_app"),
    CAPTURE("orchard_capture"),
    AUDITOR("orchard_auditor"),
    AUDIT_MIGRATOR("orchard_audit_migrator"),
    AUDIT_APP("orchard_audit_app");

    private final String roleName;

    LoginRole(String roleName) {
        this.roleName = roleName;
    }

    /** Its name in the database. */
    public String roleName() {
        return roleName;
    }
}
