package dev.orchard.audit.epoch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way to the metadata database: two connections that can only read, made when they are needed. */
@Configuration(proxyBeanMethods = false)
class SourceConfiguration {
    @Bean(destroyMethod = "close")
    PostgresEventLogStore eventLogStore(SourceSettings settings) {
        var pool = new HikariConfig();
        pool.setPoolName("event-log");
        pool.setJdbcUrl(settings.url());
        pool.setUsername(settings.username());
        pool.setPassword(settings.password());
        pool.setReadOnly(true);
        pool.setMaximumPoolSize(2);
        pool.setMinimumIdle(0);
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(2_000);
        pool.addDataSourceProperty("connectTimeout", "2");
        pool.addDataSourceProperty(
                "socketTimeout", Long.toString(settings.timeout().toSeconds()));
        pool.addDataSourceProperty("ApplicationName", "orchard-audit");
        return new PostgresEventLogStore(new HikariDataSource(pool));
    }
}
