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
                                null,
                                Duration.ofMinutes(10),
                                Duration.ofHours(24),
                                RequestChecksumCalculation.WHEN_REQUIRED,
                                256)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-key=alone", "secret-key=alone", "part-size=4MB", "part-size=2GB", "bucket="})
    void refuseWhatCannotWork(String setting) {
        context.withPropertyValues("orchard.storage.s3.bucket=orchard", "orchard.storage.s3." + setting)
                .run(started -> assertThat(started).hasFailed());
    }

    @EnableConfigurationProperties(S3Settings.class)
    static class Bound {}
}
