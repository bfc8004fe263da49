package dev.orchard.system.architecture.example;

import software.amazon.awssdk.annotations.ThreadSafe;

/** Breaks a rule on purpose: a type of Amazon's outside of the S3 store. */
public class AmazonService {
    public Class<?> type() {
        return ThreadSafe.class;
    }
}
