package io.faultprint.scenario.plan;

/** Which change, if any, brings a kind of fault about. */
enum Cause {
    /** Nobody changed anything. */
    NONE,
    /** A deploy just before; a rollback at the end. */
    DEPLOY,
    /** A configuration change just before; the change back at the end. */
    CONFIGURATION,
    /** A flag is turned on just before, and off at the end. */
    FLAG,
    /** Two configuration changes minutes apart; both are taken back at the end. */
    TWO_CONFIGURATIONS
}
