namespace NsgFlow.EqualityTests;

/// <summary>Flows of every sort that logs and tables treat in ways of their own. All begin within the logs.</summary>
internal static class EdgeCases
{
    public static FlowLogs Flows() => new FlowLogs()

        // Logged at both ends, by three logs; two source ports; one goes on over the hour's border.
        .Allow(60, "10.0.1.4", 50001, "10.0.2.4", 1433, "T", "UserRule_AllowSql", [new(300, 10, 1000, 20, 20000), new(600, 5, 500, 6, 600)])
        .Allow(65, "10.0.1.4", 50002, "10.0.2.4", 1433, "T", "UserRule_AllowSql", [new(300, 11, 1100, 21, 21000), new(3600, 6, 700, 7, 800), new(3900, 1, 60, 1, 60)])

        // Between virtual networks, by both kinds of log; and the other way.
        .Allow(120, "10.0.1.4", 50003, "10.9.1.4", 8080, "T", "DefaultRule_AllowVnetOutBound", [new(30, 3, 300, 4, 4000)])
        .Allow(130, "10.9.1.4", 50004, "10.0.2.4", 1433, "T", "UserRule_AllowSql", [new(40, 8, 800, 9, 9000)])
        .Allow(140, "10.9.1.4", 50005, "10.0.1.4", 443, "T", "UserRule_AllowHttps", [new(50, 2, 200, 2, 2500)])

        // UDP, with counters of zero; and one that is still open.
        .Allow(150, "10.0.1.4", 123, "168.63.129.16", 53, "U", "DefaultRule_AllowInternetOutBound", [new(5, 0, 0, 0, 0)])
        .Allow(3700, "10.9.1.4", 5353, "10.0.1.4", 5353, "U", "DefaultRule_AllowVnetInBound", [new(60, 1, 90, 1, 110)], isOpen: true)

        // Public addresses: of two countries, of Azure, of both families; in and out.
        .Allow(200, "203.0.113.9", 40001, "10.0.1.4", 443, "T", "UserRule_AllowHttps", [new(10, 3, 333, 4, 4444)])
        .Allow(201, "203.0.113.7", 40002, "10.0.1.4", 443, "T", "UserRule_AllowHttps", [new(11, 5, 555, 6, 6666)])
        .Allow(202, "203.0.113.7", 40003, "10.0.1.4", 443, "T", "UserRule_AllowHttps", [new(12, 7, 777, 8, 8888)])
        .Allow(203, "198.51.100.7", 40004, "10.0.1.4", 443, "T", "UserRule_AllowHttps", [new(13, 9, 999, 1, 1111)])
        .Allow(204, "2001:db8::77", 40005, "fd12:3456:0:1::4", 443, "T", "UserRule_AllowHttps", [new(14, 2, 222, 3, 3333)])
        .Allow(300, "10.0.1.4", 40006, "20.50.1.1", 443, "T", "DefaultRule_AllowInternetOutBound", [new(15, 4, 444, 5, 5555)])
        .Allow(301, "10.0.1.4", 40007, "40.70.1.1", 443, "T", "DefaultRule_AllowInternetOutBound", [new(16, 6, 666, 7, 7777)])
        .Allow(302, "10.0.2.4", 40008, "8.8.8.8", 53, "U", "DefaultRule_AllowInternetOutBound", [new(17, 1, 70, 1, 170)])
        .Allow(303, "fd12:9999:0:1::4", 40009, "2603:1000::9", 443, "T", "DefaultRule_AllowInternetOutBound", [new(18, 12, 1200, 13, 13000)])

        // The customer's site, and private addresses that nobody knows.
        .Allow(400, "10.60.3.3", 40010, "10.0.2.4", 1433, "T", "UserRule_AllowSql", [new(19, 21, 2100, 22, 22000)])
        .Allow(401, "10.9.1.4", 40011, "192.168.7.7", 22, "T", "DefaultRule_AllowVnetOutBound", [new(20, 23, 2300, 24, 24000)])

        // IPv6 between two machines that both log.
        .Allow(500, "fd12:3456:0:1::4", 40012, "fd12:9999:0:1::4", 8443, "T", "DefaultRule_AllowVnetOutBound", [new(21, 31, 3100, 32, 32000)])

        // Denied: from inside, from outside, reported as malicious, over the border, many ports.
        .Deny(600, "10.9.1.4", 40013, "10.0.2.4", 22, "T", "DefaultRule_DenyAllInBound")
        .Deny(601, "203.0.113.9", 40014, "10.0.1.4", 22, "T", "DefaultRule_DenyAllInBound")
        .Deny(602, "203.0.113.9", 40015, "10.0.1.4", 22, "T", "DefaultRule_DenyAllInBound")
        .Deny(603, "203.0.113.66", 40016, "10.0.1.4", 3389, "T", "DefaultRule_DenyAllInBound")
        .Deny(3604, "203.0.113.66", 40017, "10.0.2.4", 3389, "T", "DefaultRule_DenyAllInBound")
        .Deny(3605, "203.0.113.9", 40018, "10.0.2.4", 1433, "T", "UserRule_DenySql")
        .Deny(606, "10.0.1.4", 40019, "8.8.4.4", 25, "T", "UserRule_DenySmtp")

        // An allowed conversation whose next try is denied.
        .Allow(700, "10.9.1.4", 40020, "10.0.1.4", 80, "T", "UserRule_AllowHttps", [new(22, 41, 4100, 42, 42000)])
        .Deny(760, "10.9.1.4", 40021, "10.0.1.4", 80, "T", "UserRule_DenyHttp");
}
