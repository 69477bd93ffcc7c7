package io.faultprint.scenario.signal;

/**
 * Who sends: one life of one instance of a service.
 *
 * @param environment deployment.environment.name
 * @param service service.name
 * @param version service.version
 * @param pod k8s.pod.name and service.instance.id
 * @param host host.name and k8s.node.name, the node it runs on
 * @param zone cloud.availability_zone of that node
 */
public record Resource(String environment, String service, String version, String pod, String host, String zone) {}
