package dev.orchard.system.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The house's rules that a machine can check. */
final class Rules {
    /** The edge, ProblemAdvice, knows one SQLSTATE: text that PostgreSQL cannot hold is the client's mistake. */
    static final ArchRule SQL_ONLY_IN_POSTGRES_STORES = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(Postgres[^.]*|[A-Za-z]*Configuration|ProblemAdvice)(\\$.*)?")
            .and()
            .resideOutsideOfPackage("..metadata.database..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.springframework.jdbc..");

    static final ArchRule AMAZON_ONLY_IN_S3 = noClasses()
            .that()
            .haveNameNotMatching(".*\\.S3[^.]*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    static final ArchRule KAFKA_ONLY_IN_LISTENERS = noClasses()
            .that()
            .haveNameNotMatching(".*\\.[A-Za-z]*(Listener|ListenerHealth|Configuration|Retries)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..");

    static final ArchRule NO_HTTP_BELOW_THE_ENTRY = noClasses()
            .that()
            .haveNameMatching(".*(Service|Store|Outcome)(\\$.*)?")
            .and()
            .doNotHaveSimpleName("InternalService")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.servlet..", "org.springframework.web.bind..", "dev.orchard.support.problem..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.springframework.http.ResponseEntity");

    static final ArchRule NAMES_SAY_SOMETHING =
            classes().should().haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Common|Base|DTO|Dto)(\\$.*)?");

    static final ArchRule STORES_STAY_IN_THEIR_FEATURE = classes()
            .that()
            .haveSimpleNameEndingWith("Store")
            .and()
            .areNotInterfaces()
            .should(beUsedInTheirOwnPackageOnly());

    static final ArchRule NO_CYCLES =
            slices().matching("dev.orchard.(**)").should().beFreeOfCycles();

    private Rules() {}

    private static ArchCondition<JavaClass> beUsedInTheirOwnPackageOnly() {
        return new ArchCondition<>("be used in their own package only") {
            @Override
            public void check(JavaClass store, ConditionEvents events) {
                store.getAccessesToSelf().stream()
                        .map(JavaAccess::getOriginOwner)
                        .filter(user -> !user.getPackageName().equals(store.getPackageName()))
                        .forEach(user -> events.add(
                                SimpleConditionEvent.violated(store, user.getName() + " uses " + store.getName())));
            }
        };
    }
}
