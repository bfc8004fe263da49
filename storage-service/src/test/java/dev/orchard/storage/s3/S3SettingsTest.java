package dev.orchard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;

class S3SettingsTest {
    private final ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @Test
    void meanAwsWithTheCredentialsOfTheEnvironmentWhereTheySayNothingElse() {
        context.withPropertyValues("orchard.storage.s3.bucket=orchard")
                .run(started -> assertThat(started.getBean(S3Settings.class))
                        .isEqualTo(new S3Settings(
                                null,
                                null,
                                "us-east-1",
                                "orchard",
                                null,
                                null,
                                false,
                                DataSize.ofMegabytes(8),
                                4,
                                null,
                                Duration.ofMinutes(10),
                                Duration.ofDays(30),
                                RequestChecksumCalculation.WHEN_REQUIRED,
                                256,
                                new S3RetrySettings(
                                        4,
                                        Duration.ofMillis(100),
                                        Duration.ofSeconds(10),
                                        Duration.ofMinutes(1),
                                        Duration.ofMinutes(10)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access-key=alone",
                "secret-key=alone",
                "part-size=4MB",
                "part-size=2GB",
                "bucket=",
                "parallel-parts=0",
                "retry.attempts=0"
            })
    void refuseWhatCannotWork(String setting) {
        context.withPropertyValues("orchard.storage.s3.bucket=orchard", "orchard.storage.s3." + setting)
                .run(started -> assertThat(started).hasFailed());
    }

    @EnableConfigurationProperties(S3Settings.class)
    static class Bound {}
}
