package dev.orchard.system;

/** A package. */
record Place(String project, String name) {
    /** Its path below {@code /api/v1}. */
    String path() {
        return "/project/" + project + "/packages/" + name;
    }
}
