using System.Linq;

namespace NsgFlow.Unit.Parsing;

/// <summary>Small flow logs, written out.</summary>
public static class Texts
{
    public const string NsgId = "/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB-NSG";
    public const string VnetId = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/hub";
    public const string FlowLogId = "/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_WESTEUROPE/FLOWLOGS/HUB";
    public const string AclId = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/web-nsg";

    /// <summary>A good tuple; the number makes it one that can be told from others (it is the source port).</summary>
    public static string Good(int number) => $"1542110400,10.0.0.4,10.0.0.5,{number},443,T,O,A,E,1,66,2,132";

    public static string GoodVnet(int number) => $"1663146003599,10.0.0.6,52.239.184.180,{number},443,6,O,B,NX,0,0,0,0";

    public static string List(params string[] tuples) => string.Join(",", tuples.Select(t => "\"" + t + "\""));

    public static string NsgEntry(int version, string rule, params string[] tuples) =>
        $$$"""{"time":"2018-11-13T12:00:35.3899262Z","systemId":"a0fca5ce-022c-47b1-9735-89943b42f2fa","macAddress":"000D3AF87856","category":"NetworkSecurityGroupFlowEvent","resourceId":"{{{NsgId}}}","operationName":"NetworkSecurityGroupFlowEvents","properties":{"Version":{{{version}}},"flows":[{"rule":"{{{rule}}}","flows":[{"mac":"000D3AF87856","flowTuples":[{{{List(tuples)}}}]}]}]}}""";

    public static string Nsg(int version, params string[] tuples) => Records(NsgEntry(version, "DefaultRule_AllowInternetOutBound", tuples));

    public static string VnetEntry(string acl, string rule, params string[] tuples) =>
        $$$"""{"time":"2022-09-14T09:00:52.5625085Z","flowLogVersion":4,"flowLogGUID":"abcdef01-2345-6789-0abc-def012345678","macAddress":"00224871C205","category":"FlowLogFlowEvent","flowLogResourceID":"{{{FlowLogId}}}","targetResourceID":"{{{VnetId}}}","operationName":"FlowLogFlowEvent","flowRecords":{"flows":[{"aclID":"{{{acl}}}","flowGroups":[{"rule":"{{{rule}}}","flowTuples":[{{{List(tuples)}}}]}]}]}}""";

    public static string Vnet(params string[] tuples) => Records(VnetEntry(AclId, "UserRule_web", tuples));

    public static string Records(params string[] entries) => "{\"records\":[" + string.Join(",", entries) + "]}";

    public static int[] Ports(ReadResult read) => read.Rows.Select(r => r.Tuple.SourcePort).ToArray();
}
