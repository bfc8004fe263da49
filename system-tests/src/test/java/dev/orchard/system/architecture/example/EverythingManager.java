package dev.orchard.system.architecture.example;

/** Breaks a rule on purpose: a name that says nothing. */
public class EverythingManager {}
