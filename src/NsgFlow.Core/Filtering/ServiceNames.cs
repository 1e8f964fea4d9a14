using System;
using System.Collections.Generic;

namespace NsgFlow.Filtering;

/// <summary>
/// Names of ports one meets in Azure and AKS networks, for input, completion and display. Names are IANA's where those are in use
/// (<c>domain</c>, with <c>dns</c> beside it), else what the software calls itself; the first name of a port is the one shown.
/// </summary>
public static class ServiceNames
{
    private static readonly (int First, int Last, string Name)[] _table =
    [
        (20, 20, "ftp-data"), (21, 21, "ftp"), (22, 22, "ssh"), (22, 22, "sftp"), (23, 23, "telnet"), (25, 25, "smtp"), (49, 49, "tacacs"),
        (53, 53, "dns"), (53, 53, "domain"), (67, 67, "dhcp"), (68, 68, "dhcp-client"), (69, 69, "tftp"), (80, 80, "http"),
        (88, 88, "kerberos"), (110, 110, "pop3"), (111, 111, "rpcbind"), (123, 123, "ntp"), (135, 135, "msrpc"), (135, 135, "epmap"),
        (137, 137, "netbios-ns"), (138, 138, "netbios-dgm"), (139, 139, "netbios-ssn"), (143, 143, "imap"), (161, 161, "snmp"),
        (162, 162, "snmptrap"), (179, 179, "bgp"), (389, 389, "ldap"), (443, 443, "https"), (445, 445, "smb"), (445, 445, "microsoft-ds"),
        (464, 464, "kpasswd"), (465, 465, "smtps"), (500, 500, "ike"), (500, 500, "isakmp"), (514, 514, "syslog"), (515, 515, "printer"),
        (587, 587, "submission"), (636, 636, "ldaps"), (853, 853, "dns-over-tls"), (873, 873, "rsync"), (989, 989, "ftps-data"),
        (990, 990, "ftps"), (993, 993, "imaps"), (995, 995, "pop3s"), (1194, 1194, "openvpn"), (1433, 1433, "mssql"),
        (1433, 1433, "ms-sql-s"), (1434, 1434, "mssql-browser"), (1521, 1521, "oracle"), (1688, 1688, "kms"), (1812, 1812, "radius"),
        (1813, 1813, "radius-acct"), (1883, 1883, "mqtt"), (2049, 2049, "nfs"), (2181, 2181, "zookeeper"), (2375, 2375, "docker"),
        (2376, 2376, "docker-tls"), (2379, 2379, "etcd"), (2380, 2380, "etcd-peer"), (3128, 3128, "squid"), (3268, 3268, "global-catalog"),
        (3269, 3269, "global-catalog-tls"), (3306, 3306, "mysql"), (3389, 3389, "rdp"), (3389, 3389, "ms-wbt-server"), (3478, 3478, "stun"),
        (4222, 4222, "nats"), (4317, 4317, "otlp"), (4318, 4318, "otlp-http"), (4500, 4500, "ipsec-nat-t"), (4789, 4789, "vxlan"),
        (5044, 5044, "beats"), (5060, 5060, "sip"), (5061, 5061, "sips"), (5432, 5432, "postgres"), (5432, 5432, "postgresql"),
        (5671, 5671, "amqps"), (5672, 5672, "amqp"), (5900, 5900, "vnc"), (5985, 5985, "winrm"), (5986, 5986, "winrm-https"),
        (6379, 6379, "redis"), (6380, 6380, "redis-tls"), (6443, 6443, "kube-apiserver"), (7946, 7946, "memberlist"),
        (8080, 8080, "http-alt"), (8443, 8443, "https-alt"), (8472, 8472, "flannel"), (8883, 8883, "mqtts"),
        (9042, 9042, "cassandra"), (9090, 9090, "prometheus"), (9092, 9092, "kafka"), (9093, 9093, "kafka-tls"),
        (9100, 9100, "node-exporter"), (9200, 9200, "elasticsearch"), (9300, 9300, "elasticsearch-node"), (9389, 9389, "adws"),
        (9418, 9418, "git"), (10250, 10250, "kubelet"), (10255, 10255, "kubelet-readonly"), (10256, 10256, "kube-proxy-health"),
        (10257, 10257, "kube-controller-manager"), (10259, 10259, "kube-scheduler"), (11211, 11211, "memcached"),
        (15020, 15020, "istio-agent"), (15021, 15021, "istio-health"), (27017, 27017, "mongodb"),
        (30000, 32767, "nodeport"), (51820, 51820, "wireguard"), (65200, 65535, "appgw-management"),
    ];

    private static readonly Dictionary<string, PortRange> _ports = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<int, string> _names = [];
    private static readonly string[] _sorted = Fill();

    /// <summary>All names, sorted.</summary>
    public static IReadOnlyList<string> Names => _sorted;

    /// <summary>The ports of a name; case does not matter. Some names stand for a range: <c>nodeport</c> is 30000-32767.</summary>
    /// <returns>False when the name is not known.</returns>
    public static bool TryGetPorts(string? name, out PortRange ports)
    {
        ports = default;
        return name is not null && _ports.TryGetValue(name, out ports);
    }

    /// <summary>The name of a port, or null when it has none here. Names of ranges are not given: a port in one is mostly a client's own.</summary>
    /// <param name="port">A port from 0 to 65535.</param>
    public static string? NameOf(int port) => _names.TryGetValue(port, out var name) ? name : null;

    private static string[] Fill()
    {
        foreach (var (first, last, name) in _table)
        {
            _ports.Add(name, new PortRange((ushort)first, (ushort)last));
            if (first == last && !_names.ContainsKey(first))
            {
                _names.Add(first, name);
            }
        }

        var sorted = new string[_ports.Count];
        _ports.Keys.CopyTo(sorted, 0);
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }
}
