package dev.orchard.storage.s3;

import dev.orchard.storage.blob.BlobStore;
import dev.orchard.storage.parts.PartStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Keeps blobs in S3, if the settings say so. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "orchard.storage.kind", havingValue = "s3")
@EnableConfigurationProperties(S3Settings.class)
class S3StoreConfiguration {
    /** What one connection holds outside of the heap for a reader who is slow. */
    private static final long READ_AHEAD = 256L * 1024;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    @Bean
    S3AsyncClient s3Client(S3Settings settings, MeterRegistry meters) {
        return client(settings, meters).build();
    }

    static S3AsyncClientBuilder client(S3Settings settings, MeterRegistry meters) {
        S3AsyncClientBuilder client = S3AsyncClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .forcePathStyle(settings.pathStyle())
                .requestChecksumCalculation(settings.requestChecksums())
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(call -> call.retryStrategy(S3Retries.standard(settings.retry()))
                        .apiCallAttemptTimeout(settings.retry().attemptTimeout())
                        .addMetricPublisher(new S3RetryMeter(meters)))
                .httpClientBuilder(AwsCrtAsyncHttpClient.builder()
                        .maxConcurrency(settings.connections())
                        .readBufferSizeInBytes(READ_AHEAD)
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .connectionAcquisitionTimeout(settings.retry().attemptTimeout()));
        if (settings.endpoint() != null) {
            client.endpointOverride(settings.endpoint());
        }
        return client;
    }

    @Bean
    S3Bucket s3Bucket(S3AsyncClient s3Client, S3Settings settings) {
        return new S3Bucket(s3Client, settings);
    }

    @Bean
    S3Buffers s3Buffers(S3Settings settings) {
        return S3Buffers.of(settings);
    }

    @Bean
    S3Presigner s3Presigner(S3Settings settings) {
        S3Presigner.Builder presigner = S3Presigner.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .serviceConfiguration(pathStyle(settings));
        URI reached = settings.linkEndpoint() == null ? settings.endpoint() : settings.linkEndpoint();
        if (reached != null) {
            presigner.endpointOverride(reached);
        }
        return presigner.build();
    }

    @Bean
    BlobStore blobStore(S3Settings settings, S3Bucket bucket, S3Presigner presigner, S3Buffers memory) {
        return new S3BlobStore(settings, bucket, presigner, memory, Clock.systemUTC());
    }

    @Bean
    PartStore partStore(S3Settings settings, S3Bucket bucket, S3Buffers memory) {
        return new S3PartStore(settings, bucket, memory, Clock.systemUTC());
    }

    private static S3Configuration pathStyle(S3Settings settings) {
        return S3Configuration.builder()
                .pathStyleAccessEnabled(settings.pathStyle())
                .build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        return settings.accessKey() == null || settings.secretKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
    }
}
