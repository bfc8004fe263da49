package dev.orchard.system.benchmark;

import static dev.orchard.system.benchmark.Workload.Kind.DECLARED_DUPLICATE;
import static dev.orchard.system.benchmark.Workload.Kind.DOWNLOAD;
import static dev.orchard.system.benchmark.Workload.Kind.RANGE;
import static dev.orchard.system.benchmark.Workload.Kind.SENT_AGAIN;
import static dev.orchard.system.benchmark.Workload.Kind.TAGGED_UPLOAD;
import static dev.orchard.system.benchmark.Workload.Kind.UNIQUE_UPLOAD;

/** What clients do again and again while it is measured. */
enum Workload {
    UPLOAD_4K("unique uploads of 4 KiB", UNIQUE_UPLOAD, 4L << 10, 16, 20_000, 4),
    UPLOAD_64K("unique uploads of 64 KiB", UNIQUE_UPLOAD, 64L << 10, 16, 6_000, 4),
    UPLOAD_1M("unique uploads of 1 MiB", UNIQUE_UPLOAD, 1L << 20, 16, 400, 2.5),
    UPLOAD_100M("unique uploads of 100 MiB", UNIQUE_UPLOAD, 100L << 20, 1, 3, 1.8),
    UPLOAD_1G("unique upload of 1 GiB", UNIQUE_UPLOAD, 1L << 30, 1, 1, 1.8),
    DECLARED("declared duplicates (registry: mounts)", DECLARED_DUPLICATE, 64L << 10, 16, 20_000, 4),
    AGAIN_100M("the same 100 MiB again, not declared", SENT_AGAIN, 100L << 20, 1, 3, 3),
    DOWNLOAD_4K("downloads of 4 KiB", DOWNLOAD, 4L << 10, 16, 100_000, 8),
    DOWNLOAD_100M("downloads of 100 MiB", DOWNLOAD, 100L << 20, 1, 50, 1),
    RANGES_64K("64 KiB ranges of 100 MiB", RANGE, 100L << 20, 16, 50_000, 6),
    TAGGED_4K("unique uploads of 4 KiB, each with a new tag", TAGGED_UPLOAD, 4L << 10, 16, 20_000, Double.NaN);

    static final int RANGE_LENGTH = 64 << 10;

    private final String label;
    private final Kind kind;
    private final long size;
    private final int clients;
    private final int most;
    private final double aim;

    /** @param aim how many times as much as the registry does */
    Workload(String label, Kind kind, long size, int clients, int most, double aim) {
        this.label = label;
        this.kind = kind;
        this.size = size;
        this.clients = clients;
        this.most = most;
        this.aim = aim;
    }

    /** What a single operation is. */
    enum Kind {
        UNIQUE_UPLOAD,
        TAGGED_UPLOAD,
        DECLARED_DUPLICATE,
        SENT_AGAIN,
        DOWNLOAD,
        RANGE
    }

    String label() {
        return label;
    }

    Kind kind() {
        return kind;
    }

    long size() {
        return size;
    }

    int clients() {
        return clients;
    }

    /** Operations of a round at most. */
    int most() {
        return most;
    }

    double aim() {
        return aim;
    }

    /** Bytes that an operation moves, or would if nothing were saved. */
    long bytes() {
        return kind == RANGE ? RANGE_LENGTH : size;
    }

    /** Whether it is told in MiB/s rather than operations. */
    boolean isBulk() {
        return bytes() >= 1 << 20;
    }

    /** How many different contents are in the store beforehand. */
    int contents() {
        return switch (kind) {
            case UNIQUE_UPLOAD, TAGGED_UPLOAD -> 0;
            case DECLARED_DUPLICATE, DOWNLOAD -> size < 1 << 20 ? 64 : 1;
            case SENT_AGAIN, RANGE -> 1;
        };
    }
}
